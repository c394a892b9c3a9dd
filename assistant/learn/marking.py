"""Marking: a question and an answer in, right or wrong with the reason and its evidence out. Nothing is remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from assistant.frozen import Frozen
from assistant.learn.lessons import Quote
from assistant.learn.questions import Question, choice_id
from assistant.text import compact
from prompts import say

_MARKS = str.maketrans("", "", "、。,，「」『』")
_SIGNS = {"○": ("〇", "◯", "o", "はい", "正しい", "true", "yes"), "×": ("✕", "x", "いいえ", "誤り", "false", "no")}


class Marking(Frozen):
    """What a learner hears. `score` is 1 for right, and for an order the share of steps at their place."""

    question_id: str
    right: bool
    score: float = Field(ge=0, le=1)
    understood: bool = Field(True, description="False where the answer is none of those offered, or empty")
    expected: tuple[str, ...]
    comment: str = Field("", description="of an order: what was right in it and where it first went wrong")
    explanation: str
    citations: tuple[Quote, ...]
    lesson: str


def mark(question: Question, answer: str | Sequence[str]) -> Marking:
    """Mark `answer`: a choice by id or words, an order as a list of these, a text as written (width and case aside)."""
    given = [answer] if isinstance(answer, str) else list(answer)
    if question.way == "text":
        return _marking(question, float(_matches(question, given)), understood=bool(given and compact(given[0])))
    chosen = [_option(question, entry) for entry in given]
    if question.way == "choice":
        known = len(chosen) == 1 and chosen[0] is not None
        return _marking(question, float(known and chosen[0] == question.solution[0]), understood=known)
    known = sorted(entry or "" for entry in chosen) == sorted(question.solution)
    placed = [ours == theirs for ours, theirs in zip(chosen, question.solution, strict=False)] if known else [False]
    return _marking(question, sum(placed) / len(placed), understood=known, comment=_order(question, placed, known))


def _marking(question: Question, score: float, *, understood: bool, comment: str = "") -> Marking:
    return Marking(
        question_id=question.id,
        right=score == 1,
        score=score,
        understood=understood,
        expected=question.solution[:1] if question.way == "text" else question.solution,
        comment=comment,
        explanation=question.explanation,
        citations=question.cites,
        lesson=question.lesson,
    )


def _option(question: Question, entry: str) -> str | None:
    """The option that `entry` names by its id or in words."""
    said = compact(entry)
    for option in question.options:
        if said in (choice_id(question, option), compact(option), *_SIGNS.get(option, ())):
            return option
    return None


def _matches(question: Question, given: Sequence[str]) -> bool:
    written = [_plain(entry) for entry in given]
    return len(written) == 1 and written[0] in [_plain(accepted) for accepted in question.solution]


def _plain(text: str) -> str:
    return re.sub(r"^第(?=[0-9])", "", compact(text).translate(_MARKS))


def _order(question: Question, placed: Sequence[bool], known: bool) -> str:
    if not known or all(placed):
        return ""
    first = list(placed).index(False)
    return say(
        "learn", "order_partly", right=sum(placed), all=len(placed), place=first + 1, step=question.solution[first]
    )
