"""One run of the pipeline: what goes in, what each step adds, what is said while it works."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from assistant.embeddings import Embedder, Vectors
from assistant.index import IndexCard
from assistant.match.matcher import Marks
from assistant.records import Chunk, ExpectedQuestion, Piece, Records, Source
from assistant.settings import Settings
from ingest.document import Document
from ingest.home import Home
from ingest.structure.report import Parsed
from ingest.structure.tables import TableBlock


class Progress(Protocol):
    """Where a run says how far it is: steps and what of them is done, counts of documents, pages, chunks, and warnings. The
    command line draws it, tests ignore it."""

    def step(self, name: str) -> None: ...
    def total(self, count: int, unit: str) -> None: ...
    def advance(self, count: int) -> None: ...
    def figures(self, **counts: int) -> None: ...
    def say(self, ja: str, en: str) -> None: ...
    def warn(self, text: str) -> None: ...


class Silent:
    """Progress for nobody."""

    def step(self, name: str) -> None:
        return None

    def total(self, count: int, unit: str) -> None:
        return None

    def advance(self, count: int) -> None:
        return None

    def figures(self, **counts: int) -> None:
        return None

    def say(self, ja: str, en: str) -> None:
        return None

    def warn(self, text: str) -> None:
        return None


@dataclass(frozen=True)
class Run:
    settings: Settings
    home: Home
    embedder: Embedder
    progress: Progress = field(default_factory=Silent)
    rebuild: bool = False
    shipped_vectors: bool = True
    batch: int = 16  # texts embedded at once; small enough that progress moves every two seconds
    # filled in by the steps, in this order
    sources: tuple[Source, ...] = ()
    recipe: str = ""
    unchanged: bool = False
    documents: tuple[Document, ...] = ()
    parsed: tuple[Parsed, ...] = ()
    blocks: tuple[dict[str, list[TableBlock]], ...] = ()
    records: Records = field(default_factory=Records)
    chunks: tuple[Chunk, ...] = ()
    questions: tuple[ExpectedQuestion, ...] = ()
    unanswerable: tuple[ExpectedQuestion, ...] = ()
    pieces: tuple[Piece, ...] = ()
    vectors: Vectors | None = None  # (chunks, d)
    question_vectors: Vectors | None = None  # (questions, d)
    piece_vectors: Vectors | None = None  # (pieces, d)
    unanswerable_vectors: Vectors | None = None  # (unanswerable, d)
    marks: tuple[Marks, ...] = ()  # one a piece, where the embedder tells of tokens
    embedded: int = 0
    card: IndexCard | None = None
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
