"""Peers: other ways to search the same texts with the same embedder, asked the same cases in the same run.

A peer finds passages and quotes the best as its answer; it never refuses and remembers
no turn. LlamaIndex and Haystack with their defaults need the extra `peers`.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from assistant.answers import Answer, Passage
from assistant.embeddings import Embedder
from assistant.errors import WrongUse
from assistant.index import Index
from assistant.outcomes import Reason, Status

QUOTED = 420  # characters that a peer quotes, more than most of our answers have
_FOUND = 10


class Quoting(ABC):
    """Answers with the beginning of the best passages."""

    @abstractmethod
    def passages(self, question: str, limit: int = _FOUND) -> list[str]:
        """Texts of the nearest pieces, best first."""

    def ask(self, question: str) -> Answer:
        found = self.passages(question)
        text = "\n".join(found)[:QUOTED]
        passages = tuple(
            Passage(chunk_id=str(n), source_id="", locator="", text=one, score=0.0) for n, one in enumerate(found)
        )
        return Answer(status=Status.ANSWERED, reason=Reason.FOUND, text=text, passages=passages)

    def talk(self, questions: Sequence[str]) -> list[Answer]:
        return [self.ask(question) for question in questions]


class LlamaIndexPeer(Quoting):
    """VectorStoreIndex with the default SentenceSplitter; vectors are given, so that nothing is fetched."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        from llama_index.core import Document, MockEmbedding, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        nodes = SentenceSplitter().get_nodes_from_documents(
            [Document(text=index.text_of(i)) for i in index.card.sources]
        )
        vectors = embedder.passages([node.get_content() for node in nodes])
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector.tolist()
        self._embedder = embedder
        self._index = VectorStoreIndex(nodes, embed_model=MockEmbedding(embedder.card.dimension))

    def passages(self, question: str, limit: int = _FOUND) -> list[str]:
        from llama_index.core import QueryBundle

        retriever = self._index.as_retriever(similarity_top_k=limit)
        found = retriever.retrieve(QueryBundle(question, embedding=self._embedder.query(question).tolist()))
        return [node.get_content() for node in found]


class HaystackPeer(Quoting):
    """DocumentSplitter with its defaults (200 words, which in Japanese are whole pages) and the in-memory store."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack import Document
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        texts = [Document(content=index.text_of(i)) for i in index.card.sources]
        pieces = DocumentSplitter().run(documents=texts)["documents"]
        vectors = embedder.passages([piece.content for piece in pieces])
        store = InMemoryDocumentStore()
        store.write_documents([replace(p, embedding=v.tolist()) for p, v in zip(pieces, vectors, strict=True)])
        self._embedder = embedder
        self._retriever = InMemoryEmbeddingRetriever(store)

    def passages(self, question: str, limit: int = _FOUND) -> list[str]:
        found = self._retriever.run(query_embedding=self._embedder.query(question).tolist(), top_k=limit)
        return [document.content for document in found["documents"]]


# name on the command line → module it needs, how it is made
FRAMEWORKS: dict[str, tuple[str, Callable[[Index, Embedder], Any]]] = {
    "llamaindex": ("llama_index.core", LlamaIndexPeer),
    "haystack": ("haystack", HaystackPeer),
}


def framework(name: str, index: Index, embedder: Embedder) -> Quoting:
    """The peer called `name`; raises WrongUse for an unknown name and for one that is not installed."""
    if name not in FRAMEWORKS:
        known = "、".join(FRAMEWORKS)
        raise WrongUse(f"比較相手「{name}」はありません。使えるもの：{known}", f"unknown peer {name}; known: {known}")
    module, make = FRAMEWORKS[name]
    if not _installed(module):
        how = 'pip install -e ".[peers]"'
        raise WrongUse(
            f"比較相手「{name}」は入っていません。次を実行してください： {how}",
            f"peer {name} is not installed; run: {how}",
        )
    peer: Quoting = make(index, embedder)
    return peer


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the parent of a dotted name is missing
        return False
