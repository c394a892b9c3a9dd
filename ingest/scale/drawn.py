"""Vectors drawn around real ones, for sizes that would take hours to embed: an `Embedder` that needs no model.

Each text gets one of a sample's real vectors, chosen by the text's hash, and noise on top. Cosines lie where those of the
real embedder lie; which text is near which says nothing, so that such an index measures time and space, never quality.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.embeddings import E5, EmbedderCard, Vectors

NOISE = 0.45  # length of the noise beside a vector of length 1: cosine 0.91 to the vector it is drawn around


@dataclass(frozen=True)
class Drawn:
    """`sample` has real vectors of passages and of questions, each (n, 384)."""

    of_passages: Vectors
    of_questions: Vectors
    card = EmbedderCard(name="drawn around a sample", dimension=384, query_prefix="query: ", passage_prefix="passage: ")
    engine = "drawn"

    def passages(self, texts: list[str]) -> Vectors:
        return self._all(self.of_passages, texts)

    def queries(self, texts: list[str]) -> Vectors:
        return self._all(self.of_questions, texts)

    def query(self, text: str) -> Vectors:
        return _drawn(self.of_questions, text)

    def _all(self, sample: Vectors, texts: list[str]) -> Vectors:
        return np.stack([_drawn(sample, text) for text in texts]) if texts else np.empty((0, 384), np.float32)


def _drawn(sample: Vectors, text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    noise = np.random.default_rng(seed).normal(size=sample.shape[1])
    vector = sample[seed % len(sample)] + NOISE * noise / np.linalg.norm(noise)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def save_sample(embedder: E5, passages: list[str], questions: list[str], path: Path) -> None:
    np.savez(path, passages=embedder.passages(passages), questions=embedder.queries(questions))


def load_sample(path: Path) -> Drawn:
    with np.load(path, allow_pickle=False) as data:
        return Drawn(data["passages"], data["questions"])
