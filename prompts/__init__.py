"""Every sentence the product says, as data: messages.toml here, prompts for language models and drafting clauses later.

One entry a sentence with its variables in {braces}; this is the loader. Nobody can pass a text in from outside.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """All messages: group → name → sentence."""
    data: dict[str, dict[str, str]] = tomllib.loads(
        resources.files("prompts").joinpath("messages.toml").read_text("utf-8")
    )
    return data


def say(group: str, name: str, /, **values: Any) -> str:
    """The sentence `group.name` with its variables filled in; a missing variable raises KeyError with its name."""
    return catalogue()[group][name].format(**values)
