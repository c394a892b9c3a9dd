"""Bookmarks as headings, and where there are none, lines in larger letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader

from assistant.readers.pdf.damage import DAMAGED
from assistant.readers.pdf.paragraphs import Paragraph
from assistant.text import compact

_LARGER = 1.12  # times the size of most letters
_LONGEST = 60
_LEVELS = 3
_MOST_BOOKMARKS = 5_000
# These belong to an article, though they may be bookmarked: 第1条, （目的）, and the parts that its 第1章 opens.
_ORDINANCE = re.compile(r"^(?:第\s*[0-9０-９一二三四五六七八九十百]+\s*[編章節款部条]|[（(][^）)]*[）)]$)")
# What shows by its own text that it is a heading.
_SHOWN = re.compile(r"^(?:#|[0-9０-９]{1,2}[ 　.．、]|[（(][0-9０-９]{1,2}[)）]|[■◆【《])")

Bookmark = tuple[int, int, str]  # page index, level from 1, title


def bookmarks(reader: PdfReader) -> list[Bookmark]:
    """The bookmarks of a PDF that lead to a page; none if they cannot be read."""
    found: list[Bookmark] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
                continue
            number = reader.get_destination_page_number(item)
            if number is not None and item.title and len(found) < _MOST_BOOKMARKS:
                found.append((number, min(level, 6), str(item.title)))

    try:
        walk(list(reader.outline), 1)
    except DAMAGED:
        return found
    return found


def heading_levels(
    pages: Sequence[Sequence[Paragraph]], marked: Sequence[Bookmark], seen: frozenset[int]
) -> dict[int, int]:
    """Identity of a paragraph → level of the heading it is. On pages `seen` (recognised) sizes of letters say nothing."""
    levels: dict[int, int] = {}
    for number, level, title in marked:
        wanted = compact(title)
        for paragraph in pages[number] if number < len(pages) else ():
            text = compact(paragraph.text)
            if (
                id(paragraph) not in levels
                and not paragraph.table
                and wanted
                and _same(text, wanted)
                and not _ORDINANCE.match(paragraph.text)
            ):
                levels[id(paragraph)] = level
                break
    return levels or _by_size([page for index, page in enumerate(pages) if index not in seen])


def _same(text: str, title: str) -> bool:
    """A bookmark often leaves out the number that the heading has, or what stands behind a dash."""
    return text == title or (len(text) <= _LONGEST and (text.startswith(title) or text.endswith(title)))


def _by_size(pages: Sequence[Sequence[Paragraph]]) -> dict[int, int]:
    letters: Counter[float] = Counter()
    for page in pages:
        for paragraph in page:
            letters[paragraph.size] += len(paragraph.text)
    if not letters:
        return {}
    body = letters.most_common(1)[0][0]
    large = sorted({size for size in letters if size > _LARGER * body}, reverse=True)
    rank = {size: min(index, _LEVELS) for index, size in enumerate(large, 1)}
    return {
        id(paragraph): rank[paragraph.size]
        for page in pages
        for paragraph in page
        if paragraph.size in rank and _is_heading(paragraph)
    }


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.table or not 2 <= len(text) <= _LONGEST or text.endswith(("。", "、")):
        return False
    return not (_SHOWN.match(text) or _ORDINANCE.match(text))
