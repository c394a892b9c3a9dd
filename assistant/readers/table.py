"""Tables as files: Excel workbooks and CSV. Each row becomes a line of cells under the header of its table."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.grid import Cell, Line, Row, page_of, sheet_lines
from assistant.readers.result import About, Heading, Read, ReadPage, check_lines
from assistant.readers.sheet.workbook import MOST_COLUMNS, MOST_ROWS, open_workbook
from assistant.readers.text import read_characters

_DEFAULT_NAME = re.compile(r"^(?:Sheet|シート|ワークシート)\s*[0-9０-９]*$", re.IGNORECASE)
_DATUM = re.compile(r"^[-+△▲¥￥]?[0-9０-９][0-9０-９,，./:年月日時分-]*[%％円人件]?$")
_DELIMITERS = ",\t;|"


def read_xlsx(path: Path, password: str = "") -> Read:
    """Read a workbook, a sheet a page. `password` is ignored: a file with a password is refused with what to do."""
    book = open_workbook(path)
    pages: list[ReadPage] = []
    headings: list[Heading] = []
    offset = 0
    named = len([sheet for sheet in book.sheets if any(c.text for row in sheet.rows for c in row)]) > 1
    for sheet in book.sheets:
        lines = sheet_lines(sheet.rows)
        if not lines:
            continue
        if named or not _DEFAULT_NAME.match(sheet.name):
            lines = [Line(sheet.name, 1), *(Line(line.text, line.level + 1 if line.level else 0) for line in lines)]
        page, found = page_of(f"シート「{sheet.name}」", lines, offset)
        pages.append(page)
        headings += found
        offset += len(page.text) + 1
    if not pages:
        raise BadInputFile(f"{path.name}: 文字の入ったセルがありません。", f"{path.name}: no cell of it has a text")
    for page in pages:
        check_lines(path.name, page.text)
    return Read(tuple(pages), book.warnings, tuple(headings), About(title=book.title))


def read_csv(path: Path, password: str = "") -> Read:
    """Read comma, tab or semicolon separated values as one page. `password` is ignored."""
    text, warnings = read_characters(path)
    check_lines(path.name, text)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
        records = [record[:MOST_COLUMNS] for record in islice(reader, MOST_ROWS)]
        more = next(reader, None) is not None
    except csv.Error as error:
        raise BadInputFile(
            f"{path.name}: CSVとして読めません（{error}）。表計算ソフトで開いて保存し直してください。",
            f"{path.name}: not readable as CSV ({error}); open it in a spreadsheet and save it again",
        ) from error
    if more:
        said = f"{path.name}: {MOST_ROWS:,}行まで読みました。続きは別のファイルに分けて加えてください。"
        warnings = (*warnings, said)
    rows: list[Row] = [tuple(Cell(c.strip(), bool(_DATUM.match(c.strip()))) for c in record) for record in records]
    page, headings = page_of("", sheet_lines(rows), 0)
    return Read((page,), warnings, tuple(headings))


def _delimiter(text: str) -> str:
    """The sign that divides most of the first lines into the same number of cells."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: counts[sign][len(lines) // 2] if lines else 0)
