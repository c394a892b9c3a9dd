"""Word patterns of a check: `<topic>.toml` names pieces of wording once ([words]) and patterns that use them
([patterns], or groups with a name of their own)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_FOLDER = resources.files("assistant.clauses.checks")
_NAME = re.compile(r"\{([a-z_]+)\}")


@cache
def patterns(topic: str, group: str = "patterns") -> dict[str, re.Pattern[str]]:
    """Name → pattern of a group of `topic`.toml. `{name}` in a pattern stands for that piece of wording of the same file
    or of common.toml; a name that nothing explains raises KeyError."""
    words = _words(topic)
    return {name: re.compile(_filled(told, words)) for name, told in data(topic)[group].items()}


@cache
def word(topic: str, name: str) -> re.Pattern[str]:
    """One piece of wording of `topic`.toml or common.toml as a pattern of its own; KeyError without it."""
    words = _words(topic)
    return re.compile(_filled(words[name], words))


@cache
def data(topic: str) -> dict[str, Any]:
    """The tables of `topic`.toml as they stand."""
    told: dict[str, Any] = tomllib.loads(_FOLDER.joinpath(f"{topic}.toml").read_text("utf-8"))
    return told


def _words(topic: str) -> dict[str, str]:
    return {**data("common")["words"], **data(topic).get("words", {})}


def _filled(pattern: str, words: dict[str, str]) -> str:
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda m: f"(?:{words[m[1]]})", pattern)
    return pattern
