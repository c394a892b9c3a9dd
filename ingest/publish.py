"""Vectors, chunks and records → a new generation beside the old one, then one atomic swap of the pointer.

A reader sees the old index or the new one. A run that dies leaves a folder that the next run clears away.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import BadCorpus
from assistant.index import CURRENT, FORMAT, IndexCard, Row, current_generation
from assistant.lexical import Memo, build_examples, build_lexical
from assistant.match.marks import save_marks
from assistant.records import Source
from assistant.settings import Settings
from assistant.store import CHUNKS, PIECES, QUESTIONS, UNANSWERABLE, Stores
from ingest.home import replace_file, storage_failed
from ingest.run import Run
from ingest.steps import source_identities

_KEEP = 2  # generations: the new one, and the one a running service may still have open


def publish_index(run: Run) -> Run:
    """Build the generation, check it, swap. Raises StorageFailed and leaves the old index in place if it cannot."""
    from chromadb.errors import ChromaError

    digest = _digest(run)
    generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{digest[:8]}-{time.time_ns() % 1_000_000:06}"
    folder = run.settings.index_dir / generation
    try:
        clear_up(run.settings)
        card = _build(run, folder, generation, digest)
        replace_file(run.settings.index_dir / CURRENT, generation.encode())
    except (OSError, ChromaError) as error:  # a full disk arrives as either
        shutil.rmtree(folder, ignore_errors=True)
        refused = error if isinstance(error, OSError) else OSError(0, f"Chroma: {error}")
        raise storage_failed(run.home.path, refused) from error
    with suppress(OSError, ChromaError):  # the new index answers already; the next run clears what is left
        clear_up(run.settings)
    return replace(run, card=card)


def _build(run: Run, folder: Path, generation: str, digest: str) -> IndexCard:
    if run.vectors is None or not run.chunks:
        raise BadCorpus("取り込める文がありません。", "there is no text to index")
    (folder / "texts").mkdir(parents=True)
    with Stores(run.settings, folder, generation) as stores:
        arrived = _store(run, stores)
    searchable = [c for c in run.chunks if c.searchable]
    memo: Memo = {}
    build_lexical(searchable, run.questions, memo).save(folder / "lexical")
    build_examples(run.questions, run.unanswerable, memo).save(folder / "examples")
    count = Counter(piece.chunk_id for piece in run.pieces)
    rows = [
        Row(c.id, c.source_id, c.kind, c.record, c.section, c.order, count[c.id], c.duplicate_of)._asdict()
        for c in searchable
    ]
    (folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    for name, questions in (("questions", run.questions), ("unanswerable", run.unanswerable)):
        written = json.dumps([q.model_dump(mode="json") for q in questions], ensure_ascii=False)
        (folder / f"{name}.json").write_text(written, "utf-8")
    save_marks(folder, run.marks)
    (folder / "records.json").write_text(run.records.model_dump_json(), "utf-8")
    sources = [s.model_dump(mode="json") for s in (*run.sources, *_expected(run))]
    (folder / "sources.json").write_text(json.dumps(sources, ensure_ascii=False), "utf-8")
    for document in run.documents:
        (folder / "texts" / f"{document.source.id}.txt").write_text(document.text, "utf-8")
    if arrived != len(run.chunks):
        raise OSError(0, f"{arrived} of {len(run.chunks)} chunks arrived in the collection")
    card = IndexCard(
        format=FORMAT,
        generation=generation,
        embedder=run.embedder.card,
        engine=run.embedder.engine,
        recipe=run.recipe,
        sources=source_identities(run.sources),
        chunks=len(run.chunks),
        searchable=len(searchable),
        questions=len(run.questions),
        pieces=len(run.pieces),
        digest=digest,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    (folder / "card.json").write_text(card.model_dump_json(indent=1), "utf-8")
    return card


def _store(run: Run, stores: Stores) -> int:
    """Fill the generation's collections; returns how many chunks arrived."""
    store = stores.create(CHUNKS)
    assert run.vectors is not None
    store.add(run.chunks, run.vectors)
    stores.keep_exact(CHUNKS, [c.id for c in run.chunks], run.vectors)
    asked = (
        (QUESTIONS, run.questions, run.question_vectors),
        (UNANSWERABLE, run.unanswerable, run.unanswerable_vectors),
    )
    for kind, questions, vectors in asked:
        if questions and vectors is not None:
            stores.create(kind).add_questions(questions, vectors)
            stores.keep_exact(kind, [q.id for q in questions], vectors)
    if run.pieces and run.piece_vectors is not None:
        stores.create(PIECES).add_pieces(run.pieces, run.piece_vectors)
    return store.count()


def _expected(run: Run) -> list[Source]:
    return [s for s in run.home.sources() if s.expected]


def _digest(run: Run) -> str:
    """Digest of everything the index holds but its vectors: the same input gives the same digest."""
    digest = hashlib.sha256()
    for chunk in run.chunks:
        digest.update(chunk.model_dump_json().encode())
    digest.update(run.records.model_dump_json().encode())
    return digest.hexdigest()


def generations(settings: Settings) -> list[Path]:
    """The folders of all generations: whole ones by age, the newest last, then those without a card."""
    folder = settings.index_dir
    found = [p for p in folder.iterdir() if p.is_dir()] if folder.is_dir() else []
    return sorted(
        found, key=lambda p: (not _card(p).is_file(), _card(p).stat().st_mtime_ns if _card(p).is_file() else 0)
    )


def clear_up(settings: Settings) -> list[Path]:
    """Remove what killed runs left and what is too old: all but the generation that answers and the one before it.

    What is newer than the one that answers was never put in its place. Returns the folders removed.
    """
    found = generations(settings)
    names = [p.name for p in found]
    current = current_generation(settings)
    if current not in names:  # the pointer leads nowhere: what is whole may be needed yet
        gone = [p for p in found if not _card(p).is_file()]
    else:
        at = names.index(current)
        gone = [p for i, p in enumerate(found) if i > at or i <= at - _KEEP]
    for folder in gone:
        _drop(settings, folder)
    return gone


def _card(folder: Path) -> Path:
    return folder / "card.json"


def _drop(settings: Settings, folder: Path) -> None:
    if settings.chroma_url:
        with Stores(settings, folder, folder.name) as stores:
            stores.drop()
    shutil.rmtree(folder, ignore_errors=True)
