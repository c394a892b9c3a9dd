"""The rows of a table with the largest or the smallest number, where a question asks for the most or the fewest."""

from __future__ import annotations

import re
from collections import Counter

from assistant.chat.rows import is_ordinal, say_row
from assistant.chat.turn import Turn
from assistant.records import Piece, TableRecord
from assistant.search.question import cue
from assistant.text import compact, fold
from assistant.tokens import words

_NUMBER = re.compile(r"約?([0-9][0-9,]*)\D{0,4}")
_TOTAL = re.compile(r"合計|総計|小?計")
_MOST_ROWS = 3  # rows that share the first place


def extreme_rows(turn: Turn, piece: Piece) -> list[Piece]:
    """The rows of the table of `piece` that have the most or the fewest of what is asked for; empty if that is not clear."""
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    found = turn.searcher.table_row(piece, chunk.section)
    column = asked_column(turn, found[0]) if found and cue("extreme").search(turn.understood.folded) else None
    if found is None or column is None:
        return []
    rows = rows_of_table(turn, piece)
    numbers = [(number, other) for other, row in rows if (number := _number(row[column])) is not None]
    if len(numbers) < 2:
        return []
    pick = min if cue("fewest").search(turn.understood.folded) else max
    best = pick(number for number, _ in numbers)
    first = [other for number, other in numbers if number == best]
    return [p.model_copy(update={"said": say_row(turn, p, chunk.section)}) for p in first[:_MOST_ROWS]]


def rows_of_table(turn: Turn, piece: Piece) -> list[tuple[Piece, tuple[str, ...]]]:
    """The rows of the table of `piece` as pieces and cells, without totals; empty if it is no row."""
    searcher = turn.searcher
    chunk = searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    found = searcher.table_row(piece, chunk.section)
    pieces = searcher.index.pieces_of(searcher.chunks_in(chunk.source_id, chunk.section)) if found else []
    rows = [(other, searcher.table_row(other, chunk.section)) for other, _ in pieces if other.kind == "row"]
    return [(p, own[1]) for p, own in rows if found and own and own[0] is found[0] and not _is_total(own[1])]


def asked_column(turn: Turn, table: TableRecord) -> int | None:
    """The column of numbers that the question names by a word of its own; else the one of totals, or the only one."""
    rows = [row for row in table.rows if not _is_total(row)]
    numeric = [
        n
        for n in range(len(table.columns))
        if not is_ordinal(table, n) and 2 * sum(_number(row[n]) is not None for row in rows) > len(rows)
    ]
    own = {n: set(words(fold(table.columns[n]))) for n in numeric}
    frequency = Counter(word for of_column in own.values() for word in of_column)
    asked = {word for word in turn.understood.words if frequency[word] == 1}
    shared = {n: len(asked & of_column) for n, of_column in own.items()}
    best = [n for n in numeric if shared[n] and shared[n] == max(shared.values())]
    if len(best) != 1:  # none, or several together: 「区と局を合わせて」
        best = [n for n in numeric if _TOTAL.fullmatch(compact(table.columns[n]))] or numeric
    return best[0] if len(best) == 1 else None


def _is_total(row: tuple[str, ...]) -> bool:
    return any(_TOTAL.fullmatch(compact(cell)) for cell in row[:2])


def _number(cell: str) -> int | None:
    found = _NUMBER.fullmatch(fold(cell).strip())
    return int(found.group(1).replace(",", "")) if found else None
