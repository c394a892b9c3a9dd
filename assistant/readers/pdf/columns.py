"""The order in which the parts of a page are read: columns side by side one after the other, the rest downwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import TypeVar

from assistant.readers.pdf.boxes import Placed, rows

P = TypeVar("P", bound=Placed)

_MOST = 3_000  # things on a page; a page with more is no prose
_STARTS = 12  # places where most lines begin that are tried as the left edge of a column
_FEWEST = 3  # lines a column has at least
_FULL = 0.6  # share of its column that the middle line of prose fills
_EVEN = 0.4  # the shorter column has at least so many lines for each of the longer one
_APART = 1.2  # em of white between a column and what does not belong to it
_HEADING_ROWS = 2
_LARGER = 1.12  # times the size of most letters
_GUTTER = 0.9  # em between two columns
_LETTERS = 8.0  # em of text in the middle line of a column: less is a table's cell, not prose


def regions(items: Sequence[P]) -> list[list[P]]:
    """`items` cut into stretches with one column each, in reading order."""
    if not items:
        return []
    found = _columns(items) if 2 * _FEWEST <= len(items) <= _MOST else None
    if found is None:
        return [sorted(items, key=lambda i: (i.y0, i.x0))]
    top, bottom, gutter = found
    above = [i for i in items if i.y1 <= top or (i.y0 + i.y1) / 2 < top]
    below = [i for i in items if i not in above and (i.y0 + i.y1) / 2 > bottom]
    inside = [i for i in items if i not in above and i not in below]
    before = _heading(inside, gutter, top=True)
    after = _heading(inside, gutter, top=False) if below else []
    inside = [i for i in inside if i not in before and i not in after]
    left = [i for i in inside if i.x0 < gutter]
    right = [i for i in inside if i.x0 >= gutter]
    return [*regions([*above, *before]), *regions(left), *regions(right), *regions([*after, *below])]


def _heading(items: list[P], gutter: float, *, top: bool) -> list[P]:
    """What stands above both columns, or opens what comes below them, but is too short to reach across the gutter."""
    sides = rows([i for i in items if i.x0 < gutter]), rows([i for i in items if i.x0 >= gutter])
    size = median(i.size for i in items)
    found: list[P] = []
    for one, other in (sides, sides[::-1]):
        for count in range(1, min(_HEADING_ROWS, len(one) - 1) + 1):
            alone, rest = (one[:count], one[count:]) if top else (one[-count:], one[:-count])
            upper, lower = (alone, rest) if top else (rest, alone)
            beside = [i for row in other for i in row if i not in found]
            if not beside:
                break
            past = _end(alone) <= _begin([beside]) if top else _begin(alone) >= _end([beside])
            larger = min(i.size for row in alone for i in row) > _LARGER * size
            if past and (larger or _begin(lower) - _end(upper) > _APART * size):
                found += [i for row in alone for i in row if i not in found]
    return found


def _begin(lines: Sequence[Sequence[P]]) -> float:
    return min(i.y0 for row in lines for i in row)


def _end(lines: Sequence[Sequence[P]]) -> float:
    return max(i.y1 for row in lines for i in row)


def _columns(items: Sequence[P]) -> tuple[float, float, float] | None:
    """Top, bottom and gutter of the tallest stretch with two columns of prose side by side."""
    best: tuple[float, float, float] | None = None
    begins = Counter(round(i.x0) for i in items)
    often = [
        start
        for start, count in begins.most_common(_STARTS)
        if sum(begins[start + d] for d in (-2, -1, 0, 1, 2)) >= _FEWEST
    ]
    for start in sorted(often):
        gutter = start - 1.0
        for top, bottom in _free(items, gutter):
            if best and bottom - top <= best[1] - best[0]:
                continue
            inside = [i for i in items if top <= (i.y0 + i.y1) / 2 <= bottom]
            if _prose_beside(inside, gutter):
                best = (top, bottom, gutter)
    return best


def _free(items: Sequence[P], gutter: float) -> list[tuple[float, float]]:
    """Heights between which nothing crosses `gutter`."""
    crossing = sorted((i.y0, i.y1) for i in items if i.x0 < gutter < i.x1)
    edges = [min(i.y0 for i in items), *(y for pair in crossing for y in pair), max(i.y1 for i in items)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def _prose_beside(items: Sequence[P], gutter: float) -> bool:
    left = rows([i for i in items if i.x0 < gutter])
    right = rows([i for i in items if i.x0 >= gutter])
    if min(len(left), len(right)) < max(_FEWEST, _EVEN * max(len(left), len(right))):
        return False
    size = median(i.size for i in items)
    ends, begins = max(r[-1].x1 for r in left), min(r[0].x0 for r in right)
    return begins - ends >= _GUTTER * size and all(_prose(side, size) for side in (left, right))


def _prose(lines: list[list[P]], size: float) -> bool:
    begins, ends = min(r[0].x0 for r in lines), max(r[-1].x1 for r in lines)
    length = median(r[-1].x1 - r[0].x0 for r in lines)
    return length >= _FULL * (ends - begins) and length >= _LETTERS * size
