"""What a clause shows to the classifier: its words, pairs of neighbouring words, and typed marks for what words do not say.

Numbers count only as what they are (money, share, date, rhythm, time, count), so that no figure of an example matters.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.amounts import HALVES, amounts, plain, shares
from assistant.clauses.dates import dates, periods
from assistant.tokens import normal_words

_GAP = re.compile(r"(?<=[ぁ-ヿ一-龠、。])[ \t　]+(?=[ぁ-ヿ一-龠])")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,.，．]*")


def features(text: str) -> list[str]:
    """Features of one clause without its heading, each once."""
    text = joined(text)
    words = ["<s>", *(_NUMBER.sub("0", word) for word in normal_words(text)), "</s>"]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(words)]
    return list(dict.fromkeys([*words[1:-1], *pairs, *marks(text)]))


def joined(text: str) -> str:
    """`text` without the blanks between its words (分かち書き)."""
    return _GAP.sub("", text)


def marks(text: str) -> list[str]:
    """Typed marks of a clause: #money, #share, #period, #date and those of marks.toml."""
    even = plain(text)
    found = {
        "#money": bool(amounts(text)),
        "#moneys": len(amounts(text)) > 1,
        "#share": bool(shares(text) or HALVES.search(text)),
        "#period": bool(periods(text)),
        "#date": bool(dates(text)),
        **{f"#{name}": bool(pattern.search(even)) for name, pattern in _patterns().items()},
    }
    if found.get("#city") and found.get("#group"):
        found["#both"] = True
    return [name for name, there in found.items() if there]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("marks.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in told.items()}
