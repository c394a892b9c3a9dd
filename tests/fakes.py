"""Stand-ins that behave: an embedder without a model, for tests that are not about meaning, and a model that is told what
to say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from assistant.embeddings import EmbedderCard, Vectors
from assistant.models import ModelFailed, Reply


class HashEmbedder:
    """Unit vectors from a hash of the text: equal texts are near, others are not. Counts what it embeds."""

    card = EmbedderCard(name="hash", dimension=16, query_prefix="", passage_prefix="")
    engine = "hash"

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


class QueueModel:
    """Says what it was given, one reply a question, and keeps the questions. An empty queue is a failing test.

    A reply is text, a failure to raise, or a function of the data that the question held.
    """

    name = "fake:queue"

    def __init__(self, *replies: str | ModelFailed | Callable[[Any], str]) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, Any]] = []

    def complete(self, system: str, user: str) -> Reply:
        data = json.loads(user)
        self.asked.append((system, data))
        reply = self.replies.pop(0)
        if isinstance(reply, ModelFailed):
            raise reply
        return Reply(reply if isinstance(reply, str) else reply(data), tokens_in=100, tokens_out=20)
