"""Geometry of the report's charts, computed here so that the page needs no script: bars with intervals, and one curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.measures import Limits, Measure
from eval.metrics.margin import curve
from eval.results import Figure, Graded

WIDTH = 1_000.0  # of a bar's drawing, stretched to the page
_LIMITS = tuple(n / 50 for n in range(-50, 51))  # of the margin
_BOX = (44.0, 12.0, 388.0, 210.0)  # left, top, right, bottom of the curve's drawing


@dataclass(frozen=True)
class Bar:
    """One bar; lengths are in units of WIDTH, texts as people read them."""

    label: str
    tone: str
    shown: str
    interval: str
    value: float
    low: float
    high: float
    goal: float | None = None
    goal_text: str = ""
    met: bool | None = None


def scale(measure: Measure, figures: Iterable[Figure], goal: float | None = None) -> float:
    """The value that fills the width: 100 % for shares, else a little more than the largest value or the goal."""
    if measure.unit in ("share", "number"):
        return 1.0
    return 1.15 * max(goal or 0.0, 1e-9, *(figure.high for figure in figures))


def bar(label: str, tone: str, measure: Measure, figure: Figure, top: float, limits: Limits | None = None) -> Bar:
    """`top` fills the width; `limits` adds the goal."""
    goal = limits.of(measure.name) if limits else None
    value, low, high = (WIDTH * min(x, top) / top for x in (figure.value, figure.low, figure.high))
    return Bar(
        label=label,
        tone=tone,
        shown=measure.show(figure.value),
        interval=f"{measure.show(figure.low)}～{measure.show(figure.high)}",
        value=value,
        low=low,
        high=high,
        goal=None if goal is None else WIDTH * goal / top,
        goal_text="" if goal is None else measure.show(goal),
        met=limits.met(measure.name, figure.value) if limits else None,
    )


@dataclass(frozen=True)
class Tradeoff:
    """Kept and refused over the margin: two lines as SVG points, a few rows for the table, the limit in force."""

    kept: str
    refused: str
    limit_x: float
    rows: tuple[tuple[float, float, float], ...]
    ticks: tuple[tuple[float, float], ...]  # x, margin
    answerable: int
    unanswerable: int


def tradeoff(graded: Sequence[Graded]) -> Tradeoff | None:
    """None where the run has no margins of both kinds."""
    known = [g for g in graded if "margin" in g.scores]
    kept = [g.scores["margin"] for g in known if g.file in ("facts", "routing")]
    refused = [g.scores["margin"] for g in known if g.scores.get("must_refuse") == 1]
    if not kept or not refused:
        return None
    points = curve(kept, refused, _LIMITS)
    rows = curve(kept, refused, (-0.4, -0.2, 0.0, 0.2, 0.4))
    return Tradeoff(
        kept=_line([(m, share) for m, share, _ in points]),
        refused=_line([(m, share) for m, _, share in points]),
        limit_x=_x(0.0),
        rows=tuple(rows),
        ticks=tuple((_x(m), m) for m in (-0.8, -0.4, 0.0, 0.4, 0.8)),
        answerable=len(kept),
        unanswerable=len(refused),
    )


def _x(margin: float) -> float:
    left, _, right, _ = _BOX
    return left + (margin - _LIMITS[0]) / (_LIMITS[-1] - _LIMITS[0]) * (right - left)


def _line(points: Sequence[tuple[float, float]]) -> str:
    _, top, _, bottom = _BOX
    return " ".join(f"{_x(m):.1f},{bottom - share * (bottom - top):.1f}" for m, share in points)
