"""A run in the terminal: figures beside goals, peers and folders; misses with their traces; two runs side by side."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table

from eval.measures import Limits, Measure, baseline, goals, measures
from eval.results import Figure, Report


def figures_table(report: Report) -> Table:
    table = _table("尺度", "値", "95%の区間", "件数", "目標", "基準")
    wanted, held = goals(), baseline()
    for name, figure in report.figures.items():
        measure = measures()[name]
        limits = (_limit(measure, wanted, figure), _limit(measure, held, figure))
        table.add_row(name, measure.show(figure.value), interval(measure, figure), str(figure.n), *limits)
    return table


def beside_table(report: Report) -> Table | None:
    """Ours beside the peers and, with several, each folder; None where there is neither."""
    folders = report.folders if len(report.folders) > 1 else {}
    parts = {**report.peers, **folders}
    if not parts:
        return None
    table = _table("尺度", "全体", *parts)
    for name, figure in report.figures.items():
        others = [part.get(name) for part in parts.values()]
        if any(others):
            show = measures()[name].show
            table.add_row(name, show(figure.value), *(show(other.value) if other else "" for other in others))
    return table


def _table(*columns: str) -> Table:
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False
    )  # without lines between the columns all fits a terminal of 80
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def interval(measure: Measure, figure: Figure) -> str:
    return f"{measure.show(figure.low)}～{measure.show(figure.high)}"


def _limit(measure: Measure, limits: Limits, figure: Figure) -> str:
    limit = limits.of(measure.name)
    if limit is None:
        return ""
    sign = "≥" if measure.name in limits.at_least else "≤"
    return f"{'○' if limits.met(measure.name, figure.value) else '×'} {sign} {measure.show(limit)}"


def miss_lines(report: Report) -> Iterator[str]:
    """Three lines a miss, and one for what was said before in a conversation; of a draft or review its faults."""
    for miss in report.misses:
        yield f"{'、'.join(miss.missed)}  {miss.folder} {miss.id} {miss.question}"
        if miss.trace is None:
            continue
        if miss.trace.before:
            yield f"    前の発言: {' / '.join(miss.trace.before)}"
        trace = miss.trace
        if trace.faults:
            yield from (f"    {fault}: {' | '.join(values)}" for fault, values in trace.faults.items())
            continue
        yield f"    {trace.status} {trace.reason}: {' '.join(trace.text.split())[:120]}"
        yield f"    文章: {' | '.join(trace.passages)}  担当課: {' | '.join(trace.divisions)}"


def compared(before: Report, after: Report) -> Table:
    table = _table("尺度", "前", "後", "差", "後の区間")
    for name, measure in measures().items():
        a, b = before.figures.get(name), after.figures.get(name)
        if a is None and b is None:
            continue
        difference = f"{b.value - a.value:+.4g}" if a and b else ""
        shown = [measure.show(f.value) if f else "" for f in (a, b)]
        table.add_row(name, *shown, difference, interval(measure, b) if b else "")
    return table
