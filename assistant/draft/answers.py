"""A form's answers as statements beside the brief's, so that they are checked like it and stand in the draft like it.

An answer wins over what the brief says of the same: there the brief counts as blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_told, is_withheld
from assistant.clauses.paper import Clause, Paper
from assistant.draft.fields import fields
from assistant.draft.words import group
from assistant.drafts import Given
from assistant.text import fold, sentences

_END = re.compile(r"[。．、，\s]+$")
_VISIBLE = re.compile(r"\S")
PART = "_part"  # behind the key of an item that is told in part
_LABELS = {
    "partner": "party",
    "unit": "party",
    "representative": "party",
    **{key: key for key in (*ITEM_LABELS, "period", "background")},
}


def statements(told: Mapping[str, str], start: int) -> tuple[str, list[tuple[str, Clause]]]:
    """The answers as lines of text that begin at offset `start` of a paper, and their statements by key."""
    text, found = "", []
    for key, answer in told.items():
        for line in sentences(answer) if fields()[key].many else [" ".join(answer.split())]:
            label = frozenset({_LABELS[key]} if key in _LABELS else ())
            begin = start + len(text)
            found.append((key, Clause(line, begin, begin + len(line), fields()[key].name, labels=label)))
            text += line + "\n"
    return text, found


def with_answers(paper: Paper, replaced: Iterable[Given], told: Mapping[str, str]) -> Paper:
    """`paper` with the values that answers replace blanked, offsets unchanged, and with the answers behind it."""
    if not told:
        return paper
    characters = list(paper.text)
    for given in replaced:
        characters[given.start : given.end] = " " * (given.end - given.start)
    text = "".join(characters)
    kept = [replace(c, text=text[c.start : c.end]) for c in paper.clauses]
    added, clauses = statements(told, len(text) + 1)
    left = tuple(c for c in kept if _VISIBLE.search(c.text))
    return replace(paper, text=f"{text}\n{added}", clauses=(*left, *(clause for _, clause in clauses)))


def answered(told: Mapping[str, str], refused: Iterable[str]) -> dict[str, list[Given]]:
    """The answers' values by key. What puts an item off tells nothing; an answer that does not tell the item (a cost
    without its bearer) tells a part of it. Nothing is taken of a statement that holds one of the `refused` quotations."""
    quotes = list(refused)
    found: dict[str, list[Given]] = {}
    for key, own in groupby(statements(told, 0)[1], key=lambda statement: statement[0]):
        clauses = [c for _, c in own if not any(quote in c.text for quote in quotes) and not _is_open(key, c)]
        place = key if key not in ITEM_LABELS or any(is_told(c, key) for c in clauses) else f"{key}{PART}"
        texts = (_END.sub("", c.text) if fields()[key].many else c.text for c in clauses)
        found.setdefault(place, []).extend(Given(key=key, text=text) for text in texts)
    return {key: given for key, given in found.items() if given}


def _is_open(key: str, clause: Clause) -> bool:
    """Does an answer say that there is none yet? In free words (背景, 足りないもの) what is open may be the matter itself."""
    if re.fullmatch(group("open")["pattern"], fold(clause.text)):
        return True
    return is_withheld(clause) and (key in ITEM_LABELS or not fields()[key].many)
