"""Tables without lines: rows that follow each other with the same gaps at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.readers.pdf.segments import Segment
from assistant.readers.pdf.tables import Table

_GAP = 1.3  # em between two cells
_COMMON = 0.4  # em that the gaps of all rows have in common
_USUAL = 10.0  # points a letter
_FEWEST = 3  # rows; two of them may have come to stand so by chance
_MARK = re.compile(
    r"^(?:[（(]?[0-9０-９ア-ンa-z一-十]{1,3}[)）.．]?|[①-⑳㉑-㉟]|[・•●○◎◆◇■□▪※-]|第[0-9０-９一-十]+[条項号章節])$"
)

Gap = tuple[float, float]


def aligned(rows: Sequence[list[Segment]]) -> Iterator[list[Segment] | Table]:
    """`rows` in their order, those that make a table as one."""
    run: list[list[Segment]] = []
    common: list[Gap] = []
    for row in rows:
        gaps = _gaps(row)
        shared = _shared(common, gaps) if run and len(gaps) == len(common) else []
        if shared and row[0].y0 - run[-1][0].y1 < 2.5 * row[0].size:
            run, common = [*run, row], shared
            continue
        yield from _finished(run)
        run, common = ([row], gaps) if gaps else ([], [])
        if not gaps:
            yield row
    yield from _finished(run)


def _gaps(row: list[Segment]) -> list[Gap]:
    """The gaps of a row if each is wide enough to part cells; none for other rows."""
    gaps = [(one.x1, two.x0) for one, two in pairwise(row)]
    return gaps if all(b - a >= _GAP * row[0].size for a, b in gaps) else []


def _shared(common: list[Gap], gaps: list[Gap]) -> list[Gap]:
    shared = [(max(a, c), min(b, d)) for (a, b), (c, d) in zip(common, gaps, strict=True)]
    return shared if all(b - a >= _COMMON * _USUAL for a, b in shared) else []


def _finished(run: list[list[Segment]]) -> Iterator[list[Segment] | Table]:
    if len(run) < _FEWEST or all(_MARK.match(row[0].text) for row in run):
        yield from run
        return
    cells = tuple(tuple(segment.text for segment in row) for row in run)
    box = [s for row in run for s in row]
    yield Table(
        cells,
        min(s.x0 for s in box),
        min(s.y0 for s in box),
        max(s.x1 for s in box),
        max(s.y1 for s in box),
        box[0].size,
    )
