"""A document as the units that 新旧対照 sets side by side: articles, 附則 and 別表, or sections under a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.text import compact
from ingest.document import Document, Section
from ingest.structure.ordinance.lines import bare, heading

_NUMBER = re.compile(r"第[0-9〇一二三四五六七八九十百]+条(?:の[0-9一二三四五六七八九十]+)*")


@dataclass(frozen=True)
class Unit:
    label: str  # 第12条の2, 附則, or the headings of a section
    name: str  # with the caption
    text: str

    @cached_property
    def plain(self) -> str:
        """As units are compared."""
        return compact(self.text)

    @cached_property
    def body(self) -> str:
        """Without its own number and the headings above it, so that a renumbered article is the same."""
        lines = [line for line in self.text.split("\n") if heading(bare(line)) is None]
        return _NUMBER.sub("", compact("\n".join(lines)), count=1)


def units_of(document: Document, sections: list[Section]) -> list[Unit]:
    """The units of a document in its order; sections without a word are left out."""
    found = []
    for section in sections:
        text = document.clean(section.start, section.end).strip("\n")
        if text.strip():
            label = section.key.partition("/")[2] or section.key
            own = section.path[1:] or section.path
            found.append(Unit(label, own[-1] if section.kind == "article" else " ＞ ".join(own), text))
    return found
