"""Every sentence the product says, as data: messages.toml for people, one more file a task for language models.

One entry a sentence with its variables in {braces}; this is the loader. Nobody can pass a text in from outside.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
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


@cache
def easy_words() -> dict[str, str]:
    """Hard words with their meaning in やさしい日本語, longer words first."""
    data = tomllib.loads(resources.files("prompts").joinpath("easy_words.toml").read_text("utf-8"))
    return dict(sorted(data["words"].items(), key=lambda pair: -len(pair[0])))


def say(group: str, name: str, /, language: str = "ja", **values: Any) -> str:
    """The sentence `group.name` with its variables filled in; a missing variable raises KeyError with its name."""
    return catalogue(language)[group][name].format(**values)


@dataclass(frozen=True)
class Prompt:
    """What a language model is told: `system` is fixed, `user` holds the data."""

    system: str
    user: str


def prompt(task: str, data: Any) -> Prompt:
    """The prompt of `task` with `data` as one JSON value, so that nothing in it can end it and speak for itself.

    A file that declares other variables than it uses raises KeyError or IndexError.
    """
    told = _task(task)
    values = {"data": json.dumps(data, ensure_ascii=False)}
    return Prompt(
        told["system"].strip(), told["user"].strip().format(**{name: values[name] for name in told["variables"]})
    )


@cache
def _task(task: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("prompts").joinpath(f"{task}.toml").read_text("utf-8"))
