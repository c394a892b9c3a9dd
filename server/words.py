"""The words of the pages in the interface's two languages, from prompts/web/*.toml: file → name → {ja, en}."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("ja", "en")


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    folder = resources.files("prompts").joinpath("web")
    return {
        f"{file.name.removesuffix('.toml')}.{name}": told
        for file in folder.iterdir()
        if file.name.endswith(".toml")
        for name, told in tomllib.loads(file.read_text("utf-8")).items()
    }


def word(key: str, language: str = "ja", **values: Any) -> str:
    """The words `file.name` with {variables} filled in. Raises KeyError for a key or a variable that is not there."""
    return _catalogue()[key][language].format(**values)


def keys() -> dict[str, dict[str, str]]:
    """Every key with its words by language, for tests."""
    return dict(_catalogue())
