"""What it means that a text contains a string, shared by all scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text import compact

_QUOTED = re.compile(r"「[^「」]*」")


def includes(text: str, wanted: str, *, head: bool = False) -> bool:
    """Is `wanted` in `text`? A string that begins with a digit must not be the tail of a longer number; with `head`
    one that ends with a digit must not be its head either."""
    plain, needle = compact(text), compact(wanted)
    for found in re.finditer(re.escape(needle), plain):
        tail = needle[:1].isdigit() and re.search(r"[0-9][,.]?$", plain[: found.start()])
        goes_on = head and needle[-1:].isdigit() and re.match(r"[,.]?[0-9]", plain[found.end() :])
        if not tail and not goes_on:
            return True
    return False


def includes_all(text: str, groups: Iterable[Sequence[str]]) -> bool:
    """Has every group one of its strings in `text`?"""
    return all(any(includes(text, wanted) for wanted in group) for group in groups)


def says(text: str, strings: Iterable[str], patterns: Iterable[str] = ()) -> bool:
    """Does `text` outside 「…」 hold one of the strings or match one of the regular expressions?"""
    own = _QUOTED.sub("", text)
    return any(compact(s) in compact(own) for s in strings) or any(re.search(p, own) for p in patterns)
