"""The content of a web page as lines: headings, paragraphs, lists, tables; the base text of ruby, addresses behind links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.readers.grid import Cell, Line, filled_down, merged_header, row_line
from assistant.readers.web.tree import Element, words

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_JAPANESE = r"[ぁ-ヿ㐀-䶿一-鿿々〇、。「」『』（）〔〕！？：；・　]"
_WRAPPED = re.compile(rf"(?<={_JAPANESE})[ \t]*\n\s*(?={_JAPANESE})")
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_MOST_COLUMNS = 200
_MOST_SPAN = 100  # columns or rows that a cell may reach over
_BULLET = "・"


def text_lines(content: Element) -> list[Line]:
    """The lines of a page's content."""
    writer = _Writer()
    writer.walk(content)
    writer.flush()
    return writer.lines


@dataclass
class _Writer:
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    marker: str = ""

    def flush(self, level: int = 0) -> None:
        """End the line that is being written."""
        text = _inline("".join(self.parts))
        self.parts = []
        if text:
            self.lines.append(Line(self.marker + text, level))
            self.marker = ""

    def walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.parts.append(child)
            else:
                self._element(child)

    def _element(self, child: Element) -> None:
        if child.tag in _HEADINGS:
            self._heading(child)
        elif child.tag == "br":
            self.flush()
        elif child.tag == "img":
            self.parts.append(child.attributes.get("alt", ""))
        elif child.tag == "a":
            self.walk(child)
            self.parts.append(_address(child))
        elif child.tag == "pre":
            self.flush()
            self.lines += [Line(line.rstrip()) for line in child.text.split("\n") if line.strip()]
        elif child.tag == "table" and (rows := _data_rows(child)):
            self.flush()
            self._table(child, rows)
        elif child.tag in ("ul", "ol", "menu"):
            self.flush()
            self._list(child)
        elif child.tag in words("blocks"):
            self.flush()
            self.walk(child)
            self.flush()
        else:
            self.walk(child)

    def _heading(self, element: Element) -> None:
        self.flush()
        text = _joined(element)
        if text:
            self.lines.append(Line(text, _HEADINGS[element.tag]))

    def _list(self, element: Element) -> None:
        """Numbers that a browser would show are written 1) 2), bullets ・."""
        number = _whole(element.attributes.get("start", ""), 1)
        for child in element.children:
            if isinstance(child, Element) and child.tag == "li":
                number = _whole(child.attributes.get("value", ""), number)
                self.marker = f"{number}) " if element.tag == "ol" else _BULLET
                self.walk(child)
                self.flush()
                self.marker = ""
                number += 1
            elif isinstance(child, Element):
                self._element(child)
            else:
                self.parts.append(child)
        self.flush()

    def _table(self, table: Element, rows: list[_TableRow]) -> None:
        for caption in table.find("caption"):
            self.lines.append(Line(_joined(caption)))
        if all(row.is_pair for row in rows):  # 日時 | 4月1日: what stands left names what stands right
            for row in rows:
                name, *values = [cell.text for cell in row.cells if cell.text]
                self.lines.append(Line(f"{name}：{' '.join(values)}" if values else name))
            return
        count = next((n for n, row in enumerate(rows) if not row.is_header), len(rows))
        count = min(max(count, 1), len(rows) - 1)
        header = merged_header([row.cells for row in rows[:count]])
        body = filled_down([row.cells for row in rows[count:]])
        self.lines += [Line(""), Line(row_line(header, len(header)))]
        self.lines += [Line(row_line([cell.text for cell in cells], len(header))) for cells in body]
        self.lines.append(Line(""))


@dataclass(frozen=True)
class _TableRow:
    cells: tuple[Cell, ...]
    is_header: bool
    is_pair: bool


def _data_rows(table: Element) -> list[_TableRow]:
    """The rows of a table of data; none for one that only lays out a page."""
    if table.attributes.get("role") in ("presentation", "none") or table.find("table", *_HEADINGS):
        return []
    rows = [_cells(row) for row in table.find("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 and not table.find("th"):
        return []
    if max((len(row) for row in rows), default=0) < 2:
        return []
    grid = _grid([[_cell(e) for e in row] for row in rows])
    in_head = {id(cell) for head in table.find("thead") for cell in head.find("th", "td")}
    return [
        _TableRow(cells, is_header=id(row[0]) in in_head or all(e.tag == "th" for e in row), is_pair=_is_pair(row))
        for cells, row in zip(grid, rows, strict=True)
        if any(cell.text for cell in cells)
    ]


def _is_pair(row: list[Element]) -> bool:
    return len(row) == 2 and row[0].tag == "th" and row[1].tag == "td"


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")]


def _cell(element: Element) -> Cell:
    right, down = (min(_whole(element.attributes.get(n, ""), 1) or 1, _MOST_SPAN) for n in ("colspan", "rowspan"))
    return Cell(_joined(element), right=right, down=down)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """Rows with an empty cell for each place that a cell from the left or from above reaches over."""
    until: list[int] = []  # by column, the first row that no cell from above reaches
    result: list[list[Cell]] = []
    for number, row in enumerate(rows):
        placed: list[Cell] = []
        for cell in row:
            while len(placed) < min(len(until), _MOST_COLUMNS) and until[len(placed)] > number:
                placed.append(Cell())
            if len(placed) >= _MOST_COLUMNS:
                break
            end = len(placed) + cell.right
            until += [0] * (end - len(until))
            until[len(placed) : end] = [number + cell.down] * cell.right
            placed += [cell, *[Cell()] * (cell.right - 1)]
        result.append(placed)
    width = max(len(row) for row in result)
    return [(*row, *[Cell()] * (width - len(row))) for row in result]


def _joined(element: Element) -> str:
    """The text of an element as one line."""
    return " ".join(line.text for line in text_lines(element) if line.text).replace("\t", " ")


def _inline(text: str) -> str:
    """Blanks as a browser shows them; a line that is wrapped between Japanese characters goes on without a blank."""
    return _SPACE.sub(" ", _WRAPPED.sub("", text)).strip()


def _address(link: Element) -> str:
    address = link.attributes.get("href", "").strip()
    if not address.lower().startswith(("http://", "https://")) or "".join(address.split()) in "".join(
        link.text.split()
    ):
        return ""
    return f" <{address}>"


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text.strip()) else otherwise
