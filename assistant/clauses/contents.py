"""Is the content of an item really told: not a blank, not put off, not an annex that is not there, a cost with its bearer?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.amounts import HALVES, amounts, plain, shares
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause

_MOSTLY = 0.75  # of a statement must be more than gaps


def is_blank(clause: Clause) -> bool:
    """Is the clause an unfilled place of a form?"""
    return bool(_patterns()["blank"].search(clause.text))


def is_gap(text: str) -> bool:
    """Is a statement of a draft still open: no amount of its own, and a good part of it 〔要確認：…〕?"""
    rest = _patterns()["gap"].sub("", text)
    return len(rest) < len(text) * _MOSTLY and not amounts(rest)


def is_withheld(clause: Clause) -> bool:
    """Does the clause say that its matter is open: blank, to be settled later, in an annex?"""
    patterns = _patterns()
    if is_gap(clause.text) or is_blank(clause) or patterns["absent"].search(clause.text):
        return True
    return is_put_off(clause)


def is_put_off(clause: Clause) -> bool:
    """Is its matter to be settled later, without an amount already?"""
    return bool(_patterns()["put_off"].search(clause.text)) and not amounts(clause.text)


def is_told(clause: Clause, label: str) -> bool:
    """Does a clause with `label` tell the item's content? A promise of good will (責任をもって取り組む) is none."""
    if is_withheld(clause) or clause.scores.get("effort", 0.0) > max(0.0, clause.scores.get(label, 0.0)):
        return False
    if _patterns()["introduction"].search(clause.text):
        return False
    if label == "roles":
        return not _names_contacts(clause)
    if label == "cost":
        bearer = _patterns()["bearer"].search(f"{clause.heading}：{clause.text}")
        return bool(bearer or shares(clause.text) or HALVES.search(clause.text))
    return True


def is_good_will(text: str) -> bool:
    """Do both sides only promise a spirit (力を合わせて, 責任を重く受け止める), and nobody anything of his own?"""
    patterns, even = _patterns(), plain(text)
    return bool(
        patterns["joint"].match(even) and patterns["spirit"].search(even) and not patterns["concrete"].search(even)
    )


def is_duty_list(clause: Clause) -> bool:
    """Does a side stand as heading over a list of nouns, without a figure or a mishap (「区：会場の予約、広報」)?"""
    patterns = _patterns()
    listed = patterns["list"].fullmatch(plain(clause.text))
    return bool(patterns["side"].fullmatch(clause.heading) and listed and "#mishap" not in marks(clause.text))


def _names_contacts(clause: Clause) -> bool:
    """Does the clause only name the persons to speak to, and no duty?"""
    patterns = _patterns()
    named = patterns["contact_heading"].search(clause.heading) or patterns["contact"].search(clause.text)
    return bool(named) and not patterns["duty"].search(clause.text)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("contents.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in told.items()}
