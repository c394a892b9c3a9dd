"""Names in letters, for the ids of sources: 協働条例 → kyoudou-jourei. What cannot be read is left out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from assistant.ruby import segments
from assistant.search.kana import hiragana

_LONGEST = 48  # characters
_DOUBLED = re.compile(r"っ+(?=([bcdfghjkmprstvwyz]))")


def in_letters(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and hyphens; "" if nothing of it can be written so."""
    parts = [_letters(hiragana(reading or text)) for text, reading in segments(unicodedata.normalize("NFKC", name))]
    slug = re.sub(r"[^0-9a-z]+", "-", "-".join(parts).lower()).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug


def _letters(kana: str) -> str:
    written, position = "", 0
    while position < len(kana):
        size = next((n for n in (2, 1) if kana[position : position + n] in _table()), 1)
        written += _table().get(kana[position : position + size], kana[position : position + size])
        position += size
    return _DOUBLED.sub(r"\1", written).replace("ー", "")


@cache
def _table() -> dict[str, str]:
    data: dict[str, dict[str, str]] = tomllib.loads(
        resources.files(__package__).joinpath("romaji.toml").read_text("utf-8")
    )
    return data["kana"]
