"""What has a place on a page, and the rows that things beside each other make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a box and a size of letters, in points."""

    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...
    @property
    def size(self) -> float: ...


P = TypeVar("P", bound=Placed)


def rows(items: Sequence[P]) -> list[list[P]]:
    """`items` in rows from above, each from left to right: a row is what shares half of its height."""
    made: list[list[P]] = []
    tallest: P | None = None  # of the last row
    for item in sorted(items, key=lambda i: (i.y0 + i.y1) / 2):
        if tallest is not None and _beside(tallest, item):
            made[-1].append(item)
            tallest = max(tallest, item, key=lambda i: i.y1 - i.y0)
        else:
            made.append([item])
            tallest = item
    return [sorted(row, key=lambda i: i.x0) for row in made]


def _beside(one: P, two: P) -> bool:
    common = min(one.y1, two.y1) - max(one.y0, two.y0)
    return common >= 0.5 * min(one.y1 - one.y0, two.y1 - two.y0)
