"""How a statement is read, beside how it is written: やさしい日本語 with blanks between its words is read in one run, its kana
words as other people write them (ぜんぶ 市が はらいます = 全部市が払います). What is quoted stays as it was written."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from assistant.clauses.features import joined

_SPACED = re.compile(r"(?<=[ぁ-ん])[ \t　]+(?=[0-9０-９「『ぁ-ヿ一-龠])")  # behind a particle or an ending


@lru_cache(maxsize=2_000)
def read(text: str) -> str:
    """`text` as it is read, without the blanks between its words; its kana words stay where there are no such blanks."""
    return joined(_words().sub(lambda found: _kanji()[found.group()], text) if _SPACED.search(text) else text)


@cache
def _words() -> re.Pattern[str]:
    """The kana words, each at the beginning of a word."""
    longest = sorted(_kanji(), key=len, reverse=True)
    return re.compile(rf"(?<![ぁ-ん])(?:{'|'.join(longest)})")


@cache
def _kanji() -> dict[str, str]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("reading.toml").read_text("utf-8"))
    words: dict[str, str] = told["words"]
    return words
