"""Characters → segments: stretches of one line without a wide gap. Vertical text is turned so that one rule fits both.

On a page of vertical text x runs down the column and y from the right column to the left.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from assistant.readers.pdf.glyphs import Glyph, PageGlyphs, Rule, turned

_SAME_LINE = 0.5  # share of the lower one's height that two characters have in common
_BREAK = 0.75  # em: a wider gap ends a segment
_SEEN_BREAK = 1.6  # em, where boxes are drawn tightly around what was recognised
_BLANK = 0.2  # em: a wider gap beside a Latin letter is a blank
_BACK = 0.6  # em: so far back a character may stand (kerning); further back another line begins
_MARGIN = 0.07  # of the height, above and below
_WIDE = ("W", "F")


class Segment(NamedTuple):
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


class Sheet(NamedTuple):
    """A page whose lines run from left to right: segments, rules, its width and height in that direction."""

    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    width: float
    height: float
    vertical: bool


def wide(char: str) -> bool:
    """Is it a character of Japanese writing? Signs that other scripts have, too (“ • →), are not."""
    return unicodedata.east_asian_width(char) in _WIDE


def sheets(page: PageGlyphs) -> list[Sheet]:
    """The page as it is read; text that runs another way (a mark in the margin) follows as a sheet of its own."""
    if _is_vertical(page.glyphs):  # Latin words in it lie on their side
        edge = _MARGIN * page.height  # running heads and page numbers of vertical pages are horizontal
        body = tuple(g._replace(angle=0) for g in page.glyphs if edge < g.y1 and g.y0 < page.height - edge)
        margin = tuple(g for g in page.glyphs if g.y1 <= edge or g.y0 >= page.height - edge)
        return [
            _sheet(replace(page, glyphs=body), vertical=True),
            _sheet(replace(page, glyphs=margin, rules=()), vertical=False),
        ]
    angles = Counter(glyph.angle for glyph in page.glyphs if glyph.text.strip())
    return [_sheet(turned(page, angle), vertical=False) for angle, _ in angles.most_common()]


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Do characters follow each other downwards more often than to the right?"""
    down = right = 0
    for one, two in pairwise(glyphs):
        if one.angle or two.angle or not (wide(one.text[:1] or " ") and wide(two.text[:1] or " ")):
            continue
        across, along = abs(two.x0 - one.x0) / max(one.size, 1), (two.y0 - one.y0) / max(one.size, 1)
        down += across < 0.3 and 0.6 < along < 2
        right += abs(along) < 0.3 and two.x0 > one.x0
    return down > right


def _sheet(page: PageGlyphs, *, vertical: bool) -> Sheet:
    if not vertical:
        return Sheet(
            tuple(_segments(page.glyphs, page.rules, _reach(page))), page.rules, page.width, page.height, False
        )
    glyphs = [Glyph(g.text, g.y0, page.width - g.x1, g.y1, page.width - g.x0, g.size) for g in page.glyphs]
    rules = tuple(Rule(r.y0, page.width - r.x1, r.y1, page.width - r.x0) for r in page.rules)
    return Sheet(tuple(_segments(_beside(glyphs), rules, _reach(page))), rules, page.height, page.width, True)


def _beside(glyphs: list[Glyph]) -> list[Glyph]:
    """Figures set side by side within a vertical line (12 in one square), put one behind the other."""
    made: list[Glyph] = []
    for glyph in glyphs:
        last = made[-1] if made else None
        if last and abs(last.x0 - glyph.x0) < 0.2 * glyph.size and 0 < last.y0 - glyph.y0 < 0.8 * glyph.size:
            made[-1] = last._replace(text=last.text + glyph.text, y0=min(last.y0, glyph.y0))
        else:
            made.append(glyph)
    return made


def _reach(page: PageGlyphs) -> float:
    return _SEEN_BREAK if page.method == "ocr" else _BREAK


def _segments(glyphs: Iterable[Glyph], rules: Iterable[Rule], reach: float) -> Iterator[Segment]:
    walls = sorted((r for r in rules if not r.horizontal), key=lambda r: r.x0)
    places = [wall.x0 for wall in walls]
    run: list[Glyph] = []
    for glyph in _once(glyphs):
        if run and not (_follows(run[-1], glyph, reach) and not _walled(run[-1], glyph, walls, places)):
            yield from _segment(run)
            run = []
        run.append(glyph)
    yield from _segment(run)


def _walled(one: Glyph, two: Glyph, walls: list[Rule], places: list[float]) -> bool:
    """Does the line of a table stand between the two?"""
    middle = (two.y0 + two.y1) / 2
    first, last = bisect_left(places, (one.x0 + one.x1) / 2), bisect_right(places, (two.x0 + two.x1) / 2)
    return any(wall.y0 <= middle <= wall.y1 for wall in walls[first:last])


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Bold letters that are made by drawing them twice count once."""
    recent: list[Glyph] = []
    for glyph in glyphs:
        twice = any(
            g.text == glyph.text and abs(g.x0 - glyph.x0) + abs(g.y0 - glyph.y0) < 0.15 * glyph.size for g in recent
        )
        if not twice or not glyph.text.strip():
            yield glyph
        recent = [*recent[-3:], glyph]


def _follows(one: Glyph, two: Glyph, reach: float) -> bool:
    common = min(one.y1, two.y1) - max(one.y0, two.y0)
    lower = min(one.y1 - one.y0, two.y1 - two.y0)
    size = max(one.size, two.size)
    return common >= _SAME_LINE * lower and -_BACK * size <= two.x0 - one.x1 <= reach * size


def _segment(run: list[Glyph]) -> Iterator[Segment]:
    while run and not run[0].text.strip():
        run = run[1:]
    while run and not run[-1].text.strip():
        run = run[:-1]
    if not run:
        return
    parts = [run[0].text]
    for one, two in pairwise(run):
        if two.x0 - one.x1 > _BLANK * two.size and _parted(parts[-1][-1:], two.text[:1]):
            parts.append(" ")
        parts.append(two.text)
    size = Counter(round(g.size, 1) for g in run).most_common(1)[0][0]
    y0, y1 = min(g.y0 for g in run), max(g.y1 for g in run)
    yield Segment("".join(parts), run[0].x0, y0, max(g.x1 for g in run), y1, size)


def _parted(left: str, right: str) -> bool:
    """Does a gap between these mean a blank? Between Japanese characters it is only spacing."""
    return bool(left.strip() and right.strip()) and not (wide(left) or wide(right))
