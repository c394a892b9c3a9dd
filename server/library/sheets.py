"""Tables as CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # spreadsheets take the wide ones too


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as bytes. A cell that begins like a formula gets an apostrophe in front, which shows it as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_plain(cell) for cell in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    told = "" if cell is None else str(cell)
    return f"'{told}" if told.startswith(_FORMULA) else told
