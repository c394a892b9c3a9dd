"""What stands on a page only because it is a page: running heads and feet, and the printed page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.readers.pdf.boxes import rows
from assistant.readers.pdf.segments import Segment, Sheet

_MARGIN = 0.13  # share of the height, above and below
_OUTER_ROWS = 3
_SAME_HEIGHT = 4.0  # points
_FEWEST_NUMBERS = 3  # pages on end that count along; of a shorter file, all
_SHARE = 0.3  # of the pages that a running head stands on, at least
_NUMBER = re.compile(
    r"^[-‐−–—―ー〈〔\[（(\s]*(?P<lead>(?:P\.?|p\.?|資|別|付|[A-Z])\s*[-‐−–.]?\s*)?(?P<number>\d{1,4})"
    r"(?:\s*[/／]\s*\d{1,4}|\s*ページ|\s*頁)?[-‐−–—―ー〉〕\]）)\s]*$"
)
_FRAMED = re.compile(r"^\s*(?:[-‐−–—―ー]\s*\d{1,4}\s*[-‐−–—―ー]|\d{1,4}\s*[/／]\s*\d{1,4})\s*$")


@dataclass(frozen=True)
class Furniture:
    """Which segments (by identity) are no text, and the printed number of each page ("" if it has none)."""

    drop: frozenset[int]
    printed: tuple[str, ...]


def find_furniture(pages: Sequence[Sequence[Sheet]]) -> Furniture:
    """Look for repetition over `pages`, each a list of sheets."""
    outer = [_outer_rows(sheets) for sheets in pages]
    drop: set[int] = set()
    numbers = _numbers(outer)
    printed = []
    for index in range(len(pages)):
        found = numbers.get(index)
        printed.append(found[0] if found else "")
        if found:
            drop.add(found[1])
    drop |= _repeated(outer, drop)
    return Furniture(frozenset(drop), tuple(printed))


def _outer_rows(sheets: Sequence[Sheet]) -> list[list[Segment]]:
    """Rows in the margins of a page, outermost first."""
    found = []
    for sheet in sheets:
        if sheet.vertical:
            continue
        made = rows(sheet.segments)
        top = [row for row in made[:_OUTER_ROWS] if row[0].middle < _MARGIN * sheet.height]
        bottom = [row for row in made[-1 : -_OUTER_ROWS - 1 : -1] if row[0].middle > (1 - _MARGIN) * sheet.height]
        found += top + bottom
    return found


def _numbers(outer: Sequence[list[list[Segment]]]) -> dict[int, tuple[str, int]]:
    """Page index → printed number and its segment. Numbers are those that count along with the pages."""
    found: dict[tuple[str, int], list[_Number]] = defaultdict(list)
    for index, page in enumerate(outer):
        for row in page:
            for segment in row:
                match = _NUMBER.match(segment.text)
                if match and (len(outer) > 1 or _FRAMED.match(segment.text)):  # a single page's number must be framed
                    lead = "".join((match["lead"] or "").split())
                    found[lead, int(match["number"]) - index].append(_Number(index, segment, len(row) == 1))
    chosen: dict[int, tuple[str, int]] = {}
    for (lead, offset), places in sorted(found.items(), key=lambda item: -len(item[1])):
        if _longest_run({place.page for place in places}) < min(_FEWEST_NUMBERS, len(outer)):
            continue
        usual = Counter(_height(place.segment) for place in places).most_common(1)[0][0]
        for number, segment, alone in sorted(places, key=lambda place: abs(_height(place.segment) - usual)):
            if alone or abs(_height(segment) - usual) <= 1:  # not the first cell of a table's row
                chosen.setdefault(number, (f"{_lead(lead)}{number + offset}", id(segment)))
    return chosen


class _Number(NamedTuple):
    page: int
    segment: Segment
    alone: bool  # nothing stands beside it


def _height(segment: Segment) -> int:
    return round(segment.middle / _SAME_HEIGHT)


def _longest_run(pages: set[int]) -> int:
    """How many pages on end are the most in `pages`."""
    longest = run = 0
    for page in range(max(pages) + 1):
        run = run + 1 if page in pages else 0
        longest = max(longest, run)
    return longest


def _lead(lead: str) -> str:
    """P.12 is page 12; 資-12 is called so."""
    return "" if lead.lower().startswith("p") else lead


def _repeated(outer: Sequence[list[list[Segment]]], numbers: set[int]) -> set[int]:
    """Segments that stand at one height with one text on many pages. What stands on few of them may be the heading of a
    chapter, too: its first place is kept."""
    places = Counter(key for page in outer for key in {_key(s) for row in page for s in row})
    many, fewest = max(2.0, _SHARE * len(outer)), min(_FEWEST_NUMBERS, len(outer))
    drop, met = set(), set()
    for page in outer:
        for segment in (s for row in page for s in row if id(s) not in numbers):
            key = _key(segment)
            often = sum(places[near] for near in _near(key))
            if often >= max(2, fewest) and (often >= many or key[0] in met):
                drop.add(id(segment))
            met.add(key[0])
    return drop


def _key(segment: Segment) -> tuple[str, int]:
    return "".join(segment.text.split()), _height(segment)


def _near(key: tuple[str, int]) -> list[tuple[str, int]]:
    return [(key[0], key[1] + step) for step in (-1, 0, 1)]
