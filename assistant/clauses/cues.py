"""Words that name an item: in headings, at the beginning of a statement, in it (cues.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.reading import read

Patterns = dict[str, re.Pattern[str]]


def heading_labels(heading: str) -> list[str]:
    """What a heading promises, the most telling (the earliest in it) first."""
    places = {label: found.start() for label, p in _cues()["headings"].items() if (found := p.search(heading))}
    return sorted(places, key=lambda label: places[label])


def told_labels(statement: str) -> list[str]:
    """What a statement says of itself: 「目的は…」, 「…が目的です」."""
    statement = read(statement)
    led = [label for label, pattern in _cues()["leads"].items() if pattern.match(statement)]
    return [*led, *(label for label, p in _cues()["says"].items() if p.search(statement) and label not in led)]


def led_label(statement: str) -> str:
    """The item that a statement names at its beginning, "" if it does not."""
    return next((label for label, pattern in _cues()["leads"].items() if pattern.match(statement)), "")


def topics(statement: str) -> list[str]:
    """The items that a statement speaks of, anywhere in it: 「費用のことと責任のことは、まだ…」."""
    return [label for label, pattern in _cues()["topics"].items() if pattern.search(read(statement))]


def other_led(statement: str) -> str:
    """The part of a document, none of the items, that a statement names at its beginning (「分野は…」), "" without one."""
    return next((name for name, pattern in _cues()["others"].items() if pattern.match(read(statement))), "")


def named_alone(statement: str) -> str:
    """The item's name where a statement is nothing but that (「第一に目的。」, 「次、費用。」), else ""."""
    found = _cues()["keeps"]["alone"].fullmatch(statement)
    return found["name"] if found else ""


def lead_end(statement: str) -> int:
    """Where the words that only name the item end: the length of 「目的は、」, 0 without them or for 「定員は」."""
    if _cues()["keeps"]["lead"].match(statement):
        return 0
    ends = [found.end() for p in _cues()["leads"].values() if (found := p.match(statement))]
    end = max(ends, default=0)
    while statement[end : end + 1] in ("、", "，", " ", "　") and end < len(statement):
        end += 1
    return end


@cache
def _cues() -> dict[str, Patterns]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("cues.toml").read_text("utf-8"))
    return {group: {name: re.compile(p) for name, p in patterns.items()} for group, patterns in told.items()}
