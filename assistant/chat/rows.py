"""A table row as it is said: without the columns that answer nothing."""

from __future__ import annotations

import re

from assistant.chat.turn import Turn
from assistant.records import Piece, TableRecord
from assistant.text import compact, spoken_cell
from assistant.tokens import words

_ORDINAL = re.compile(r"^[①-㊿0-9]{1,2}$")
_SHORT = 60  # characters of a cell that is always said


def say_row(turn: Turn, piece: Piece, section: str) -> str:
    """`piece.said` without the columns that answer nothing: running numbers, and long texts that are not asked for."""
    found = turn.searcher.table_row(piece, section)
    if found is None:
        return piece.said
    table, row = found
    kept = [i for i, cell in enumerate(row) if cell and _is_said(turn, table, i, cell)]
    said = "、".join(spoken_cell(table.columns[i], row[i]) for i in kept)
    return f"{table.name}：{said}" if len(kept) > 1 else piece.said


def names_row(turn: Turn, piece: Piece) -> bool:
    """Does the question name this row by one of its cells?"""
    question = compact(turn.understood.folded)
    return any(len(cell) >= 2 and cell in question for cell in map(compact, piece.quote.split("\t")))


def is_ordinal(table: TableRecord, column: int) -> bool:
    """Is this the column of running numbers? The row of totals has none."""
    numbers = [compact(row[0]) for row in table.rows if row[0]]
    return column == 0 and sum(bool(_ORDINAL.match(number)) for number in numbers) >= len(numbers) - 1 > 0


def _is_said(turn: Turn, table: TableRecord, column: int, cell: str) -> bool:
    if is_ordinal(table, column):
        return False
    return len(cell) <= _SHORT or bool(set(turn.understood.words) & set(words(table.columns[column])))
