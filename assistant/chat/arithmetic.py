"""The sum or the difference of two numbers that an answer quotes: 「AコースとBコースを合わせて何件ですか」.

Only where it is clear which two are meant: the costs of two projects that the question names, or the cells of one column
in the two rows of a table. Both numbers are said, so that a reader can follow the calculation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.extremes import asked_column, rows_of_table
from assistant.chat.rows import names_row
from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.records import ContractRecord, Piece, TableRecord
from assistant.search.counters import asked_counter
from assistant.search.question import cue
from assistant.text import compact, fold, spoken_cell
from assistant.tokens import words

_AMOUNT = re.compile(r"([0-9][0-9,]*)(\D{0,4})$")
_BRACKETS = re.compile(r"[（(].*")
_MONEY = re.compile(r"[額費円]")


@dataclass(frozen=True)
class _Number:
    value: int
    unit: str
    piece: Piece


def calculated(turn: Turn, statements: Sequence[Statement]) -> list[Statement]:
    """The statement that adds or subtracts what `statements` tell; empty where the question asks for neither."""
    asks = turn.understood.last_asking
    frame = next((name for name in ("difference", "sum") if cue(name).search(asks)), "")
    numbers = (_costs(statements) or _cells(turn, statements)) if frame else []
    if len(numbers) != 2 or numbers[0].unit != numbers[1].unit:
        return []
    large, small = sorted(numbers, key=lambda n: -n.value) if frame == "difference" else numbers
    result = large.value - small.value if frame == "difference" else large.value + small.value
    values = {"first": _said(large.value, large.unit), "second": _said(small.value, large.unit)}
    return [Statement(frame, (large.piece,), values | {"result": _said(result, large.unit)}, (small.piece,))]


def compared_projects(turn: Turn) -> list[ContractRecord]:
    """The two projects whose costs are to be added or compared, if the question names just two; else empty."""
    question = turn.understood
    asks = any(cue(name).search(question.last_asking) for name in ("difference", "sum"))
    if not asks or not cue("cost").search(question.folded):
        return []
    plain = compact(question.folded)
    named = [c for c in turn.searcher.index.records.contracts if compact(c.listed_name) in plain]
    return named if len(named) == 2 else []


def _costs(statements: Sequence[Statement]) -> list[_Number]:
    told = [s for s in statements if s.frame == "cost"]
    found = [(s, _AMOUNT.match(compact(_BRACKETS.sub("", fold(s.values["quote"]))))) for s in told]
    return [_Number(_value(n[1]), n[2], s.proof[0]) for s, n in found if n] if len(told) == 2 else []


def _cells(turn: Turn, statements: Sequence[Statement]) -> list[_Number]:
    """The asked column's cells in the two rows of the first table quoted that the question names, or that are all it has."""
    first = next((piece for s in statements if s.frame == "row" for piece in s.proof), None)
    rows = rows_of_table(turn, first) if first else []
    if len(rows) > 2:
        rows = [(piece, row) for piece, row in rows if names_row(turn, piece)]
    if first is None or len(rows) != 2 or _names_only_one(turn, [" ".join(row) for _, row in rows]):
        return []
    chunk = turn.searcher.index.chunks([first.chunk_id])[first.chunk_id]
    found = turn.searcher.table_row(first, chunk.section)
    column = _column(turn, found[0], [row for _, row in rows]) if found else None
    return [_number(found[0], row, column, piece) for piece, row in rows] if found and column is not None else []


def _names_only_one(turn: Turn, rows: Sequence[str]) -> bool:
    """Does the question have words of just one of the two rows that the other one has not?"""
    one, other = (set(words(fold(row))) for row in rows)
    asked = set(turn.understood.words)
    return bool(asked & (one - other)) != bool(asked & (other - one))


def _column(turn: Turn, table: TableRecord, rows: Sequence[tuple[str, ...]]) -> int | None:
    """The column by the kind of number that the question asks for; else by a word of its own."""
    numeric = [n for n in range(len(table.columns)) if all(_AMOUNT.match(compact(fold(row[n]))) for row in rows)]
    counter = asked_counter(turn.understood.folded)
    kind = re.compile(re.escape(counter)) if counter else _MONEY if cue("cost").search(turn.understood.folded) else None
    fits = [n for n in numeric if kind and kind.search(spoken_cell(table.columns[n], rows[0][n]))]
    if len(fits) == 1:
        return fits[0]
    column = asked_column(turn, table)
    return column if column in numeric else None


def _number(table: TableRecord, row: tuple[str, ...], column: int, piece: Piece) -> _Number:
    found = _AMOUNT.search(compact(fold(spoken_cell(table.columns[column], row[column]))))
    return _Number(_value(found[1]), found[2], piece) if found else _Number(0, "", piece)


def _value(digits: str) -> int:
    return int(digits.replace(",", ""))


def _said(value: int, unit: str) -> str:
    return f"{value:,}{unit}" if unit == "円" else f"{value}{unit}"
