"""Pieces → marks: what the matcher keeps of each, so that a question need not read them again (assistant/match/).

As with vectors, what was marked before is never marked again: the built-in corpus ships its marks, the home keeps others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.embeddings import EmbedderCard, TokenReader
from assistant.match.matcher import Marks, matcher_version, open_matcher
from ingest.embed import Half, VectorCache
from ingest.home import corpus_dir, writing
from ingest.run import Run

SHIPPED = "marks.npz"
MOST = 60_000  # pieces; of a larger index the marks would take gigabytes, and it answers without them


def mark_pieces(run: Run) -> Run:
    """The marks of all pieces, in their order; none where the embedder tells nothing of tokens."""
    reader = run.embedder
    if not isinstance(reader, TokenReader) or not 0 < len(run.pieces) <= MOST:
        return run
    texts = piece_texts(run)
    known = _shipped(run.embedder.card) if run.shipped_vectors else {}
    with writing(run.home.path):
        cache = VectorCache(run.home.path / "cache" / "marks.db")
    with closing(cache):
        with writing(run.home.path):
            known |= {key: _marks(kept) for key, kept in cache.get([k for k in texts if k not in known]).items()}
        missing = [(key, text) for key, text in texts.items() if key not in known]
        run.progress.total(len(missing), "個")
        for batch in _batches(missing, run.batch):
            fresh: dict[str, Marks] = {}
            for key, text in batch:
                states = reader.states(text, is_question=False)
                if states is None:
                    return run  # nor will this engine of any other
                fresh[key] = open_matcher().marks(states)
            with writing(run.home.path):
                cache.put({key: marks.reshape(-1).view(np.float16) for key, marks in fresh.items()})
            known |= fresh
            run.progress.advance(len(batch))
    return replace(run, marks=tuple(known[key] for key in _keys(run)))


def piece_texts(run: Run) -> dict[str, str]:
    """Key → text of every piece as the matcher reads it: under the headings that it stands under."""
    return dict(zip(_keys(run), _texts(run), strict=True))


def _texts(run: Run) -> Iterator[str]:
    contexts = {chunk.id: chunk.context for chunk in run.chunks}
    return (f"{contexts[piece.chunk_id]}\n{piece.said}" for piece in run.pieces)


def _keys(run: Run) -> list[str]:
    made = f"{run.embedder.card.name}\n{matcher_version()}\n"
    return [hashlib.sha256((made + text).encode()).hexdigest()[:32] for text in _texts(run)]


def _marks(kept: Half) -> Marks:
    """The cache keeps halves; a mark is a byte."""
    return kept.view(np.int8).reshape(-1, open_matcher().size)


def _batches(entries: Sequence[tuple[str, str]], size: int) -> Iterator[Sequence[tuple[str, str]]]:
    return (entries[start : start + size] for start in range(0, len(entries), size))


def _shipped(card: EmbedderCard) -> dict[str, Marks]:
    """The shipped marks, if this embedder and these weights made them; {} otherwise."""
    path = corpus_dir() / SHIPPED
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as data:
        if (str(data["embedder"]), str(data["matcher"])) != (card.name, matcher_version()):
            return {}
        starts = [0, *data["ends"].tolist()]
        marks = data["marks"]
        return {str(k): marks[a:b] for k, a, b in zip(data["keys"], starts, starts[1:], strict=False)}


def save_shipped_marks(run: Run) -> Path:
    """Write the shipped marks from a finished run over the built-in corpus (kyodo ingest --ship, for maintainers)."""
    entries = dict(sorted(zip(_keys(run), run.marks, strict=True)))
    path = corpus_dir() / SHIPPED
    np.savez_compressed(
        path,
        embedder=np.array(run.embedder.card.name),
        matcher=np.array(matcher_version()),
        keys=np.array(list(entries)),
        ends=np.cumsum([len(marks) for marks in entries.values()]),
        marks=np.concatenate(list(entries.values())),
    )
    return path
