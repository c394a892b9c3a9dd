"""Amounts without 円: a text may say once that its figures are in 千円 or 円, for the rows that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.clauses.amounts import Amount, amounts, number, plain
from assistant.clauses.checks.patterns import patterns

_FACTORS = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000}


@dataclass(frozen=True)
class Unit:
    """A unit that stands apart from its figures: its own place, how far it holds, how many yen one is."""

    start: int
    end: int
    until: int
    factor: int


@lru_cache(maxsize=4)  # several checks read the same paper
def units(text: str) -> tuple[Unit, ...]:
    """The units that `text` declares; each holds to the next one, or to the first prose after its rows."""
    even = plain(text)
    found = list(patterns("units")["declared"].finditer(even))
    stops = [*(told.start() for told in found), len(even)][1:]
    return tuple(
        Unit(told.start("unit"), told.end("unit"), min(stop, _rows_end(even, told.end())), _FACTORS[told["unit"]])
        for told, stop in zip(found, stops, strict=True)
    )


def _rows_end(even: str, start: int) -> int:
    """The first prose after rows with figures; lines of other words before the first row do not end it."""
    known, at, rows = patterns("units"), start, 0
    for line in even[start:].split("\n"):
        row = bool(known["figure"].search(line)) and "。" not in line
        if rows and not row and not known["ruled"].fullmatch(line):
            break
        rows += row
        at += len(line) + 1
    return min(at, len(even))


def told_amounts(text: str, start: int, end: int, declared: Sequence[Unit]) -> list[Amount]:
    """All amounts of text[start:end], also the figures of a declared unit; offsets count from `start`."""
    part = text[start:end]
    near = [unit for unit in declared if unit.start < end and unit.until > start]
    written = [a for a in amounts(part) if not any(u.start < start + a.end and start + a.start < u.end for u in near)]
    found = list(written)
    for figure in patterns("units")["figure"].finditer(plain(part)) if near else ():
        a, b = figure.span("number")
        unit = next((u for u in near if u.end <= start + a < u.until), None)
        if unit and not any(w.start < b and a < w.end for w in written):
            found.append(Amount(number(figure["number"]) * unit.factor, a, b))
    return sorted(found, key=lambda amount: amount.start)
