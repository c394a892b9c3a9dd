"""Senses of a check: word classes that together tell something, in whatever order and with whatever stands between.

`<topic>.toml` has a table [senses.<name>]: `any` lists groups of classes of [words]; a sentence tells the sense where
every class of one group stands near the group's first, and no class of `but` stands in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.clauses.checks.patterns import data, word

_NEAR = 60  # characters on both sides of the first class


@dataclass(frozen=True)
class Sense:
    """Groups of word classes, and those that speak against them."""

    groups: tuple[tuple[re.Pattern[str], ...], ...]
    but: tuple[re.Pattern[str], ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where `text` tells it: from the first to behind the last word, for each group that is complete."""
        if self.shut_out(text):
            return []
        return [span for group in self.groups if (span := _complete(group, text))]

    def shut_out(self, text: str) -> bool:
        """Does a class speak against it?"""
        return any(against.search(text) for against in self.but)

    def told(self, text: str) -> bool:
        return bool(self.spans(text))


@cache
def sense(topic: str, name: str) -> Sense:
    """Sense `name` of `topic`.toml; KeyError names a class that nothing explains."""
    told = data(topic)["senses"][name]
    groups = tuple(tuple(word(topic, each) for each in group) for group in told["any"])
    return Sense(groups, tuple(word(topic, each) for each in told.get("but", [])))


def _complete(group: tuple[re.Pattern[str], ...], text: str) -> tuple[int, int] | None:
    first, *others = group
    for at in first.finditer(text):
        begin, stop = max(0, at.start() - _NEAR), at.end() + _NEAR
        found = [at, *(other.search(text, begin, stop) for other in others)]
        if all(found):
            return min(m.start() for m in found if m), max(m.end() for m in found if m)
    return None
