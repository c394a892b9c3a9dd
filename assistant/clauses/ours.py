"""Is a statement about this project, or about earlier years, other people, hearsay?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.amounts import plain
from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.cues import topics
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause

_SURE = 1.0  # a lower score alone says nothing
_NEAR = 0.5  # background must be this near to the best item
_MARKED = 2.0  # and may be this far below it where words of time or hearsay speak for it
_SIGNS = {"#earlier", "#hearsay"}


def is_ours(clause: Clause) -> bool:
    """No, where the classifier takes it for background, or nearly so beside words such as 昨年 or らしい."""
    background = clause.scores.get("background", -9.0)
    best = max((clause.scores.get(label, -9.0) for label in ITEM_LABELS), default=-9.0)
    if clause.scores.get("cost", -9.0) == best and is_own_fact(clause.text) and "cost" not in topics(clause.text):
        return False
    if _patterns()["begins_now"].match(clause.text):
        return True
    settled = _patterns()["settled"].search(clause.text)
    told = clause.text[: settled.start()] if settled else clause.text
    signed = bool(_SIGNS & set(marks(told)) or _patterns()["over"].search(plain(told)))
    if settled and not signed:
        return True
    return not (background > max(_SURE, best - _NEAR) or (signed and background > best - _MARKED - _NEAR))


def is_past(sentence: str) -> bool:
    """Does a whole sentence tell of an earlier time, and nothing of now?"""
    even = plain(sentence)
    return bool(_patterns()["whole"].search(even)) and not (
        _patterns()["now"].search(even) or _patterns()["settled"].search(even)
    )


def is_own_fact(text: str) -> bool:
    """Does it tell how old, big or rich the writer is (創業, 売上高, 会員数), which is no cost of the project?"""
    return bool(_patterns()["own_fact"].search(plain(text)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("ours.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in told.items()}
