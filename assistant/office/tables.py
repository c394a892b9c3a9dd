"""Tables: a grid whose head is repeated on each page, and lines to write on without any frame."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph


def add_grid(
    document: Document, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths_mm: Sequence[int], style: str
) -> None:
    """A table with frames; each row has as many cells as `head`."""
    table = _table(document, 1 + len(rows), widths_mm, "Table Grid")
    for texts, row in zip([head, *rows], table.rows, strict=True):
        _keep_whole(row)
        for text, cell in zip(texts, row.cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(text)
    first = table.rows[0]
    first._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell in first.cells:
        _properties(cell).append(_element("w:shd", val="clear", color="auto", fill="EDEDED"))


def add_lines(document: Document, *, lines: int, widths_mm: Sequence[int]) -> list[list[Paragraph]]:
    """A table to the right without frames, a thin line under all cells but the first. Gives its paragraphs, line by line."""
    table = _table(document, lines, widths_mm, "Normal Table")
    table.alignment = WD_TABLE_ALIGNMENT.RIGHT
    for row in table.rows:
        _keep_whole(row)
        for cell in row.cells[1:]:
            frame = _element("w:tcBorders")
            frame.append(_element("w:bottom", val="dotted", sz="4", space="0", color="808080"))
            _properties(cell).append(frame)
    return [[cell.paragraphs[0] for cell in row.cells] for row in table.rows]


def _table(document: Document, rows: int, widths_mm: Sequence[int], style: str) -> Table:
    table: Table = document.add_table(rows, len(widths_mm), style)
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _properties(cell: _Cell) -> BaseOxmlElement:
    return cell._tc.get_or_add_tcPr()


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})
