"""Exact nearest neighbours of small collections: every vector is compared, from one file that processes share.

Chroma's graph is built in parallel, so two processes can miss different neighbours and answer differently. Comparing all
vectors gives every process the same ones, and up to LIMIT vectors it takes no longer than a few milliseconds.

<folder>/<kind>.npy      vectors of unit length, float32, shape (n, d), in the order of their ids
<folder>/<kind>.ids.npy  the ids as UTF-8, sorted
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embeddings import Vectors

LIMIT = 50_000  # vectors; beyond it Chroma's own search is faster (docs/scale.md)


@dataclass(frozen=True)
class Exact:
    """All vectors of a collection (n, d) with their ids (n), sorted by id, so that equal cosines have one order."""

    ids: NDArray[np.bytes_]
    vectors: Vectors

    @classmethod
    def of(cls, ids: Sequence[str], vectors: Vectors) -> Exact:
        names = np.array([identity.encode() for identity in ids])
        order = np.argsort(names)
        return cls(names[order], np.ascontiguousarray(vectors[order], np.float32))

    def save(self, folder: Path, kind: str) -> None:
        """Write both files, each of them whole. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{kind}.npy", self.vectors)
        _write(folder / f"{kind}.ids.npy", self.ids)

    @classmethod
    def load(cls, folder: Path, kind: str) -> Exact:
        """Map both files; raises OSError or ValueError where one is missing, cut or not of the other."""
        ids = np.load(folder / f"{kind}.ids.npy", mmap_mode="r", allow_pickle=False)
        vectors = np.load(folder / f"{kind}.npy", mmap_mode="r", allow_pickle=False)
        if ids.ndim != 1 or vectors.ndim != 2 or vectors.dtype != np.float32 or len(ids) != len(vectors):
            raise ValueError(f"{folder / kind}: not vectors and their ids")
        return cls(np.asarray(ids), np.asarray(vectors))  # plain arrays over the mapped pages

    def same_as(self, other: Exact) -> bool:
        """Whether both hold the same vectors, as nearly as Chroma gives back what it was given."""
        same = np.array_equal(self.ids, other.ids) and self.vectors.shape == other.vectors.shape
        return same and bool(np.allclose(self.vectors, other.vectors, atol=1e-4))

    def nearest(self, vector: Vectors, limit: int) -> dict[str, float]:
        """Id → cosine of the `limit` nearest to `vector` (shape (d,), unit length), nearest first, ties by id."""
        if not len(self.ids) or limit < 1:
            return {}
        # Not the matrix product of BLAS: its sums depend on how many threads share the rows, and this one reads once.
        cosines = np.einsum("ij,j->i", self.vectors, np.asarray(vector, np.float32))
        last = min(limit, len(cosines)) - 1
        among = np.flatnonzero(cosines >= -np.partition(-cosines, last)[last])
        best = among[np.argsort(-cosines[among], kind="stable")][: last + 1]
        return {self.ids[i].decode(): float(cosines[i]) for i in best}


def _write(path: Path, array: NDArray[np.generic]) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # another process that writes the same has its own
    with part.open("wb") as file:
        np.save(file, array, allow_pickle=False)
    part.replace(path)
