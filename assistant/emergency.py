"""Is somebody in danger now? Then 110 and 119 come before any answer. Words: emergency.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.text import fold, sanitize


def is_emergency(text: str) -> bool:
    """Does `text` tell of a fire, an accident, a crime or a life in danger, now?"""
    return _pattern().search(fold(sanitize(text))) is not None


@cache
def _pattern() -> re.Pattern[str]:
    told = tomllib.loads(resources.files("assistant").joinpath("emergency.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in told["patterns"]), re.MULTILINE)
