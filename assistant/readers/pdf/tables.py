"""Ruled tables: the cells that the lines of a page enclose, with the text in each. A merged cell is its first one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.readers.pdf.boxes import rows
from assistant.readers.pdf.glyphs import Rule
from assistant.readers.pdf.joins import goes_on, joined
from assistant.readers.pdf.segments import Segment, Sheet

_NEAR = 3.5  # points: two lines nearer than this are one (double borders, cells with a border each)
_DRAWN = 0.6  # share of an edge that must be drawn to part two cells
_MOST_RULES = 1_500  # more on a page is a picture
_MOST_ATOMS = 4_000
_LONG_CELL = 4.0  # rows of text a cell; a single row of longer cells is a page set in columns, not a table

Atom = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """Rows of cells; every row has as many as the table has columns."""

    cells: tuple[tuple[str, ...], ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    open_top: bool = False  # no line above: its first row began on the page before
    open_bottom: bool = False


def take_tables(sheet: Sheet) -> tuple[list[Table], list[Segment]]:
    """The tables of a sheet, and the segments outside of them."""
    left = list(sheet.segments)
    tables = []
    for grid in sorted(_grids(sheet.rules), key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0])):
        inside = [s for s in left if grid.holds(s)]
        table = _table(grid, inside) if inside else None
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            left = [s for s in left if id(s) not in taken]
    return tables, left


@dataclass(frozen=True)
class _Grid:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, segment: Segment) -> bool:
        middle = (segment.x0 + segment.x1) / 2
        return self.xs[0] <= middle <= self.xs[-1] and self.ys[0] <= segment.middle <= self.ys[-1]

    def drawn(self, edge: Rule) -> bool:
        """Is `edge` drawn for the most part?"""
        across = 1 if edge.horizontal else 0
        along = 1 - across
        length = edge[along + 2] - edge[along]
        covered = sum(
            max(0.0, min(edge[along + 2], r[along + 2]) - max(edge[along], r[along]))
            for r in self.rules
            if r.horizontal == edge.horizontal and abs(r[across] - edge[across]) <= _NEAR
        )
        return covered >= _DRAWN * length


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    lines = _merged(r for r in rules if r.horizontal) + _merged(r for r in rules if not r.horizontal)
    if len(lines) > _MOST_RULES:
        return []
    grids = []
    for group in _connected(lines):
        xs = _clusters(
            [r.x0 for r in group if not r.horizontal] + [x for r in group if r.horizontal for x in (r.x0, r.x1)]
        )
        ys = _clusters(
            [r.y0 for r in group if r.horizontal] + [y for r in group if not r.horizontal for y in (r.y0, r.y1)]
        )
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) * len(ys) <= _MOST_ATOMS:
            grids.append(_Grid(xs, ys, tuple(group)))
    return grids


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie on each other or go on in each other as one."""
    made: list[Rule] = []
    for beside in _beside(rules):
        across = 1 if beside[0].horizontal else 0
        along = 1 - across
        last: Rule | None = None
        for rule in sorted(beside, key=lambda r: r[along]):
            if last and rule[along] <= last[along + 2] + _NEAR:
                box = (min(last.x0, rule.x0), min(last.y0, rule.y0), max(last.x1, rule.x1), max(last.y1, rule.y1))
                last = made[-1] = Rule(*box)
            else:
                made.append(rule)
                last = rule
    return made


def _beside(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Groups of parallel lines that lie within a point of each other."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.y0 if r.horizontal else r.x0):
        across = 1 if rule.horizontal else 0
        if groups and rule[across] - groups[-1][0][across] <= 1:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _connected(lines: list[Rule]) -> list[list[Rule]]:
    """Groups of lines that touch."""
    waiting, groups = list(lines), []
    while waiting:
        group = edge = [waiting.pop()]
        while edge:
            touched = [r for r in waiting if any(_touch(r, e) for e in edge)]
            waiting = [r for r in waiting if r not in touched]
            group, edge = group + touched, touched
        groups.append(group)
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return a.x0 <= b.x1 + _NEAR and b.x0 <= a.x1 + _NEAR and a.y0 <= b.y1 + _NEAR and b.y0 <= a.y1 + _NEAR


def _clusters(values: list[float]) -> tuple[float, ...]:
    made: list[list[float]] = []
    for value in sorted(values):
        if made and value - made[-1][-1] <= _NEAR:
            made[-1].append(value)
        else:
            made.append([value])
    return tuple(sum(cluster) / len(cluster) for cluster in made)


def _table(grid: _Grid, segments: list[Segment]) -> Table | None:
    home = _merge_atoms(grid)
    inside: dict[Atom, list[Segment]] = {}
    for segment in segments:
        column = min(bisect_right(grid.xs, (segment.x0 + segment.x1) / 2), len(grid.xs) - 1) - 1
        row = min(bisect_right(grid.ys, segment.middle), len(grid.ys) - 1) - 1
        inside.setdefault(home[row, column], []).append(segment)
    if len({column for _, column in inside}) < 2:
        return None  # a frame around text
    if len({row for row, _ in inside}) == 1 and sum(len(rows(c)) for c in inside.values()) > _LONG_CELL * len(inside):
        return None
    last = {root: column for (_, column), root in sorted(home.items())}
    width = {atom: grid.xs[last[atom] + 1] - grid.xs[atom[1]] for atom in inside}
    cells = {atom: cell_text(found, width[atom]) for atom, found in inside.items()}
    used_rows = sorted({row for row, _ in inside})
    used_columns = sorted({column for _, column in home.values()})
    grown = tuple(tuple(cells.get((row, column), "") for column in used_columns) for row in used_rows)
    size = sorted(s.size for s in segments)[len(segments) // 2]
    x0, y0, x1, y1 = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    opened = [not grid.drawn(Rule(x0, y, x1, y)) for y in (y0, y1)]
    return Table(grown, x0, y0, x1, y1, size, *opened)


def _merge_atoms(grid: _Grid) -> dict[Atom, Atom]:
    """Each atom of the grid → the first atom of the cell it belongs to: no line is drawn between them."""
    home = {(r, c): (r, c) for r in range(len(grid.ys) - 1) for c in range(len(grid.xs) - 1)}

    def root(atom: Atom) -> Atom:
        while home[atom] != atom:
            atom = home[atom]
        return atom

    for r, (top, bottom) in enumerate(pairwise(grid.ys)):
        for c, (left, right) in enumerate(pairwise(grid.xs)):
            if c + 1 < len(grid.xs) - 1 and not grid.drawn(Rule(right, top, right, bottom)):
                _unite(home, root((r, c)), root((r, c + 1)))
            if r + 1 < len(grid.ys) - 1 and not grid.drawn(Rule(left, bottom, right, bottom)):
                _unite(home, root((r, c)), root((r + 1, c)))
    return {atom: root(atom) for atom in home}


def _unite(home: dict[Atom, Atom], one: Atom, two: Atom) -> None:
    first, second = sorted((one, two))
    home[second] = first


def cell_text(segments: list[Segment], width: float) -> str:
    """The lines of a cell as one: a wrapped line goes on without a blank, a line broken on purpose with one."""
    lines = [(" ".join(s.text for s in row), row[-1].x1 - row[0].x0, row[0].size) for row in rows(segments)]
    padding = max(1.0, min(8.0, (width - max(w for _, w, _ in lines)) / 2))
    text = lines[0][0]
    for (_, length, size), (following, _, _) in pairwise(lines):
        full = goes_on(length, following, width - 2 * padding, size)
        text = joined(text, following) if full else f"{text} {following}"
    return text
