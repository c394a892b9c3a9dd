"""The naive peer: what a quickly built RAG does with the same embedder, in the same run.

LangChain's RecursiveCharacterTextSplitter(500/50) over the raw texts, Chroma through langchain-chroma, top k by cosine.
"""

from __future__ import annotations

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.embeddings import Embedder
from assistant.index import Index
from assistant.langchain import KyodoEmbeddings
from eval.peers import Quoting

SIZE, OVERLAP = 500, 50


class Peer(Quoting):
    """Dense top-k over fixed windows; in memory, gone with the process."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
        texts = [Document(index.text_of(i), metadata={"source": i}) for i in index.card.sources]
        self._store = Chroma(
            "peer", embedding_function=KyodoEmbeddings(embedder), collection_configuration={"hnsw": {"space": "cosine"}}
        )
        self.chunks = splitter.split_documents(texts)
        self._store.add_documents(self.chunks)

    def passages(self, question: str, limit: int = 10) -> list[str]:
        """Texts of the nearest windows, best first."""
        return [document.page_content for document in self._store.similarity_search(question, k=limit)]
