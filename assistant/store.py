"""The one store of chunks: a Chroma collection, in a local folder or on a Chroma server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.embeddings import Vectors
from assistant.errors import NoIndex, StoreUnreachable, WrongUse
from assistant.exact import LIMIT, Exact
from assistant.records import Chunk, ExpectedQuestion, Piece
from assistant.settings import Settings

_BATCH = 1_000
# What the graph of a collection costs to build. Chunks are few and every one is wanted; questions are many, and the
# nearest 150 are enough; pieces are fetched by id and never searched.
_GRAPH = {
    "chunks": {"ef_construction": 200, "max_neighbors": 32, "ef_search": 400},
    "questions": {"ef_construction": 100, "max_neighbors": 16, "ef_search": 400},
    "unanswerable": {"ef_construction": 100, "max_neighbors": 16, "ef_search": 400},
    "pieces": {"ef_construction": 10, "max_neighbors": 4, "ef_search": 10},
}
CHUNKS, QUESTIONS, PIECES, UNANSWERABLE = KINDS = ("chunks", "questions", "pieces", "unanswerable")


class ChunkStore:
    """Chunks with their vectors. Distances are cosine distances, so that 1 − distance is the cosine.

    With `exact`, the nearest are found by comparing all vectors; without, by Chroma's graph.
    """

    def __init__(self, collection: Any, exact: Exact | None = None) -> None:
        self._collection = collection
        self.exact = exact

    @property
    def collection(self) -> Any:
        """The Chroma collection itself, for other programs (LangChain, notebooks)."""
        return self._collection

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        for start in range(0, len(chunks), _BATCH):
            part = chunks[start : start + _BATCH]
            self._collection.add(
                ids=[c.id for c in part],
                documents=[c.text for c in part],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[_metadata(c) for c in part],
            )

    def add_questions(self, questions: Sequence[ExpectedQuestion], vectors: Vectors) -> None:
        """Ids and vectors; texts and chunks stand in questions.json, Chroma's full-text index of them would cost seconds."""
        for start in range(0, len(questions), _BATCH):
            part = questions[start : start + _BATCH]
            self._collection.add(ids=[q.id for q in part], embeddings=vectors[start : start + _BATCH])

    def add_pieces(self, pieces: Sequence[Piece], vectors: Vectors) -> None:
        for start in range(0, len(pieces), _BATCH):
            part = pieces[start : start + _BATCH]
            self._collection.add(
                ids=[p.id for p in part],
                documents=[p.said for p in part],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[p.model_dump(include={"chunk_id", "quote", "locator", "kind"}) for p in part],
            )

    def get_pieces(self, ids: Sequence[str]) -> list[tuple[Piece, Vectors]]:
        """Pieces by id with their vectors, in the order of `ids`."""
        if not ids:
            return []
        found = self._collection.get(ids=list(ids), include=["documents", "metadatas", "embeddings"])
        rows = zip(found["ids"], found["documents"], found["metadatas"], found["embeddings"], strict=True)
        pieces = {i: (Piece(id=i, said=said, **data), np.asarray(v, np.float32)) for i, said, data, v in rows}
        return [pieces[i] for i in ids if i in pieces]

    def count(self) -> int:
        return int(self._collection.count())

    def nearest(self, vector: Vectors, limit: int) -> dict[str, float]:
        """Id → cosine of the `limit` nearest entries to `vector` (shape (384,)), nearest first."""
        if self.exact is not None:
            return self.exact.nearest(vector, limit)
        found = self._collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=["distances"])
        return {i: 1.0 - float(d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}

    def get(self, ids: Sequence[str]) -> dict[str, Chunk]:
        if not ids:
            return {}
        found = self._collection.get(ids=list(dict.fromkeys(ids)), include=["documents", "metadatas"])
        return {
            i: _chunk(i, text, data)
            for i, text, data in zip(found["ids"], found["documents"], found["metadatas"], strict=True)
        }

    def where(self, **equal: str) -> list[Chunk]:
        """Chunks whose metadata equal the given values, in the order of their document."""
        conditions: list[dict[str, Any]] = [{key: value} for key, value in equal.items()]
        where = conditions[0] if len(conditions) == 1 else {"$and": conditions}
        found = self._collection.get(where=where, include=["documents", "metadatas"])
        chunks = [
            _chunk(i, text, data)
            for i, text, data in zip(found["ids"], found["documents"], found["metadatas"], strict=True)
        ]
        return sorted(chunks, key=lambda c: (c.source_id, c.order))

    def all_vectors(self) -> Exact:
        """Every vector of the collection, for a search that compares them all."""
        found = self._collection.get(include=["embeddings"])
        return Exact.of(found["ids"], np.asarray(found["embeddings"], np.float32))


def _metadata(chunk: Chunk) -> dict[str, Any]:
    data = chunk.model_dump(mode="json", exclude={"id", "text", "spans"})
    return {**data, "spans": json.dumps(chunk.spans)}


def _chunk(identity: str, text: str, data: dict[str, Any]) -> Chunk:
    return Chunk.model_validate({**data, "id": identity, "text": text, "spans": json.loads(data["spans"])})


class Stores:
    """The collections of one generation, over one connection: in its folder, or on a Chroma server."""

    def __init__(self, settings: Settings, folder: Path, generation: str) -> None:
        self._url = settings.chroma_url
        self._generation = generation
        self._vectors = folder / "vectors"
        self._client = _server(self._url) if self._url else _local(folder / "chroma")

    def __enter__(self) -> Stores:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def _name(self, kind: str) -> str:
        return f"kyodo-{self._generation}-{kind}" if self._url else kind

    def open(self, kind: str) -> ChunkStore:
        """A collection for reading."""
        from chromadb.errors import NotFoundError

        try:
            collection = self._client.get_collection(self._name(kind), embedding_function=None)
            return ChunkStore(collection, self._exact(kind, ChunkStore(collection)))
        except NotFoundError as error:
            raise NoIndex(
                f"索引の本体が見つかりません（{self._name(kind)}）。次を実行して作り直してください： kyodo ingest --rebuild",
                f"the index has no collection {self._name(kind)}; rebuild it: kyodo ingest --rebuild",
            ) from error

    def _exact(self, kind: str, store: ChunkStore) -> Exact | None:
        """The vectors of a small local collection that is searched; read from it once more where the file is no good."""
        if self._url or kind == PIECES or (count := store.count()) > LIMIT:
            return None
        with suppress(OSError, ValueError):
            exact = Exact.load(self._vectors, kind)
            if len(exact.ids) == count:
                return exact
        exact = store.all_vectors()
        with suppress(OSError):  # a home that cannot be written still answers
            exact.save(self._vectors, kind)
        return exact

    def keep_exact(self, kind: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write the vectors of a small local collection beside it, for the search that compares them all."""
        if not self._url and len(ids) <= LIMIT:
            Exact.of(ids, vectors).save(self._vectors, kind)

    def create(self, kind: str) -> ChunkStore:
        """A new, empty collection."""
        configuration = {"hnsw": {"space": "cosine", **_GRAPH[kind]}}
        name = self._name(kind)
        return ChunkStore(self._client.create_collection(name, embedding_function=None, configuration=configuration))

    def drop(self) -> None:
        """Remove the generation's collections from a server; a local one goes with its folder."""
        from chromadb.errors import NotFoundError

        for kind in KINDS:
            with suppress(NotFoundError):
                self._client.delete_collection(self._name(kind))


def _local(folder: Path) -> Any:
    import chromadb  # here and below, because it takes two seconds
    from chromadb.config import Settings as ChromaSettings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=ChromaSettings(anonymized_telemetry=False))


def _server(address: str) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    url = urlsplit(address)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise WrongUse(
            f"KYODO_CHROMA_URL の値「{address}」は http://ホスト:ポート の形で書いてください。",
            f"KYODO_CHROMA_URL must look like http://host:port, not {address!r}",
        )
    try:
        return chromadb.HttpClient(
            host=url.hostname,
            port=url.port or 8000,
            ssl=url.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ValueError, OSError) as error:
        raise StoreUnreachable(
            f"Chromaサーバー {address} につながりません。動いているか確かめてください（chroma run）。",
            f"the Chroma server {address} does not answer; is it running (chroma run)?",
        ) from error
