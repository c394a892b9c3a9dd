"""Columns that stand: one a year, its figure above it, the year below it in two short lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.charts.bars import Datum

_TALL = 9.0  # rem of the tallest column
_TOP = 1.75  # rem above it for its figure
_WIDE = 0.62  # of the room of a year
_ERA = re.compile(r"(\D+?)((?:[0-9]+|元)年度?)")


@dataclass(frozen=True)
class Column:
    name: tuple[str, ...]
    told: str
    middle: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ColumnChart:
    columns: tuple[Column, ...]
    base: float  # rem where the columns stand
    height: float


def column_chart(data: Sequence[Datum]) -> ColumnChart:
    """Columns from zero, so that their heights compare as their figures do."""
    most = max((datum.value for datum in data), default=0) or 1
    room = 100 / max(1, len(data))
    base = _TOP + _TALL
    columns = []
    for place, datum in enumerate(data):
        tall = datum.value / most * _TALL
        middle = (place + 0.5) * room
        width = room * _WIDE
        columns.append(Column(_lines(datum.name), datum.told, middle, middle - width / 2, base - tall, width, tall))
    return ColumnChart(tuple(columns), base, base + 3.25)


def _lines(name: str) -> tuple[str, ...]:
    found = _ERA.fullmatch(name)
    return (found[1], found[2]) if found else (name,)
