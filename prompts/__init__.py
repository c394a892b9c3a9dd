"""Every sentence the product says, as data: messages.toml here, prompts for language models and drafting clauses later.

One entry a sentence with its variables in {braces}; this is the loader. Nobody can pass a text in from outside.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("ja", "easy", "en", "zh", "ko")  # easy: やさしい日本語


@cache
def catalogue(language: str = "ja") -> dict[str, dict[str, str]]:
    """All messages of one language: group → name → sentence. Groups that answers use are there in every language."""
    name = "messages.toml" if language == "ja" else f"messages.{language}.toml"
    data: dict[str, dict[str, str]] = tomllib.loads(resources.files("prompts").joinpath(name).read_text("utf-8"))
    return data


def say(group: str, name: str, /, language: str = "ja", **values: Any) -> str:
    """The sentence `group.name` with its variables filled in; a missing variable raises KeyError with its name."""
    return catalogue(language)[group][name].format(**values)
