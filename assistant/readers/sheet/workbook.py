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
from assistant.readers.word.package import DAMAGED, EXCEL, check_package, damaged, too_many_cells

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 50_000  # of one sheet
MOST_COLUMNS = 200
_NO_VALUE = re.compile(rb"<f[ >/][^<]*(?:</f>)?\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # XML in UTF-16
_MERGE_TAG = re.compile(rb"mergeCell[\s/>]")
_MERGE = re.compile(rb"mergeCell\s+ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
_MOST_MERGED = 100_000  # places that merged cells cover


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
        told = _missing_values(path)
        with path.open("rb") as handle, warnings.catch_warnings():  # openpyxl leaves its own open when it fails
            warnings.simplefilter("ignore")  # about what it drops: formats, names, pictures
            book = openpyxl.load_workbook(handle, data_only=True, keep_links=False)
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
    """Formulas that no program has computed yet, as in files that a script wrote. Raises BadInputFile for merged cells over
    more than a person can look at: openpyxl makes an object of each place they cover."""
    count = area = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            merges = _MERGE.findall(part)
            if part.startswith(_WIDE) or len(merges) != len(_MERGE_TAG.findall(part)):
                raise damaged(path.name, EXCEL)  # written so that no program is known to write it
            area += sum(_area(*merge) for merge in merges)
            count += len(_NO_VALUE.findall(part))
    if area > _MOST_MERGED:
        raise too_many_cells(path.name)
    if not count:
        return []
    return [f"{path.name}: 計算結果のない数式が{count}個あり、空欄としました。Excel で開いて保存し直すと値が入ります。"]


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    from openpyxl.utils import column_index_from_string

    width = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return abs(width * (int(bottom) - int(top) + 1))


def _rows(sheet: Worksheet) -> tuple[list[Row], str]:
    """The rows that have something in them, one empty row for each gap between them; what was hidden."""
    hidden_columns = _hidden_columns(sheet)
    spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    used: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # those of the file only: iter_rows makes one for every place
        if cell.value is not None and row <= MOST_ROWS and column <= MOST_COLUMNS:
            used.setdefault(row, {})[column] = cell
    rows: list[Row] = []
    hidden_rows, last = 0, 0
    for number in sorted(used):
        if number > last + 1:
            rows.append(())
        last = number
        if number in sheet.row_dimensions and sheet.row_dimensions[number].hidden:
            hidden_rows += 1
            continue
        cells = used[number]
        places = [c for c in range(1, max(cells) + 1) if c not in hidden_columns]
        rows.append(tuple(_cell(cells.get(c), spans.get((number, c))) for c in places))
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
    if cell is None:
        return Cell()
    value = cell.value
    right, down = (span.max_col - span.min_col + 1, span.max_row - span.min_row + 1) if span else (1, 1)
    datum = value is not None and not isinstance(value, str)
    return Cell(displayed(value, cell.number_format or "General"), datum, right, down)
