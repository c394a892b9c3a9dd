"""The contents of a source as a tree of its headings; each leads to the passage that stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from assistant.index import Index
from assistant.records import Chunk, Source
from server.words import word

_GROUPED = ("project", "entry")  # kinds of chunks that come by the dozen and stand under a heading of their own


class Heading(BaseModel):
    """A heading with the first chunk below it; `passages` are the chunks directly below."""

    title: str
    chunk_id: str
    page: str = ""
    passages: list[str] = []
    children: list[Heading] = []

    @property
    def count(self) -> int:
        """Passages below it and below the headings under it."""
        return len(self.passages) + sum(child.count for child in self.children)


@dataclass(frozen=True)
class Part:
    """A chunk in its place: the headings that begin with it (depth from 0, title)."""

    headings: tuple[tuple[int, str], ...]
    chunk: Chunk


def outline(index: Index, source: Source) -> list[Heading]:
    """The tree of headings of a source."""
    top: list[Heading] = []
    for path, chunk in _paths(index, source):
        level, heading = top, None
        for title in path:
            heading = next((h for h in level if h.title == title), None)
            if heading is None:
                heading = Heading(title=title, chunk_id=chunk.id, page=chunk.page)
                level.append(heading)
            level = heading.children
        if heading is not None:
            heading.passages.append(chunk.id)
    return top


def full_text(index: Index, source: Source) -> list[Part]:
    """The whole source for reading: its chunks in order, each with the headings that begin there."""
    parts: list[Part] = []
    last: list[str] = []
    for path, chunk in _paths(index, source):
        same = next((i for i, (a, b) in enumerate(zip(path, last, strict=False)) if a != b), min(len(path), len(last)))
        parts.append(Part(tuple(enumerate(path))[same:], chunk))
        last = path
    return parts


def _paths(index: Index, source: Source) -> Iterator[tuple[list[str], Chunk]]:
    groups = {kind: word(f"sources.group_{kind}") for kind in _GROUPED}
    organizations = {f"directory:{record.id}": record.organization for record in index.records.directory}
    for chunk in index.contents(source.id):
        yield _path(source, chunk, groups.get(chunk.kind, ""), organizations.get(chunk.record, "")), chunk


def _path(source: Source, chunk: Chunk, group: str, organization: str) -> list[str]:
    """The headings above a chunk, outermost first, without those that only repeat the document's title."""
    part = chunk.title.removeprefix(source.title).strip()
    names = [name for name in chunk.headings if name]
    if names and names[0] in (source.title, source.short, chunk.title, part):
        names = names[1:]
    if organization and len(names) > 1:
        names = [organization, names[1]]  # 〔organization and division〕 name, field
    return [name for name in (part, group, *names) if name] or [chunk.locator or source.title]
