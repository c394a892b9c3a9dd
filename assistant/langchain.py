"""The project's parts as LangChain's, for programs that are built on it. Imported only where it is used (0.8 s)."""

from __future__ import annotations

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from assistant.answers import Passage
from assistant.embeddings import Embedder, EmbedderCard, Vectors
from assistant.search.searcher import Searcher


class KyodoEmbeddings(Embeddings):
    """Any of the project's embedders as LangChain `Embeddings`; the prefixes of queries and passages are right."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # equal lengths together waste least padding
        vectors = self._embedder.passages([texts[i] for i in order])
        placed: list[list[float]] = [[] for _ in texts]
        for position, vector in zip(order, vectors, strict=True):
            placed[position] = vector.tolist()
        return placed

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.query(text).tolist()
        return vector


class LangChainEmbedder:
    """Any LangChain `Embeddings` as the project's embedder; `card` must name it, so that indexes do not mix."""

    def __init__(self, embeddings: Embeddings, card: EmbedderCard) -> None:
        self._embeddings = embeddings
        self.card = card
        self.engine = card.name

    def passages(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.card.dimension), np.float32)
        return np.asarray(self._embeddings.embed_documents(texts), np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), np.float32)

    def queries(self, texts: list[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])


class KyodoRetriever(BaseRetriever):
    """The project's search as a LangChain retriever: fused, with neighbours, exact look-ups first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: SkipValidation[Searcher]  # a frozen dataclass of ours; pydantic has nothing to check in it
    limit: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(passage) for passage in self.searcher.search(query, self.limit)]


def _document(passage: Passage) -> Document:
    return Document(page_content=passage.text, metadata=passage.model_dump(exclude={"text"}), id=passage.chunk_id)
