"""The figures over the sizes as one SVG: four small charts, both axes logarithmic, every point with its figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from ingest.scale.measure import disk, pure_rate, shown

_WIDE, _TALL = 300.0, 150.0  # of one chart's field
_ROOM = 34.0  # at the left and the right, for the figures of the first and the last point


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    told: str


@dataclass(frozen=True)
class Line:
    name: str
    tone: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return " ".join(f"{p.x:.1f},{p.y:.1f}" for p in self.points)


@dataclass(frozen=True)
class Chart:
    title: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]  # x, size


Value = Callable[[dict[str, Any]], float]
_CHARTS: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] = (
    (
        "検索の時間 search time, ms",
        (("p95", lambda one: one["search"]["p95_ms"]), ("p50", lambda one: one["search"]["p50_ms"])),
    ),
    (
        "取り込みの速さ ingest, chunks/s",
        (
            ("読む～想定質問 pure", pure_rate),
            ("全体 all", lambda one: one["build"]["chunks"] / sum(one["build"]["seconds"].values())),
        ),
    ),
    (
        "メモリ memory, MiB",
        (
            ("取り込み ingest, peak", lambda one: one["build"]["peak_mib"]),
            ("検索 search, own", lambda one: one["search"]["anonymous_mib"]),
        ),
    ),
    (
        "索引の大きさ disk, MiB",
        (("全体 all", disk), ("うち語の索引 lexical", lambda one: one["build"]["disk"]["lexical"])),
    ),
)


def plot(report: dict[str, Any]) -> str:
    """The SVG; `report` is what `measure` gives."""
    from jinja2 import Environment

    template = resources.files("ingest.scale").joinpath("plot.svg").read_text("utf-8")
    charts = [_chart(title, lines, report["sizes"]) for title, lines in _CHARTS]
    return (
        Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        .from_string(template)
        .render(charts=charts, wide=_WIDE, tall=_TALL)
    )


def _chart(title: str, lines: Sequence[tuple[str, Value]], sizes: Sequence[dict[str, Any]]) -> Chart:
    counts = [float(one["build"]["chunks"]) for one in sizes]
    values = [[max(1e-3, value(one)) for one in sizes] for _, value in lines]
    least, most = min(map(min, values)), max(map(max, values))
    across = [_place(count, counts[0], counts[-1], _ROOM, _WIDE - _ROOM) for count in counts]
    drawn = []
    for tone, ((name, _), row) in enumerate(zip(lines, values, strict=True)):
        places = zip(across, row, strict=True)
        points = tuple(Point(x, _place(value, least, most, _TALL - 20, 24), shown(value)) for x, value in places)
        drawn.append(Line(name, tone, points))
    ticks = tuple((x, f"{one['wanted']:,}") for x, one in zip(across, sizes, strict=True))
    return Chart(title, tuple(drawn), ticks)


def _place(value: float, least: float, most: float, low: float, high: float) -> float:
    """Where `value` lies between the ends of a logarithmic axis."""
    if most <= least:
        return (low + high) / 2
    return low + (high - low) * math.log(value / least) / math.log(most / least)
