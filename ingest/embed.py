"""Chunks → vectors. What has been embedded before is never embedded again: vectors are kept by content.

Two caches: one ships with the project (the built-in corpus, float16), one grows in the home folder.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embeddings import EmbedderCard, Vectors
from assistant.lexical import indexed_text
from ingest.home import corpus_dir, writing
from ingest.run import Run

SHIPPED = "vectors.npz"
Half = NDArray[np.float16]


@dataclass(frozen=True)
class Wanted:
    """A text to embed; expected questions go through the query side, as the questions they will be compared with."""

    text: str
    is_question: bool = False

    def key(self, card: EmbedderCard) -> str:
        """Key of the vector: the embedder, the prefix and the text decide it."""
        prefix = card.query_prefix if self.is_question else card.passage_prefix
        return hashlib.sha256(f"{card.name}\n{prefix}{self.text}".encode()).hexdigest()[:32]


def wanted(run: Run) -> list[Wanted]:
    """Everything the index needs vectors for: the chunks, the pieces, then the expected questions."""
    chunks = {c.id: indexed_text(c) for c in run.chunks}
    entries = {c.id for c in run.chunks if c.kind == "entry"}
    # An entry of the directory is short and quoted as a whole: its pieces share its vector, which is less to embed.
    pieces = [chunks[p.chunk_id] if p.chunk_id in entries else p.said for p in run.pieces]
    passages = [*chunks.values(), *pieces]
    return [Wanted(text) for text in passages] + [Wanted(q.text, True) for q in (*run.questions, *run.unanswerable)]


def content_keys(run: Run) -> dict[str, str]:
    """Key → text of everything a run embeds, in its order; equal texts once."""
    return {w.key(run.embedder.card): w.text for w in wanted(run)}


def embed_chunks(run: Run) -> Run:
    """Vectors for chunks and questions, in their order, rows of unit length; float16 precision throughout."""
    texts = wanted(run)
    keys = [w.key(run.embedder.card) for w in texts]
    known = load_shipped(run.embedder.card) if run.shipped_vectors else {}
    with writing(run.home.path):
        cache = VectorCache(run.home.path / "cache" / "vectors.db")
    with closing(cache):
        with writing(run.home.path):
            known |= cache.get([k for k in keys if k not in known])
        missing = sorted({k: w for k, w in zip(keys, texts, strict=True) if k not in known}.items(), key=_length)
        run.progress.total(len(missing), "本")
        for batch in _batches(missing, run.batch):
            vectors = _embed(run, [text for _, text in batch])
            fresh = {key: vector for (key, _), vector in zip(batch, vectors, strict=True)}
            with writing(run.home.path):
                cache.put(fresh)  # at once, so that a killed run loses one batch at most
            known |= fresh
            run.progress.advance(len(batch))
    stacked = np.stack([known[key] for key in keys]).astype(np.float32)
    sizes = np.cumsum([len(run.chunks), len(run.pieces), len(run.questions)])
    chunks, pieces, questions, unanswerable = np.split(_unit(stacked), sizes)
    return replace(
        run,
        vectors=chunks,
        piece_vectors=pieces,
        question_vectors=questions,
        unanswerable_vectors=unanswerable,
        embedded=len(missing),
    )


def _embed(run: Run, batch: Sequence[Wanted]) -> Half:
    """One batch of one kind: array (n, d)."""
    if batch[0].is_question:
        return run.embedder.queries([w.text for w in batch]).astype(np.float16)
    return run.embedder.passages([w.text for w in batch]).astype(np.float16)


def _length(entry: tuple[str, Wanted]) -> tuple[bool, int, str]:
    return entry[1].is_question, len(entry[1].text), entry[0]  # equal lengths together waste least padding


def _batches(entries: Sequence[tuple[str, Wanted]], size: int) -> Iterator[Sequence[tuple[str, Wanted]]]:
    """Batches of one kind."""
    for is_question in (False, True):
        same = [entry for entry in entries if entry[1].is_question == is_question]
        for start in range(0, len(same), size):
            yield same[start : start + size]


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


class VectorCache:
    """Vectors by content key in one SQLite file; a damaged file is set aside and begun anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._db = self._open(path)
        except sqlite3.OperationalError as error:
            raise OSError(0, f"cache: {error}") from error
        except sqlite3.DatabaseError:
            self._db = self._anew()

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
        db.commit()
        return db

    def _anew(self) -> sqlite3.Connection:
        self._path.rename(self._path.with_suffix(".damaged"))
        return self._open(self._path)

    def get(self, keys: Sequence[str]) -> dict[str, Half]:
        """Vectors of the keys that are kept; a damage that shows only now empties the cache too."""
        try:
            return self._get(keys)
        except sqlite3.OperationalError as error:
            raise OSError(0, f"cache: {error}") from error
        except sqlite3.DatabaseError:
            self._db.close()
            self._db = self._anew()
            return {}

    def _get(self, keys: Sequence[str]) -> dict[str, Half]:
        found: dict[str, Half] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
            found |= {key: np.frombuffer(blob, np.float16) for key, blob in rows}
        return found

    def check(self, dimension: int) -> tuple[bool, int]:
        """Was the file sound (else it is set aside now)? And how many vectors of another length were dropped."""
        try:
            sound = self._db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            with self._db:
                cut = self._db.execute("DELETE FROM vectors WHERE length(vector) != ?", (2 * dimension,)).rowcount
        except sqlite3.OperationalError as error:
            raise OSError(0, f"cache: {error}") from error
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            self._db.close()
            self._db = self._anew()
            return False, 0
        return True, cut

    def put(self, vectors: dict[str, Half]) -> None:
        rows = [(key, vector.tobytes()) for key, vector in vectors.items()]
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except sqlite3.OperationalError as error:
            raise OSError(0, f"cache: {error}") from error

    def close(self) -> None:
        self._db.close()


def load_shipped(card: EmbedderCard) -> dict[str, Half]:
    """The shipped vectors, if they were made by this embedder; {} otherwise."""
    path = corpus_dir() / SHIPPED
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as data:
        if str(data["embedder"]) != card.name:
            return {}
        return dict(zip((str(k) for k in data["keys"]), data["vectors"], strict=True))


def save_shipped(run: Run) -> Path:
    """Write the shipped cache from a finished run over the built-in corpus (kyodo ingest --ship, for maintainers)."""
    made = (run.vectors, run.piece_vectors, run.question_vectors, run.unanswerable_vectors)
    card = run.embedder.card
    vectors = np.concatenate([part for part in made if part is not None])
    entries = {w.key(card): v for w, v in zip(wanted(run), vectors, strict=True)}
    keys = sorted(entries)
    path = corpus_dir() / SHIPPED
    np.savez_compressed(
        path,
        embedder=np.array(card.name),
        keys=np.array(keys),
        vectors=np.stack([entries[k] for k in keys]).astype(np.float16),
    )
    return path
