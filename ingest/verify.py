"""Does the index hold what it says? Every chunk word for word in its stored source, every collection exactly its entries.

Each fault says what to do. `kyodo ingest repair` (ingest/repair.py) does most of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from assistant.embeddings import Embedder
from assistant.errors import IndexMismatch, KyodoError
from assistant.index import Index, open_index, read_card
from assistant.records import Chunk
from assistant.settings import Settings
from assistant.store import ChunkStore
from ingest.home import Home

REPAIR = "kyodo ingest repair"
_SHOWN = 3  # ids named of many
_ITSELF = 0.99  # cosine of a vector with itself, as half precision leaves it


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: the place, what is wrong, the command or step that mends it."""

    place: str
    what: str
    advice: str = REPAIR


def examine(settings: Settings, embedder: Embedder) -> list[Fault]:
    """All faults of a home: of its index, and of the files it was made from.

    Raises NoIndex where nothing was ever indexed and IndexMismatch for another embedder's index.
    """
    if read_card(settings) is None and not any(settings.index_dir.glob("*/card.json")):
        open_index(settings, embedder)  # says that there is none
    try:
        index = open_index(settings, embedder)
        with closing(index.stores):
            return [*verify(index), *_files(Home(settings.home), index)]
    except IndexMismatch:
        raise
    except (KyodoError, OSError, ValueError) as error:  # the last two: a list beside the collections
        said = error.ja.split("。")[0] if isinstance(error, KyodoError) else type(error).__name__
        return [Fault("index", f"索引を開けません（{said}）")]


def verify(index: Index) -> list[Fault]:
    """All faults of an index; none is what one wants to see. What cannot be read at all is one too."""
    from chromadb.errors import ChromaError

    faults: list[Fault] = []
    for place, check in CHECKS.items():
        try:
            faults += check(index)
        except (ChromaError, OSError, ValueError, KeyError) as error:  # a damaged file, as each of its readers says it
            faults.append(Fault(place, f"読めません（{type(error).__name__}）"))
    return faults


def _texts(index: Index) -> Iterator[Fault]:
    for source in index.card.sources:
        text = index.text_of(source)
        for chunk in index.store.where(source_id=source):
            if "".join(text[a:b] for a, b in chunk.spans).strip("\n") != chunk.text:
                yield Fault(chunk.id, "文が保存された出典と一致しません")


def _chunks(index: Index) -> Iterator[Fault]:
    found = _stored(index)
    if len(found) != index.card.chunks:
        yield Fault("chunks", f"チャンクが{len(found)}件、台帳は{index.card.chunks}件")
    yield from _same("chunks", _ids(index.store), set(found))
    searchable = {identity for identity, chunk in found.items() if chunk.searchable}
    if set(index.lexical.ids) != searchable or [row.id for row in index.rows] != list(index.lexical.ids):
        yield Fault("lexical", "語の索引とチャンクの集まりが違います")


def _stored(index: Index) -> dict[str, Chunk]:
    return {c.id: c for source in index.card.sources for c in index.store.where(source_id=source)}


def _questions(index: Index) -> Iterator[Fault]:
    wanted = {question.id for question in index.expected}
    if len(wanted) != index.card.questions:
        yield Fault("questions", f"想定質問が{len(wanted)}件、台帳は{index.card.questions}件")
    yield from _same("questions", _ids(index.questions), wanted)
    lost = {c for question in index.expected for c in question.chunk_ids} - set(index.lexical.ids)
    if lost:
        yield Fault("questions", f"想定質問の答えのチャンクがありません（{_some(lost)}）")


def _unanswerable(index: Index) -> Iterator[Fault]:
    listed = json.loads((index.folder / "unanswerable.json").read_text("utf-8"))
    yield from _same("unanswerable", _ids(index.unanswerable), {question["id"] for question in listed})


def _pieces(index: Index) -> Iterator[Fault]:
    wanted = {f"{row.id}/{n}" for row in index.rows for n in range(row.pieces)}
    have = _ids(index.pieces)
    if len(have) != index.card.pieces:
        yield Fault("pieces", f"引用の単位が{len(have)}件、台帳は{index.card.pieces}件")
    yield from _same("pieces", have, wanted)


def _same(place: str, have: set[str], wanted: set[str]) -> Iterator[Fault]:
    """The entries of a collection are those that the index lists: no orphan, none missing."""
    if orphans := have - wanted:
        yield Fault(place, f"どこにも属さないベクトルが{len(orphans)}件あります（{_some(orphans)}）")
    if missing := wanted - have:
        yield Fault(place, f"ベクトルが{len(missing)}件足りません（{_some(missing)}）")


def _searched(index: Index) -> dict[str, ChunkStore | None]:
    """The collections that are searched by meaning."""
    return {"chunks": index.store, "questions": index.questions, "unanswerable": index.unanswerable}


def _vectors(index: Index) -> Iterator[Fault]:
    """The files of vectors that a search compares hold those of the collections."""
    for place, store in _searched(index).items():
        if store and store.exact and not store.exact.same_as(store.all_vectors()):
            yield Fault(f"vectors/{place}.npy", "比べるためのベクトルが集まりのものと違います")


def _search(index: Index) -> Iterator[Fault]:
    """The collections that are searched by meaning find an entry by its own vector."""
    for place, store in _searched(index).items():
        for identity in sorted(_ids(store))[:1]:
            assert store is not None
            vector = np.asarray(
                store.collection.get(ids=[identity], include=["embeddings"])["embeddings"][0], np.float32
            )
            if len(vector) != index.card.embedder.dimension:
                yield Fault(place, f"ベクトルが{len(vector)}次元で、台帳は{index.card.embedder.dimension}次元です")
            elif max(store.nearest(vector, 1).values(), default=0.0) < _ITSELF:
                yield Fault(place, "意味での検索が、あるはずのベクトルを見つけません")


def _records(index: Index) -> Iterator[Fault]:
    found = _ids(index.store)
    for record in index.records.directory:
        if record.chunk_id not in found:
            yield Fault(record.id, f"台帳の事業の根拠 {record.chunk_id} がありません")
    for source in index.card.sources:
        if source not in index.sources:
            yield Fault(source, "出典の説明が索引にありません")


CHECKS: dict[str, Callable[[Index], Iterable[Fault]]] = {
    "texts": _texts,
    "chunks": _chunks,
    "questions": _questions,
    "unanswerable": _unanswerable,
    "pieces": _pieces,
    "vectors": _vectors,
    "search": _search,
    "records": _records,
}


def _files(home: Home, index: Index) -> Iterator[Fault]:
    """The stored originals are those that the index was made from, and no more."""
    wanted = {s.id: s for s in home.kept()}
    for identity, source in wanted.items():
        path = home.file_of(source)
        again = f"kyodo ingest add ファイル --id {identity}"
        if not path.is_file():
            yield Fault(path.name, "保存した原本がありません", f"{again}、または kyodo ingest remove {identity}")
        elif identity not in index.card.sources:
            yield Fault(identity, "まだ索引に入っていません", "kyodo ingest")
        elif _digest(path.read_bytes()) != index.sources[identity].sha256:
            yield Fault(
                path.name, "原本が索引を作ったときのものと違います", f"中身が正しければ kyodo ingest、違えば {again}"
            )
    for identity in index.card.sources.keys() - wanted.keys():
        yield Fault(identity, "外した出典がまだ索引にあります", "kyodo ingest")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _ids(store: ChunkStore | None) -> set[str]:
    return set(store.collection.get(include=[])["ids"]) if store else set()


def _some(ids: set[str]) -> str:
    return "、".join(sorted(ids)[:_SHOWN]) + ("…" if len(ids) > _SHOWN else "")
