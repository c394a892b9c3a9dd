"""People correct themselves: 「年8回、あ、間違えました、年6回です」. The withdrawn words are taken out before anything is read."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.clauses.amounts import amounts, plain
from assistant.clauses.dates import dates

_REACH = 40  # characters between the words of a correction and the values it is about
Span = tuple[int, int]


@dataclass(frozen=True)
class Corrected:
    """`text` without what was withdrawn; `places[i]` is where its character i stood in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, position: int) -> int:
        """The offset in the original of an offset in the corrected text (its end included)."""
        if position < len(self.places):
            return self.places[position]
        return self.places[-1] + 1 if self.places else 0


def corrected(text: str) -> Corrected:
    """`text` with every withdrawn value, and the words that withdraw it, left out."""
    gone: set[int] = set()
    for start, end in withdrawn(text):
        gone.update(range(start, end))
    kept = [i for i in range(len(text)) if i not in gone]
    return Corrected("".join(text[i] for i in kept), tuple(kept))


def withdrawn(text: str) -> list[Span]:
    """Spans from a value that is taken back to the value of the same kind that replaces it."""
    even = plain(text)
    found: list[Span] = []
    for values in (_amounts(text), _dates(text), *(_matches(p, even) for p in _patterns()["values"].values())):
        for (a, a_end), (b, _) in itertools.pairwise(values):
            if any(start < a_end and a < end for start, end in found):  # the day of a date that is withdrawn already
                continue
            between = even[a_end:b]
            if len(between) <= _REACH and "。" not in between.rstrip("。、 \n")[:-1] and _takes_back(between):
                comma = -1 if _patterns()["cues"]["directly"].search(between) else between.rfind("、")
                found.append((a, a_end + comma + 1 if comma >= 0 else b))
    return found


def _takes_back(between: str) -> bool:
    return any(pattern.search(between) for pattern in _patterns()["cues"].values())


def _amounts(text: str) -> list[Span]:
    return [(a.start, a.end) for a in amounts(text)]


def _dates(text: str) -> list[Span]:
    return [(d.start, d.end) for d in dates(text)]


def _matches(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(text)]


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("corrections.toml").read_text("utf-8"))
    return {group: {name: re.compile(p) for name, p in patterns.items()} for group, patterns in told.items()}
