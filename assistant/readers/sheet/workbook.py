"""Excel workbooks (.xlsx) through openpyxl: what is displayed, with merged cells, without what is hidden. Formulas are not
computed: the values stand that the last program to save the file has computed."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.readers.grid import Cell, Row
from assistant.readers.sheet.display import displayed
from assistant.readers.word.package import DAMAGED, EXCEL, check_package, damaged

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 50_000  # of one sheet
MOST_COLUMNS = 200
_NO_VALUE = re.compile(rb"<f[ >/][^<]*(?:</f>)?\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    title: str
    warnings: tuple[str, ...]


def open_workbook(path: Path) -> Workbook:
    """The visible sheets; BadInputFile unless it is a sound .xlsx of a size that people write."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_package(path, EXCEL)
    try:
        with path.open("rb") as handle, warnings.catch_warnings():  # openpyxl leaves its own open when it fails
            warnings.simplefilter("ignore")  # about what it drops: formats, names, pictures
            book = openpyxl.load_workbook(handle, data_only=True, keep_links=False)
        told = _missing_values(path)
        sheets = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                told.append(f"{path.name}: 非表示のシート「{sheet.title}」は読みませんでした。")
                continue
            if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
                told.append(
                    f"{path.name}: シート「{sheet.title}」は{MOST_ROWS:,}行・{MOST_COLUMNS}列まで読みました（全体は{sheet.max_row:,}行・{sheet.max_column:,}列）。"
                )
            rows, hidden = _rows(sheet)
            if hidden:
                told.append(f"{path.name}: シート「{sheet.title}」の非表示の行・列{hidden}は読みませんでした。")
            sheets.append(Sheet(sheet.title, tuple(rows)))
        return Workbook(tuple(sheets), str(book.properties.title or ""), tuple(told))
    except (*DAMAGED, TypeError, AttributeError, AssertionError, SyntaxError, InvalidFileException) as error:
        raise damaged(path.name, EXCEL) from error


def _missing_values(path: Path) -> list[str]:
    """Formulas that no program has computed yet, as in files that a script wrote."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
        count = sum(len(_NO_VALUE.findall(archive.read(name))) for name in names)
    if not count:
        return []
    return [f"{path.name}: 計算結果のない数式が{count}個あり、空欄としました。Excel で開いて保存し直すと値が入ります。"]


def _rows(sheet: Worksheet) -> tuple[list[Row], str]:
    hidden_columns = _hidden_columns(sheet)
    spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    rows, hidden_rows = [], 0
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for number, cells in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), 1):
        if number in sheet.row_dimensions and sheet.row_dimensions[number].hidden:
            hidden_rows += any(cell.value is not None for cell in cells)
            continue
        row = [_cell(c, spans.get((number, n))) for n, c in enumerate(cells, 1) if n not in hidden_columns]
        rows.append(tuple(row))
    shown = [f"{hidden_rows}行"] if hidden_rows else []
    shown += [f"{len(hidden_columns)}列"] if hidden_columns else []
    return rows, "・".join(shown)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            hidden |= set(islice(range(dimension.min, min(dimension.max or dimension.min, sheet.max_column) + 1), 1000))
    return hidden


def _cell(cell: Any, span: Any) -> Cell:
    value = cell.value
    right, down = (span.max_col - span.min_col + 1, span.max_row - span.min_row + 1) if span else (1, 1)
    datum = value is not None and not isinstance(value, str)
    return Cell(displayed(value, cell.number_format or "General"), datum, right, down)
