"""What a page is made of, whoever read it: characters with their places, and ruled lines.

All coordinates are points from the page's upper left corner as it is shown (rotation applied), y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """One character (or a few that one sign stands for) in the box it takes."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    angle: int = 0  # 0, 90, 180, 270 degrees clockwise: the way the line runs on the page


class Rule(NamedTuple):
    """A straight line, horizontal or vertical, as tables have them."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True)
class PageGlyphs:
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    images: bool = False  # has pictures, which may hold text
    method: str = "pypdf"
    confidence: float = field(default=1.0)  # 0–1; below 1 only where the characters were recognised in a picture

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def times(a: Matrix, b: Matrix) -> Matrix:
    """`a` carried out first, then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def bounds(box: tuple[float, ...], m: Matrix) -> tuple[float, float, float, float]:
    """The upright box around `box` after `m`."""
    xs = [x * m[0] + y * m[2] + m[4] for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [x * m[1] + y * m[3] + m[5] for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def as_shown(box: tuple[float, float, float, float], turn: int) -> tuple[Matrix, float, float]:
    """From a PDF's coordinates to ours, for a page with this visible box, turned clockwise; width and height as shown."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if turn == 90:
        return (0, 1, 1, 0, -y0, -x0), height, width
    if turn == 180:
        return (-1, 0, 0, 1, x1, -y0), width, height
    if turn == 270:
        return (0, -1, -1, 0, y1, x1), height, width
    return (1, 0, 0, -1, -x0, y1), width, height


def turned(page: PageGlyphs, angle: int) -> PageGlyphs:
    """The page with the characters that run at `angle` upright, and those alone."""
    glyphs = tuple(
        Glyph(g.text, *_turn((g.x0, g.y0, g.x1, g.y1), angle, page), g.size) for g in page.glyphs if g.angle == angle
    )
    rules = tuple(Rule(*_turn(tuple(rule), angle, page)) for rule in page.rules)
    width, height = (page.width, page.height) if angle in (0, 180) else (page.height, page.width)
    return PageGlyphs(width, height, glyphs, rules, page.images, page.method, page.confidence)


def _turn(box: tuple[float, ...], angle: int, page: PageGlyphs) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    if angle == 90:  # the line runs downwards
        return y0, page.width - x1, y1, page.width - x0
    if angle == 180:
        return page.width - x1, page.height - y1, page.width - x0, page.height - y0
    if angle == 270:
        return page.height - y1, x0, page.height - y0, x1
    return x0, y0, x1, y1
