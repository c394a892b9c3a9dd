"""Furigana: which kanji of a text get which reading. The text itself never changes: joined, the segments are the text.

Readings come from the dictionary's whole words, and only the kanji of a word get them (取組み: とりく over 取組, み stays).
What the dictionary gets wrong in this field stands in ruby.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.search.kana import hiragana
from assistant.tokens import spoken

_KANJI = r"㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々〇"
_HAS_KANJI = re.compile(f"[{_KANJI}]")
_RUN = re.compile(
    f"((?:(?:(?<=[{_KANJI}])|^)[ヶケ](?=[{_KANJI}])|[{_KANJI}])+)"
)  # 保土ケ谷 is one run, ケ is read in it
_SPOKEN = str.maketrans(
    {"は": "[はわ]", "へ": "[へえ]", "を": "[をお]"}
)  # a particle within a word is read as it sounds
_KANA = re.compile(r"[ぁ-ゖー]+")
_MIXED = re.compile(f"([^{_KANJI}ぁ-ゟァ-ヺー-ヿ]+)")  # digits, Latin letters, signs: 30万, NPO法人
_SURROGATE = re.compile("[\ud800-\udfff]")
_AROUND = 12  # characters in front of a word that a rule may look at

Segment = tuple[str, str]  # text, reading in hiragana or ""


@dataclass(frozen=True)
class _Rule:
    reading: str
    read: str = ""
    after: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None

    def fits(self, read: str, front: str, behind: str) -> bool:
        return (
            self.read in ("", read)
            and (self.after is None or self.after.search(front) is not None)
            and (self.before is None or self.before.match(behind) is not None)
        )


def segments(text: str) -> list[Segment]:
    """`text` in pieces with their readings; a piece without kanji, or of which none is sure, has "". Any text may come."""
    found: list[Segment] = []
    for piece, reading in _pieces(text):
        if found and not reading and not found[-1][1]:
            found[-1] = (found[-1][0] + piece, "")
        elif piece:
            found.append((piece, reading))
    return found


def _pieces(text: str) -> Iterator[Segment]:
    words, _ = _corrections()
    known = re.compile("(" + "|".join(map(re.escape, words)) + ")")
    place = 0
    for part in known.split(text):
        if part in words:
            yield part, words[part]
        else:
            yield from _read(text, place, part)
        place += len(part)


def _read(text: str, start: int, part: str) -> Iterator[Segment]:
    """The words of `part`, which stands at `start` of `text`."""
    if not _HAS_KANJI.search(part):
        yield part, ""
        return
    place = start
    for shown, read in spoken(_SURROGATE.sub("�", part)):
        word = text[place : place + len(shown)]  # the same length, with its surrogates
        if _HAS_KANJI.search(word) and _MIXED.search(word):
            for i, alone in enumerate(_MIXED.split(word)):  # their own words are read, the rest is not
                yield from ((alone, ""),) if i % 2 else _read(text, place, alone)
                place += len(alone)
            continue
        front, behind = text[max(0, place - _AROUND) : place], text[place + len(shown) :][:4]
        yield from _over_kanji(word, _corrected(word, hiragana(read), front, behind))
        place += len(shown)


def _corrected(word: str, read: str, front: str, behind: str) -> str:
    _, rules = _corrections()
    return next((rule.reading for rule in rules.get(word, ()) if rule.fits(read, front, behind)), read)


def _over_kanji(word: str, reading: str) -> Iterator[Segment]:
    """The reading of a word, dealt out to its kanji; its kana stay without."""
    if not _HAS_KANJI.search(word) or not _KANA.fullmatch(reading):
        yield word, ""
        return
    runs = _RUN.split(word)  # kana and kanji in turn
    pattern = "".join("(.+?)" if i % 2 else re.escape(hiragana(run)).translate(_SPOKEN) for i, run in enumerate(runs))
    fit = re.fullmatch(pattern, reading)
    if fit is None:  # the dictionary reads the kana otherwise too
        yield word, reading
        return
    readings = iter(fit.groups())
    for i, run in enumerate(runs):
        yield run, next(readings) if i % 2 else ""


@cache
def _corrections() -> tuple[dict[str, str], dict[str, tuple[_Rule, ...]]]:
    data: dict[str, Any] = tomllib.loads(resources.files("assistant").joinpath("ruby.toml").read_text("utf-8"))
    rules: dict[str, tuple[_Rule, ...]] = {}
    for told in data["rules"]:
        after, before = told.get("after"), told.get("before")
        rule = _Rule(
            told["reading"],
            told.get("read", ""),
            re.compile(f"(?:{after})$") if after else None,
            re.compile(before) if before else None,
        )
        rules[told["word"]] = (*rules.get(told["word"], ()), rule)
    return data["words"], rules
