"""The lines of a page in reading order, tables among them, and where the lines of each stretch end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from assistant.readers.pdf.aligned import aligned
from assistant.readers.pdf.boxes import rows
from assistant.readers.pdf.columns import regions
from assistant.readers.pdf.segments import Segment
from assistant.readers.pdf.tables import Table

_NEAR_EDGE = 1.2  # em: lines of a paragraph end so near to the edge, for what is not parted goes to the next line
_SUPPORT = 0.02  # share of the lines that end at the edge; a single longer one is an exception
_LEAST_REACH = 0.55  # share of the page's width
_USUAL_PITCH = 1.7  # times the size of letters, where a document has too few lines to tell


class Line(NamedTuple):
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    page: int
    part: int  # number of the stretch, over all pages
    right: float = 0.0  # where the lines of that stretch end


class Part(NamedTuple):
    """A stretch of a page with one column: lines and tables from above. `width` tells what kind of page it is on."""

    items: tuple[Segment | Table, ...]
    column: bool
    width: float


def parts_of(segments: Sequence[Segment], tables: Sequence[Table], width: float) -> list[Part]:
    everything: list[Segment | Table] = [*segments, *tables]
    found = regions(everything)
    return [Part(tuple(items), len(found) > 1, width) for items in found]


def document_lines(pages: Sequence[Sequence[Part]]) -> list[tuple[int, Line | Table]]:
    """Everything in reading order, with the index of its page."""
    made: list[tuple[int, Line | Table]] = []
    number = 0
    columns: dict[int, bool] = {}
    widths: dict[int, float] = {}
    for index, page in enumerate(pages):
        for part in page:
            number += 1
            columns[number], widths[number] = part.column, round(part.width)
            made += [(index, item) for item in _part_lines(part, index, number)]
    groups: dict[int | tuple[str, float], list[Line]] = defaultdict(list)
    for _, item in made:
        if isinstance(item, Line):
            groups[item.part if columns[item.part] else ("page", widths[item.part])].append(item)
    edges = {key: _edge(lines) for key, lines in groups.items()}
    for key, edge in edges.items():
        if isinstance(key, tuple):  # the text of a page reaches beyond its middle
            edges[key] = max(edge, _LEAST_REACH * key[1])

    def edge_of(line: Line) -> float:
        return edges[line.part if columns[line.part] else ("page", widths[line.part])]

    return [(i, item._replace(right=edge_of(item)) if isinstance(item, Line) else item) for i, item in made]


def _part_lines(part: Part, page: int, number: int) -> Iterator[Line | Table]:
    """Tables part the lines above them from those below."""
    waiting: list[Segment] = []
    for item in sorted(part.items, key=lambda i: i.y0):
        if isinstance(item, Table):
            above = [s for s in waiting if s.middle < item.y1]
            yield from _lines(above, page, number)
            waiting = [s for s in waiting if s not in above]
            yield item
        else:
            waiting.append(item)
    yield from _lines(waiting, page, number)


def _lines(segments: list[Segment], page: int, number: int) -> Iterator[Line | Table]:
    for row in aligned(rows(segments)):
        if isinstance(row, Table):
            yield row
            continue
        text = " ".join(s.text for s in row)
        y0, y1 = min(s.y0 for s in row), max(s.y1 for s in row)
        longest = max(row, key=lambda s: len(s.text))
        yield Line(text, row[0].x0, y0, max(s.x1 for s in row), y1, longest.size, page, number)


def _edge(lines: Sequence[Line]) -> float:
    """Where full lines end: the outermost place that a number of lines reach."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    reach = _NEAR_EDGE * median(line.size for line in lines)
    fewest = max(2, _SUPPORT * len(ends))
    return next((end for end in ends if sum(end - reach <= e <= end for e in ends) >= fewest), ends[0])


def usual_pitch(lines: Sequence[tuple[int, Line | Table]]) -> float:
    """The distance of lines in a paragraph, from one's top to the next one's, in times the size of letters."""
    steps = [
        (two.y0 - one.y0) / one.size
        for (_, one), (_, two) in pairwise(lines)
        if isinstance(one, Line) and isinstance(two, Line) and one.part == two.part and one.size == two.size
    ]
    close = sorted(step for step in steps if 1.0 <= step <= 2.6)
    return close[len(close) // 3] if close else _USUAL_PITCH
