"""A draft as the paragraphs of a document, each with its place in the numbering.

Word numbers by itself; `label` is the number that the other formats print.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.draft.export.words import word, words
from assistant.drafts import Draft, Section

Place = Literal[
    "preamble",
    "article_heading",
    "article",
    "item",
    "subitem",
    "clause",
    "clause_item",
    "clause_subitem",
    "numbered_heading",
    "body",
    "point",
    "subpoint",
]
Origin = Literal["given", "template", "missing"]


@dataclass(frozen=True)
class Row:
    """One paragraph. `key` is its section's; a heading has no origin."""

    place: Place
    label: str
    text: str
    key: str
    origin: Origin | None = None

    @property
    def is_heading(self) -> bool:
        return self.place in ("article_heading", "numbered_heading")


def title_of(draft: Draft) -> str:
    return draft.title or word(draft.document, "title")


def rows(draft: Draft) -> tuple[Row, ...]:
    """The paragraphs of all sections. A section without a heading stands without a number (前文, 後文)."""
    preamble = words(draft.document, "preamble")
    numbered = _article if word(draft.document, "numbering") == "articles" else _outline
    found: list[Row] = []
    count = 0
    for section in draft.sections:
        if not section.heading or section.heading in preamble:
            found += [Row("preamble", "", text, section.key, origin) for text, origin in _texts(section)]
        else:
            count += 1
            found += numbered(section, count)
    return tuple(found)


def _texts(section: Section) -> Iterator[tuple[str, Origin]]:
    if section.lines:
        yield from ((line.text, line.origin) for line in section.lines)
    else:
        yield from ((line, section.state) for line in section.text.split("\n") if line.strip())


def _article(section: Section, number: int) -> Iterator[Row]:
    """（見出し）, then 第n条 with the first line; further 項 count from 2, items anew in each 項."""
    yield Row("article_heading", "", f"（{section.heading}）", section.key)
    if not section.lines:
        yield from (Row("body", "", text, section.key, origin) for text, origin in _texts(section))
        return
    clause, item, subitem = 1, 0, 0
    started = section.lines[0].level in ("body", "paragraph")
    if not started:
        yield Row("article", f"第{number}条", "", section.key, section.lines[0].origin)
    for position, line in enumerate(section.lines):
        place: Place = "body"
        label = ""
        if position == 0 and started:
            place, label = "article", f"第{number}条"
        elif line.level == "paragraph":
            clause, item, subitem = clause + 1, 0, 0
            place, label = "clause", str(clause)
        elif line.level == "item":
            item, subitem = item + 1, 0
            place, label = "item" if clause == 1 else "clause_item", f"({item})"
        elif line.level == "subitem":
            subitem += 1
            place, label = "subitem" if clause == 1 else "clause_subitem", _kana(subitem)
        yield Row(place, label, line.text, section.key, line.origin)


def _outline(section: Section, number: int) -> Iterator[Row]:
    """「n 見出し」, then text without numbers, (1), ア."""
    yield Row("numbered_heading", str(number), section.heading, section.key)
    if not section.lines:
        yield from (Row("body", "", text, section.key, origin) for text, origin in _texts(section))
        return
    item, subitem = 0, 0
    for line in section.lines:
        if line.level == "item":
            item, subitem = item + 1, 0
            yield Row("point", f"({item})", line.text, section.key, line.origin)
        elif line.level == "subitem":
            subitem += 1
            yield Row("subpoint", _kana(subitem), line.text, section.key, line.origin)
        else:
            yield Row("body", "", line.text, section.key, line.origin)


def _kana(number: int) -> str:
    letters = word("page", "subitems")
    return letters[(number - 1) % len(letters)]
