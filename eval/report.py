"""The report: one HTML file that needs nothing else, in words for people who decide, made of one saved run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from eval.case_files import GROUPS
from eval.charts import WIDTH, Bar, bar, scale, tradeoff
from eval.measures import Limits, Measure, goals, measures
from eval.results import OURS, Figure, Graded, Report, breakdown


@dataclass(frozen=True)
class Comparison:
    """One measure, ours and each peer."""

    label: str
    meaning: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Grid:
    """A table: columns of measures, rows of groups or folders, cells as people read them (empty = not measured)."""

    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def render(report: Report) -> str:
    """The whole page; every text of the cases and answers in it is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    page = environment.from_string(_file("report.html"))
    wanted = goals()
    bars = {name: _own_bar(measures()[name], figure, wanted) for name, figure in report.figures.items()}
    return page.render(
        report=report,
        created=datetime.fromisoformat(report.created).astimezone().strftime("%Y年%-m月%-d日 %H時%M分"),
        names=_names(),
        measures=measures(),
        bars=bars,
        groups=_by_group(bars),
        judged=[b for b in bars.values() if b.met is not None],
        comparisons=_comparisons(report),
        folders=_folders(report) if len(report.folders) > 1 else None,
        grids=_grids(report),
        tradeoff=tradeoff(report.ours),
        misses=_misses(report),
        width=WIDTH,
    )


def _own_bar(measure: Measure, figure: Figure, wanted: Limits) -> Bar:
    top = scale(measure, [figure], wanted.of(measure.name))
    return bar(measure.label, "ours", measure, figure, top, wanted)


def _by_group(bars: dict[str, Bar]) -> dict[str, dict[str, Bar]]:
    found: dict[str, dict[str, Bar]] = {}
    for name, one in bars.items():
        found.setdefault(_names()["groups"][measures()[name].group], {})[name] = one
    return found


def _comparisons(report: Report) -> list[Comparison]:
    """The measures that peers have too, ours first."""
    names = _names()["systems"]
    found = []
    for name, measure in measures().items():
        others = {peer: figures[name] for peer, figures in report.peers.items() if name in figures}
        if not others or name not in report.figures:
            continue
        systems = {OURS: report.figures[name], **others}
        top = scale(measure, systems.values())
        bars = tuple(bar(names.get(s, s), "ours" if s == OURS else "peer", measure, f, top) for s, f in systems.items())
        found.append(Comparison(measure.label, measure.meaning, bars))
    return found


def _folders(report: Report) -> Grid:
    names = _names()["folders"]
    rows = tuple(
        (measures()[name].label, tuple(_cell(name, figures.get(name)) for figures in report.folders.values()))
        for name in report.figures
    )
    return Grid("ケース集ごとの値", "尺度", tuple(names.get(f, f) for f in report.folders), rows)


def _grids(report: Report) -> list[Grid]:
    """Per file and field: the shares that have a goal, by the field's values."""
    names, wanted = _names(), goals()
    found = []
    for file in dict.fromkeys(g.file for g in report.ours):
        cases = [g for g in report.ours if g.file == file]
        for field in (*GROUPS, "expected"):
            groups = breakdown(cases, field)
            if len(groups) < 2:
                continue
            shown = [
                m
                for m in measures().values()
                if m.group == file and m.unit in ("share", "number") and wanted.of(m.name) is not None
            ]
            columns = [m for m in shown if any(m.name in figures for figures in groups.values())]
            rows = tuple(
                (names[field].get(g, g), tuple(_cell(m.name, figures.get(m.name)) for m in columns))
                for g, figures in groups.items()
            )
            caption = f"{names['groups'][file]}：{names['fields'][field]}ごと"
            found.append(Grid(caption, names["fields"][field], tuple(m.label for m in columns), rows))
    return found


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    measure = measures()[name]
    shown = measure.show(figure.value)
    return f"{shown}（{round(figure.value * figure.n)}／{figure.n}）" if measure.unit == "share" else shown


def _misses(report: Report) -> dict[str, list[Graded]]:
    """Measure's label → its misses."""
    found: dict[str, list[Graded]] = {}
    for miss in report.misses:
        for name in miss.missed:
            found.setdefault(measures()[name].label, []).append(miss)
    return found


def _names() -> dict[str, Any]:
    return tomllib.loads(_file("report.toml"))


def _file(name: str) -> str:
    return resources.files("eval").joinpath(name).read_text("utf-8")
