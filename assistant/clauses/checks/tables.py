"""Tables with several columns of amounts whose last row is not the sum of those above (COST_SUM)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses.amounts import amounts, number, plain
from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.money import yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.units import units
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_MOST = 60  # rows


@dataclass(frozen=True)
class _Row:
    """A line of a table: its first cell, and the amount of each other cell (0 for a dash, None for words)."""

    name: str
    values: tuple[int | None, ...]
    start: int
    end: int


def table_findings(paper: Paper) -> list[Finding]:
    """One finding for each total row of which a column does not add up. A column of which every reading fails: all rows
    above, those since the last subtotal, the subtotals alone."""
    found = []
    for table in _tables(paper.text):
        for at, total in enumerate(table):
            wrong = _wrong(table[:at], total) if patterns("units")["sum_row"].fullmatch(total.name) else None
            if wrong:
                made, told = wrong
                start = table[0].start if total.end - table[0].start <= 400 else total.start
                values = {"sum": yen(made), "total": yen(told), "difference": yen(abs(told - made))}
                found.append(finding(Code.COST_SUM, place(paper, start, total.end), "", **values))
    return found


def _wrong(above: Sequence[_Row], total: _Row) -> tuple[int, int] | None:
    known = patterns("units")
    subtotals = [row for row in above if known["sum_row"].fullmatch(row.name)]
    parts = [row for row in above if row not in subtotals]
    since = above[above.index(subtotals[-1]) + 1 :] if subtotals else parts
    for column, told in enumerate(total.values):
        readings = [[row.values[column] for row in rows] for rows in (parts, since, subtotals) if rows]
        if not told or not readings or any(v is None for v in readings[0]):
            continue
        sums = [sum(v or 0 for v in values) for values in readings]
        if any(readings[0]) and told not in sums:
            return sums[0], told
    return None


def _tables(text: str) -> Iterator[list[_Row]]:
    """Runs of rows with the same number of cells and at least two columns of money."""
    run: list[_Row] = []
    for row in [*_rows(text), None]:
        if row and (not run or len(row.values) == len(run[-1].values)) and len(run) < _MOST:
            run.append(row)
            continue
        if len(run) > 2 and _columns(run) > 1:
            yield run
        run = [row] if row else []


def _columns(run: Sequence[_Row]) -> int:
    return sum(sum(row.values[i] is not None for row in run) > 2 for i in range(len(run[0].values)))


def _rows(text: str) -> Iterator[_Row | None]:
    """The rows with amounts; None where a table ends. The head of a table and ruled lines are skipped."""
    known, even, at = patterns("units"), plain(text), 0
    declared = units(text)
    head: tuple[str, ...] = ()
    for line in even.split("\n"):
        cells = [cell.strip() for cell in known["between"].split(line.strip().strip("|│"))]
        start, at = at, at + len(line) + 1
        if known["ruled"].fullmatch(line):
            if not line.strip():
                yield None
            continue
        factor = next((unit.factor for unit in declared if unit.end <= start < unit.until), 0)
        named = head if len(head) == len(cells) else [""] * len(cells)
        values = tuple(
            _value(cell, 0 if known["counts"].search(name) else factor)
            for cell, name in zip(cells[1:], named[1:], strict=True)
        )
        if len(values) < 2 or "。" in line:
            yield None
        elif all(value is None for value in values):
            head = tuple(cells)
        else:
            lead = len(line) - len(line.lstrip())
            yield _Row(re.sub(r"\s", "", cells[0]), values, start + lead, start + len(line.rstrip()))


def _value(cell: str, factor: int) -> int | None:
    """The yen of a cell; `factor` is what a bare figure counts, 0 where no unit is declared."""
    known = patterns("units")
    if not cell or known["dash"].fullmatch(cell):
        return 0
    found = amounts(cell)
    if len(found) == 1 and not cell[: found[0].start].strip() and not cell[found[0].end :].strip():
        return found[0].yen
    return number(cell) * factor if factor and known["plain"].fullmatch(cell) else None
