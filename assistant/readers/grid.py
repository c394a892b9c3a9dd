"""Rows of cells, as spreadsheets and web pages have them → lines: titles, one header line, a line a row with tabs between
its cells. ingest/structure/tables.py makes records of such lines; it takes the first line of a table as its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.readers.result import Heading, ReadPage
from assistant.text import sanitize

_SPACE = re.compile(r"[^\S\u3000]+")
_NOTE = re.compile(r"^[\s　]*(?:[（(]?(?:注|備考|出典|資料)|※)")
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Cell:
    """What a cell shows. `datum`: a number or a date, which no header is. `right` and `down`: over how many columns and
    rows it reaches; the cells below and beside it are empty."""

    text: str = ""
    datum: bool = False
    right: int = 1
    down: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Line:
    """A line of the text; `level` is that of a heading, 0 for other lines."""

    text: str
    level: int = 0


def row_line(cells: Sequence[str], columns: int) -> str:
    """One line of a table: `columns` cells at least, tabs between them and nowhere else."""
    plain = [_SPACE.sub(" ", sanitize(cell)).strip() for cell in cells]
    return "\t".join(plain + [""] * (columns - len(plain)))


def merged_header(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One header of several rows: 予算 over 当初 and 補正 becomes 予算 当初, 予算 補正."""
    filled = filled_right(rows)
    width = max((len(row) for row in filled), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in filled:
        for column, cell in enumerate(row):
            name = _SPACE.sub("" if len(cell) <= 5 else " ", cell).strip()
            if name and name not in columns[column]:
                columns[column].append(name)
    return [" ".join(names) for names in columns]


def filled_right(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of rows in which a cell that reaches to the right says the same in each of its columns."""
    return [[row[_owner(row, column)].text for column in range(len(row))] for row in rows]


def _owner(row: Sequence[Cell], column: int) -> int:
    start = next((c for c in range(column, -1, -1) if row[c].text), column)
    return start if start + row[start].right > column else column


def filled_down(rows: Sequence[Row]) -> list[Row]:
    """Rows in which a cell that reaches down says the same in each of its rows: each row is a record by itself."""
    result: list[list[Cell]] = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            for below in range(number + 1, min(number + cell.down, len(rows))):
                if column < len(result[below]) and not result[below][column].text:
                    result[below][column] = replace(cell, down=1)
    return [tuple(row) for row in result]


def sheet_lines(rows: Sequence[Row]) -> list[Line]:
    """The lines of a sheet: stretches between empty rows, each with its titles, its header and its rows."""
    lines: list[Line] = []
    header: list[str] = []
    for block in _blocks(_trimmed(rows)):
        titles, body = _split_titles(block)
        if not titles and header and _continues(body, header):
            lines += _body_lines(body, header)
            continue
        lines += [Line(""), *titles] if lines else titles
        count = _header_rows(body)
        header = merged_header(body[:count])
        if count:
            lines.append(Line(row_line(header, len(header))))
        lines += _body_lines(filled_down(body[count:]), header)
    return lines


def page_of(label: str, lines: Sequence[Line], offset: int) -> tuple[ReadPage, list[Heading]]:
    """A page of these lines, and its headings; `offset` is where the page begins in the text."""
    headings, position = [], offset
    for line in lines:
        if line.level:
            headings.append(Heading(position, line.level))
        position += len(line.text) + 1
    return ReadPage(label, "\n".join(line.text for line in lines)), headings


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Without the columns that are empty in every row."""
    width = max((len(row) for row in rows), default=0)
    padded = [(*row, *[Cell()] * (width - len(row))) for row in rows]
    used = [column for column in range(width) if any(row[column].text.strip() for row in padded)]
    return [
        tuple(replace(row[c], right=sum(c <= u < c + row[c].right for u in used) or 1) for c in used) for row in padded
    ]


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    blocks: list[list[Row]] = [[]]
    for row in rows:
        if _filled(row):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row) if cell.text.strip()]


def _split_titles(block: list[Row]) -> tuple[list[Line], list[Row]]:
    """The rows above a table that have one cell are its titles; the first is a heading."""
    count = 0
    while count < len(block) and len(_filled(block[count])) == 1:
        count += 1
    texts = [row_line([row[_filled(row)[0]].text], 1) for row in block[:count]]
    is_title = bool(texts) and count < len(block) and not _NOTE.match(texts[0])
    return [Line(text, 1 if is_title and not index else 0) for index, text in enumerate(texts)], block[count:]


def _header_rows(body: list[Row]) -> int:
    """How many rows are the header: none with a number in it is one; a second one stands below cells that reach over it."""
    if len(body) < 2 or any(cell.datum for cell in body[0]):
        return 0
    count = 1
    while count < min(_MOST_HEADER_ROWS, len(body) - 1):
        above, row = body[count - 1], body[count]
        spread = {c for a, cell in enumerate(above) for c in range(a, a + cell.right) if cell.right > 1}
        reaches = any(cell.down > count - index for index in range(count) for cell in body[index])
        if any(cell.datum for cell in row) or not (set(_filled(row)) <= spread or (reaches and spread)):
            break
        count += 1
    return count


def _continues(body: list[Row], header: list[str]) -> bool:
    """Does this stretch go on with the table above the empty row? Then its first row is a row like the others."""
    if not body:
        return False
    first = [row_line([cell.text], 1) for cell in body[0]]
    return first == header or any(cell.datum for cell in body[0])


def _body_lines(rows: Sequence[Row], header: list[str]) -> list[Line]:
    lines: list[Line] = []
    for index, row in enumerate(rows):
        filled = _filled(row)
        if [cell.text for cell in row] == header:
            continue  # a header that is said again, as on a second printed page
        if not header:
            lines.append(Line("　".join(row_line([row[c].text], 1) for c in filled)))
        elif len(filled) == 1 and (row[filled[0]].right > 1 or _NOTE.match(row[filled[0]].text)):
            below = index + 1 < len(rows) and not _NOTE.match(row[filled[0]].text)
            lines.append(Line(row_line([row[filled[0]].text], 1), 2 if below else 0))
            if below:
                lines.append(Line(row_line(header, len(header))))
        else:
            lines.append(Line(row_line([cell.text for cell in row], len(header))))
    return lines
