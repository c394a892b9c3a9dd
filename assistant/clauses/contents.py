"""Is the content of an item really told: not a blank, not put off, not an annex that is not there, a cost with its bearer?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.amounts import HALVES, amounts, plain, shares
from assistant.clauses.cues import heading_labels, lead_end, led_label, topics
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause
from assistant.clauses.reading import read

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
    patterns, text = _patterns(), read(clause.text)
    if amounts(text):
        return False
    return bool(patterns["put_off"].search(text)) or (
        bool(patterns["unknown"].search(text)) and _speaks_of_item(clause)
    )


def _speaks_of_item(clause: Clause) -> bool:
    """Is what nobody knows an item, and not what the project is about (道が分からない人)?"""
    named = topics(clause.text) or led_label(clause.text) or heading_labels(clause.heading)[:1]
    return bool(named or _patterns()["open_words"].search(clause.text))


def is_told(clause: Clause, label: str) -> bool:
    """Does a clause with `label` tell the item's content? A promise of good will (責任をもって取り組む) is none."""
    if is_withheld(clause) or clause.scores.get("effort", 0.0) > max(0.0, clause.scores.get(label, 0.0)):
        return False
    if _is_introduction(clause):
        return False
    if _is_of_paper(clause, label):
        return False
    if label == "roles":
        return not _names_contacts(clause)
    if label == "cost":
        return bool(names_bearer(clause) or shares(clause.text) or HALVES.search(clause.text))
    return True


def _is_introduction(clause: Clause) -> bool:
    """Does the clause only say who somebody is (「なぎさの会」です), or nothing but a name (緑区、「なぎさの会」。)?"""
    patterns = _patterns()
    alone = patterns["name_alone"].fullmatch(clause.text) and not heading_labels(clause.heading)
    return bool(alone or patterns["introduction"].search(clause.text))


def _is_of_paper(clause: Clause, label: str) -> bool:
    """Does the clause only lead to the others (次のとおり契約する), or tell what the paper is for and not the project?"""
    patterns = _patterns()
    if label == "purpose":
        return bool(patterns["of_paper"].search(clause.text)) and not patterns["aim"].search(clause.text)
    return label in ("roles", "method") and bool(patterns["preface"].search(clause.text))


def names_bearer(clause: Clause) -> bool:
    """Does the clause, or its heading, say who bears a cost?"""
    return bool(_patterns()["bearer"].search(f"{clause.heading}：{read(clause.text)}"))


def side_of(clause: Clause) -> str:
    """Which side the statement begins with as the one who does something: "city", "group", or "" for neither."""
    text = read(clause.text)
    return next((side for side in ("city", "group") if _patterns()[f"{side}_does"].match(text)), "")


def is_good_will(text: str) -> bool:
    """Do both sides only promise a spirit (力を合わせて, 責任を重く受け止める), and nobody anything of his own?"""
    patterns, even = _patterns(), plain(text[lead_end(text) :])
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
