"""Stand-ins that behave: an embedder without a model, for tests that are not about meaning."""

from __future__ import annotations

import hashlib

import numpy as np

from assistant.embeddings import EmbedderCard, Vectors


class HashEmbedder:
    """Unit vectors from a hash of the text: equal texts are near, others are not. Counts what it embeds."""

    card = EmbedderCard(name="hash", dimension=16, query_prefix="", passage_prefix="")

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self._one(text) for text in texts]) if texts else np.empty((0, 16), np.float32)

    def query(self, text: str) -> Vectors:
        self.embedded.append(text)
        return self._one(text)

    def queries(self, texts: list[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
        vector = np.random.default_rng(seed).normal(size=16)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)
