"""The forms a source takes on its way: document → pages → sections. Chunks and records follow in assistant/records.py.

All positions are character offsets [start, end) into `Document.text`, the text as read; nothing here alters it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.records import ChunkKind, Source
from ingest.layout import Layout


@dataclass(frozen=True)
class Line:
    number: int  # 1-based
    start: int
    end: int  # without the line end
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip()


@dataclass(frozen=True)
class Page:
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Exclusion:
    """A stretch that goes into no chunk, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Facts:
    """How a document was read, for the report: pages by method ("" the ordinary one), and what it took."""

    reader: str = ""
    methods: dict[str, int] = field(default_factory=dict)
    skipped: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Document:
    source: Source
    text: str
    layout: Layout
    pages: tuple[Page, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    warnings: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts, compare=False)

    def lines(self, start: int = 0, end: int | None = None) -> Iterator[Line]:
        """Lines whose beginning lies in [start, end)."""
        stop = len(self.text) if end is None else end
        number = self.text.count("\n", 0, start) + 1
        while start < stop:
            newline = self.text.find("\n", start)
            line_end = len(self.text) if newline < 0 else newline
            yield Line(number, start, line_end, self.text[start:line_end])
            start, number = line_end + 1, number + 1

    def clean(self, start: int, end: int) -> str:
        """The text of [start, end) without excluded stretches."""
        return "".join(self.text[a:b] for a, b in self.kept(start, end))

    def kept(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of [start, end) that are not excluded, in order."""
        stretches, position = [], start
        for cut in self.exclusions:
            if cut.end <= position or cut.start >= end:
                continue
            if cut.start > position:
                stretches.append((position, cut.start))
            position = max(position, cut.end)
        if position < end:
            stretches.append((position, end))
        return stretches

    def page_at(self, position: int) -> str:
        return next((p.label for p in self.pages if p.start <= position < p.end), "")


@dataclass(frozen=True)
class Section:
    """A stretch under one heading. Sections tile a document: together they cover it without gap or overlap."""

    start: int
    end: int
    key: str  # stable name, unique in the document
    path: tuple[str, ...]  # headings above, outermost first
    title: str  # what a citation calls the document or its part
    locator: str
    page: str = ""
    kind: ChunkKind = "prose"
    record: str = ""
    searchable: bool = True
    duplicate_of: str = ""
    extra: str = ""  # words added to what is indexed, never to the text
    whole: bool = field(default=False, compare=False)  # one chunk, however long

    @property
    def context(self) -> str:
        return " ＞ ".join(self.path)
