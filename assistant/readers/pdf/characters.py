"""The characters that a PDF gives: put right where a font named the wrong twin, and judged whether they are text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from assistant.text import sanitize

_MOST_UNUSUAL = 0.02  # share; 「の」 misread as 「䛾」 alone makes 4 %, rare names make 0.2 %
_MOST_RARE = 0.003  # share of ideographs from CJK Extension A: fonts that misname kana name these
_LONG = 200  # ideographs; a text of so many has kana
_FEWEST_KANA = 0.01
_KANA = re.compile("[ぁ-ゖァ-ヺｦ-ﾝ]")
_IDEOGRAPH = re.compile("[一-鿿]")
_RARE = re.compile("[㐀-䶿]")
_LATIN_1 = re.compile("[\u00a1-\u00ff]")
_FOREIGN = 0.2  # share of accented letters in a text of bytes read one by one


@cache
def _table() -> tuple[dict[int, str], re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("characters.toml").read_text("utf-8"))
    instead = {ord(sign): text for sign, text in data["instead"].items()}
    for block in data["mapped"]:
        for code in range(ord(block["first"]), ord(block["last"]) + 1):
            instead.setdefault(code, unicodedata.normalize("NFKC", chr(code)).translate(instead))
    usual = "".join(f"{re.escape(block['first'])}-{re.escape(block['last'])}" for block in data["usual"])
    return instead, re.compile(rf"[^\s{usual}]")


def put_right(text: str) -> str:
    """`text` with ideographs for radicals, letters for ligatures, and without invisible characters."""
    return sanitize(text.translate(_table()[0])).replace("\n", " ").replace("\t", " ")


def unusual(text: str) -> float:
    """The share of characters that no Japanese document is made of (0–1)."""
    bare = "".join(put_right(text).split())
    return len(_table()[1].findall(bare)) / len(bare) if bare else 0.0


def garbled(text: str) -> bool:
    """Is it certain that a font's map is wrong: private, unassigned, unknown or foreign characters among the text?"""
    bare = "".join(text.split())
    if not bare:
        return False
    rare = len(_RARE.findall(bare))
    if rare >= 2 and rare > _MOST_RARE * len(bare):
        return True
    return unusual(text) > _MOST_UNUSUAL or len(_LATIN_1.findall(bare)) > _FOREIGN * len(bare)


def doubtful(text: str) -> bool:
    """May it be garbled: much text in ideographs, and no kana in it?"""
    ideographs, kana = len(_IDEOGRAPH.findall(text)), len(_KANA.findall(text))
    return ideographs >= _LONG and kana < _FEWEST_KANA * ideographs
