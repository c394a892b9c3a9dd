"""Tab-separated tables → records with every cell filled, and sentences 「列名は値」 that search can find.

What a person knows of a table's shape (two header rows, no header, merged cells) stands in the layout; the rest is
read from the rows: empty first header cell, trailing tabs, rows shifted by one because a merged cell was lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import TableRecord
from assistant.text import compact, one_line, spoken_cell
from ingest.document import Document, Line, Section
from ingest.layout import TableShape

_NOTE = re.compile(r"[(（]※(\d)[)）]([^(（※]+)")
_RULE = re.compile(r"^[-\s|:]+$")


@dataclass(frozen=True)
class TableBlock:
    """Consecutive table lines of a document and what they say."""

    lines: tuple[Line, ...]  # data rows only
    header: tuple[Line, ...]
    record: TableRecord

    @property
    def start(self) -> int:
        return (self.header or self.lines)[0].start

    @property
    def end(self) -> int:
        return (self.lines or self.header)[-1].end

    def sentence(self, row: int) -> str:
        """Row `row` as 「列名は値」; empty cells and unnamed columns are left to speak for themselves."""
        cells = zip(self.record.columns, self.record.rows[row], strict=True)
        said = "、".join(spoken_cell(column, cell) for column, cell in cells if cell)
        marks = {m for cell in self.record.rows[row] for m in re.findall(r"※(\d)", cell)}
        notes = [note for note in self.record.notes if note[:1] in marks]
        return said + "".join(f"（{note[1:]}）" for note in notes)


def find_tables(document: Document, section: Section, used: dict[str, int]) -> list[TableBlock]:
    """The tables of one section, in order. `used` keeps table ids unique in the document."""
    blocks: list[list[Line]] = []
    for line in document.lines(section.start, section.end):
        text = document.clean(line.start, line.end)
        if "\t" in text and text.strip():
            known = any(line.text.startswith(shape.anchor) for shape in document.layout.tables)
            if blocks and blocks[-1][-1].number == line.number - 1 and not known:
                blocks[-1].append(line)
            else:
                blocks.append([line])
    return [_read(document, section, block, used) for block in blocks]


def _read(document: Document, section: Section, lines: list[Line], used: dict[str, int]) -> TableBlock:
    shape = next((s for s in document.layout.tables if lines[0].text.startswith(s.anchor)), TableShape(anchor=""))
    header, body = lines[: shape.header_rows], lines[shape.header_rows :]
    columns = list(shape.columns) or _columns(header)
    body = [line for line in body if not _RULE.match(line.text)]
    rows = [_cells(line.text, len(columns)) for line in body]
    width = max([len(columns), *(len(row) for row in rows)])
    columns += [""] * (width - len(columns))
    rows = [row + [""] * (width - len(row)) for row in rows]
    for column in shape.fill_down:
        _fill(rows, column)
    key = f"{section.key}/表"
    used[key] = used.get(key, 0) + 1
    record = TableRecord(
        id=key if used[key] == 1 else f"{key}{used[key]}",
        source_id=document.source.id,
        title=shape.name or section.context,
        locator=section.locator,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        notes=tuple(n + text.strip() for n, text in _NOTE.findall(document.clean(section.start, section.end))),
        section=section.key,
    )
    return TableBlock(tuple(body), tuple(header), record)


def _columns(header: list[Line]) -> list[str]:
    if not header:
        return []
    cells = [one_line(c) for c in header[0].text.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return [re.sub(r"(?<=\w) (?=\w)", "", c) if len(compact(c)) <= 4 else c for c in cells]


def _cells(text: str, columns: int) -> list[str]:
    cells = [c.strip() for c in text.split("\t")]
    while cells and not cells[-1] and len(cells) > columns:
        cells.pop()
    if len(cells) == columns + 1 and not cells[1]:
        del cells[1]  # a lost merged cell pushed the row to the right (the report's rows ⑨ ⑯ ㉕ ㉙)
    while len(cells) > columns and columns and not cells[-1]:
        cells.pop()
    return cells


def _fill(rows: list[list[str]], column: int) -> None:
    """A merged cell holds for the rows below it; a row of totals does not inherit."""
    last = ""
    for row in rows:
        if compact(row[0]).startswith("合計"):
            continue
        last = row[column] or last
        row[column] = last
