"""Lines → paragraphs: a sentence that is wrapped is one line again; items, headings and rows of tables stay lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.readers.pdf.joins import ITEM, goes_on, joined
from assistant.readers.pdf.lines import Line, Part, document_lines, usual_pitch
from assistant.readers.pdf.tables import Table

# These begin something new only where the line before has come to its end.
_OPENS = re.compile(
    r"^(?:第\s*[0-9０-９一二三四五六七八九十百]+|[0-9０-９]{1,3}[\s　.．、)）]|[ア-ン一-十][\s　]|[【〔〈《＜#★☆]|<(?!/))"
)
_ENDED = re.compile(r"[。．！？!?：:；;」』】〕》〉)）>＞]\s*$")
_SENTENCE_END = re.compile(r"[。！？][」』）)]*\s*$")
_FURTHER = 1.35  # times the usual distance: so far apart stand paragraphs, not lines
_INDENT = 0.6  # em
_FIRST_INDENT = 1.7  # em by which a paragraph's first line may be set in
_HANGING = 12.0  # em by which the lines of an item are set in behind its mark
_SHORT = 9.0  # em: lines as short as this are no wrapped text, however many end at one place
_SAME_SIZE = 0.12
_MOST_BLANK = 3


@dataclass(eq=False)
class Paragraph:
    """One line of the text that is made: a paragraph, an item, a heading, or a row of a table."""

    text: str
    size: float
    blank: int = 0  # empty lines before it
    table: bool = False


def paragraphs(pages: Sequence[Sequence[Part]]) -> list[list[Paragraph]]:
    """The paragraphs of each page. One that runs over the end of a page belongs to the page it begins on."""
    made: list[list[Paragraph]] = [[] for _ in pages]
    lines = document_lines(pages)
    writer = _Writer(made, usual_pitch(lines))
    for page, item in lines:
        if isinstance(item, Table):
            writer.table(page, item)
        else:
            writer.line(page, item)
    return made


class _Writer:
    """What has been written last, which decides how the next goes on."""

    def __init__(self, made: list[list[Paragraph]], pitch: float) -> None:
        self._made, self._pitch = made, pitch
        self._last: Line | Table | None = None
        self._page = -1
        self._head: tuple[str, ...] = ()  # of the table that may go on
        self._current: list[Line] = []  # the lines of the paragraph that may go on

    def line(self, page: int, line: Line) -> None:
        if self._current and self._continues(line):
            paragraph = self._made[self._current[0].page][-1]
            paragraph.text = joined(paragraph.text, line.text)
            self._current.append(line)
        else:
            self._made[page].append(Paragraph(line.text, line.size, self._blank(page, line)))
            self._current = [line]
        self._last, self._page = line, page

    def table(self, page: int, table: Table) -> None:
        """Its rows; a head that is repeated where a table goes on over the page is written once."""
        again = isinstance(self._last, Table) and self._page == page - 1 and not self._made[page]
        cells = list(table.cells)
        if again and isinstance(self._last, Table):
            if cells[0] == self._head:
                del cells[0]
            elif table.open_top and self._last.open_bottom and len(cells[0]) == len(self._last.cells[-1]):
                parted = self._made[self._page][-1]  # a row that goes on over the page
                parted.text = "\t".join(map(joined, parted.text.split("\t"), cells.pop(0)))
        else:
            self._head = cells[0]
        for number, row in enumerate(cells):
            text = "\t".join(row)
            self._made[page].append(Paragraph(text, table.size, 0 if number else self._blank(page, table), table=True))
        self._last, self._page, self._current = table, page, []

    def _continues(self, line: Line) -> bool:
        last = self._current[-1]
        if abs(line.size - last.size) > _SAME_SIZE * last.size:
            return False
        if last.x1 - last.x0 < _SHORT * last.size or not goes_on(last.x1, line.text, last.right, last.size):
            return False
        if _SENTENCE_END.search(last.text) and last.right - last.x1 > last.size:
            return False  # a sentence that ends short of the edge ends its paragraph, however long the next word is
        if _OPENS.match(line.text) and _ENDED.search(last.text):
            return False
        if line.part != last.part:  # over the end of a column or page
            return not _SENTENCE_END.search(last.text) and last.page + 1 >= line.page
        return line.y0 - last.y0 <= _FURTHER * self._pitch * last.size and self._in_line(line)

    def _in_line(self, line: Line) -> bool:
        """Does `line` begin where the next line of the paragraph would?"""
        first, last = self._current[0], self._current[-1]
        step = (line.x0 - last.x0) / last.size
        if last is not first:
            return abs(step) <= _INDENT
        item = ITEM.match(first.text) or _OPENS.match(first.text)
        return -_FIRST_INDENT <= step <= (_HANGING if item else _INDENT)

    def _blank(self, page: int, item: Line | Table) -> int:
        """Empty lines before `item`: as many as would have found room."""
        if self._last is None or self._page != page:
            return 0
        if isinstance(item, Line) and isinstance(self._last, Line) and item.part != self._last.part:
            return 1
        usual = (self._pitch - 1) * item.size
        gap = item.y0 - self._last.y1 - usual
        return min(_MOST_BLANK, max(0, round(gap / (self._pitch * item.size))))
