"""How names of parties are written: the patterns of parties.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,40})[」』”\"]")

_TRIM = '、。，．　 \t（(）)「」『』|｜／/:：＝=→…"“”{}'


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without signs and blanks at its ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    closing = text[end : end + 1]
    if closing and closing in "」』" and text.rfind("「『"["」』".index(closing)], start, end) > start:
        end += 1  # NPO法人「あいことば」
    return start, end


@cache
def party_words() -> dict[str, re.Pattern[str]]:
    """Patterns by name; {ends} and the like in a pattern stand for another one."""
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("parties.toml").read_text("utf-8"))
    inner = re.compile(r"\{([a-z_]+)\}")
    return {name: re.compile(inner.sub(lambda m: told[m[1]], pattern)) for name, pattern in told.items()}
