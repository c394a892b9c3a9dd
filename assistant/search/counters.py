"""What a question counts (何回, 何件), and whether a text shows a number of just that: the data stands in counters.toml."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from assistant.text import compact


@lru_cache(maxsize=1)
def _counters() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    data = tomllib.loads(resources.files("assistant.search").joinpath("counters.toml").read_text("utf-8"))
    return [(re.compile(c["ask"]), re.compile(c["shown"])) for c in data["counter"]]


def counted(folded: str) -> tuple[re.Pattern[str], ...]:
    """How texts show what the question counts; empty where it counts nothing that is known."""
    return tuple(shown for ask, shown in _counters() if ask.search(folded))


def shows_count(counts: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Does `text` show a number of anything that is counted?"""
    plain = compact(text) if counts else ""
    return any(shown.search(plain) for shown in counts)
