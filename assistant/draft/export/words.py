"""The words and the numbering of exported drafts: prompts/draft/export.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

_REIWA = date(2019, 5, 1)


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("prompts").joinpath("draft/export.toml").read_text("utf-8"))


def word(group: str, name: str, /, **values: Any) -> str:
    """The words `group.name` with their variables filled in."""
    text: str = _file()[group][name]
    return text.format(**values)


def words(group: str, name: str) -> tuple[str, ...]:
    """The list `group.name`."""
    return tuple(_file()[group][name])


def japanese_date(day: date) -> str:
    """令和8年4月1日; before 令和 in years AD."""
    if day < _REIWA:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - _REIWA.year + 1
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"
