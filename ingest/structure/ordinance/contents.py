"""目次: it repeats the headings that follow and must not be taken for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text import compact
from ingest.document import Line
from ingest.structure.ordinance import lines as kinds

_HEAD = re.compile(r"^目\s*次$")
_TAIL = re.compile(r"[\s　.…・‥]*(?:[(（][^()（）]*[)）])?[\s　.…・‥]*[0-9０-９]*$")
_LONGEST = 120  # characters of an entry, its dots and page included


@dataclass(frozen=True)
class Contents:
    """Where the 目次 begins and ends."""

    start: int
    end: int


def find_contents(rows: Sequence[tuple[Line, str]]) -> Contents | None:
    """The 目次 among the lines (each with its bare text): up to the line that begins it anew, or is no entry."""
    at = next((i for i, (_, text) in enumerate(rows) if _HEAD.match(text)), None)
    if at is None or any(kinds.article(text, 1) for _, text in rows[:at]):
        return None
    first = ""
    for line, text in rows[at + 1 :]:
        key = _entry(text)
        if key is None or key == first:
            return Contents(rows[at][0].start, line.start)
        first = first or key
    return None  # to the end of the text: whatever that is, it has no articles behind it


def _entry(text: str) -> str | None:
    """An entry as it is compared, without the range of articles and the page; None for any other line."""
    if len(text) > _LONGEST:
        return None
    plain = compact(_TAIL.sub("", text)) or compact(text)
    if kinds.supplement(text) or kinds.appendix(text) or text == "前文":
        return plain
    if kinds.heading(plain) is not None:
        return plain
    found = kinds.article(text, 0)
    if found and "。" not in text:
        return f"第{found.number}条"
    return None
