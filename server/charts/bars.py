"""Bars that lie: one a row, its name in front of it or above it, its figure behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROOM = 16.0  # percent kept behind the longest bar for its figure
_THICK = 1.25  # rem


@dataclass(frozen=True)
class Datum:
    """One figure of a chart: its name, its value and how the value reads."""

    name: str
    value: float
    told: str


@dataclass(frozen=True)
class Bar:
    """`name_y` and `told_y` are base lines of text."""

    name: str
    told: str
    name_y: float
    told_x: float
    told_y: float
    x: float
    y: float
    width: float
    height: float = _THICK


@dataclass(frozen=True)
class BarChart:
    bars: tuple[Bar, ...]
    height: float  # rem
    start: float  # percent where the bars begin
    above: bool


def bar_chart(data: Sequence[Datum], start: float = 0.0) -> BarChart:
    """Names stand in front of the bars within `start` percent of the width, or above them where it is 0."""
    most = max((datum.value for datum in data), default=0) or 1
    above = start == 0
    line = 3.25 if above else 2.0
    lead = 1.5 if above else 0.375
    bars = []
    for row, datum in enumerate(data):
        top = row * line + lead
        width = datum.value / most * (100 - start - _ROOM)
        bars.append(
            Bar(
                name=datum.name,
                told=datum.told,
                name_y=row * line + 1.1 if above else top + 0.95,
                told_x=start + width,
                told_y=top + 0.98,
                x=start,
                y=top,
                width=width,
            )
        )
    return BarChart(tuple(bars), len(data) * line + 0.25, start, above)
