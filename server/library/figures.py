"""The charts of the overview: each with its name, title, description, figures and what proves them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from server.charts.bars import BarChart, Datum, bar_chart
from server.charts.columns import ColumnChart, column_chart
from server.charts.tiles import TileMap, tile_map
from server.library.overview import Count, Course, Overview
from server.words import word

_NAMES = 48.0  # percent of the width for the names of organizations in front of their bars


@dataclass(frozen=True)
class Figure:
    """A chart with everything that must be told beside it. `template` names the file of web/charts."""

    name: str
    title: str
    description: str
    template: str
    chart: BarChart | ColumnChart | TileMap
    data: tuple[Datum, ...]
    course: Course | None = None


def charts_of(overview: Overview, language: str = "ja") -> dict[str, Figure]:
    """All charts by name, in the order of the page: fields, wards, bureaus, then one a course of years."""
    t = partial(word, language=language)
    figures = [
        _bars("fields", overview.fields, 0.0, language),
        _bars("wards", tuple(sorted(overview.wards, key=lambda c: -c.count)), _NAMES, language),
        _bars("bureaus", overview.bureaus, _NAMES, language),
        *(_columns(number, course, language) for number, course in enumerate(overview.courses, 1)),
    ]
    if overview.wards:
        data = tuple(_datum(c, language) for c in overview.wards)
        counts = {c.name: c.count for c in overview.wards}
        chart = tile_map(counts, max(counts.values()))
        title = t("sources.chart_map")
        figures.append(Figure("map", title, _described(data, language), "tiles", chart, data))
    return {figure.name: figure for figure in figures}


def _datum(count: Count, language: str) -> Datum:
    return Datum(count.name, count.count, word("sources.n_projects", language, n=count.count))


def _bars(name: str, counts: tuple[Count, ...], start: float, language: str) -> Figure:
    data = tuple(_datum(count, language) for count in counts)
    chart = bar_chart(data, start)
    return Figure(name, word(f"sources.chart_{name}", language), _described(data, language), "bars", chart, data)


def _columns(number: int, course: Course, language: str) -> Figure:
    told = zip(course.years, course.figures, course.cells, strict=True)
    unit = course.unit
    data = tuple(Datum(y, f, cell if unit and cell.endswith(unit) else f"{cell}{unit}") for y, f, cell in told)
    described = word("sources.chart_course_described", language, first=data[0].told, last=data[-1].told)
    title = f"{course.table}：{course.name}"
    return Figure(f"course-{number}", title, described, "columns", column_chart(data), data, course)


def _described(data: tuple[Datum, ...], language: str) -> str:
    most = max(data, key=lambda datum: datum.value, default=None)
    if most is None:
        return ""
    return word("sources.chart_described", language, n=len(data), name=most.name, told=most.told)
