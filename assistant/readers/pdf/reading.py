"""All pages of an opened PDF → text: furniture out, tables as rows, paragraphs whole, headings and labels found."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.readers.pdf.furniture import find_furniture
from assistant.readers.pdf.glyphs import PageGlyphs
from assistant.readers.pdf.lines import Part, parts_of
from assistant.readers.pdf.outline import Bookmark, heading_levels
from assistant.readers.pdf.paragraphs import paragraphs
from assistant.readers.pdf.ruby import without_ruby
from assistant.readers.pdf.segments import Sheet, sheets
from assistant.readers.pdf.tables import take_tables
from assistant.readers.result import Heading, ReadPage


def laid_out(
    pages: Sequence[PageGlyphs], labels: Sequence[str] | None, marked: Sequence[Bookmark]
) -> tuple[list[ReadPage], list[Heading]]:
    """The text of `pages` (of which some may be empty). `labels` are the PDF's own, if it has any.

    Pages without text are left out of the result; positions of headings count over the pages that stay.
    """
    found = [sheets(page) for page in pages]
    furniture = find_furniture(found)
    parts = [_parts(page, furniture.drop) for page in found]
    written = paragraphs(parts)
    seen = frozenset(index for index, page in enumerate(pages) if page.method == "ocr")
    levels = heading_levels(written, marked, seen)
    names = list(labels) if labels else _labels(furniture.printed)
    made: list[ReadPage] = []
    headings: list[Heading] = []
    start = 0
    for page, name, source in zip(written, names, pages, strict=True):
        text = ""
        for paragraph in page:
            if text:
                text += "\n" * (paragraph.blank + 1)
            level = levels.get(id(paragraph))
            if level:
                headings.append(Heading(start + len(text), level))
            text += paragraph.text
        if text:
            label = f"{name}（文字認識）" if source.method == "ocr" else name  # whoever cites it is told
            made.append(ReadPage(label, text, source.method, source.confidence))
            start += len(text) + 1
    return made, headings


def _parts(page: list[Sheet], drop: frozenset[int]) -> list[Part]:
    made = []
    for sheet in page:
        kept = sheet._replace(segments=without_ruby([s for s in sheet.segments if id(s) not in drop]))
        tables, segments = take_tables(kept)
        made += parts_of(segments, tables, sheet.width)
    return made


def _labels(printed: Sequence[str]) -> list[str]:
    """As printed; where a page has no number, its place in the file. A file without printed numbers counts from 1."""
    if not any(printed):
        return [f"{index}ページ" for index in range(1, len(printed) + 1)]
    return [f"{number}ページ" if number else f"{index}枚目" for index, number in enumerate(printed, 1)]
