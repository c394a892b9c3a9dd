"""Labels for the clauses of a paper: what each tells, by what it says of itself, the classifier and, a little, its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.clauses.classifier import ITEM_LABELS, LABELS, Scores, classify
from assistant.clauses.contents import is_duty_list, is_good_will, is_put_off, is_withheld
from assistant.clauses.cues import heading_labels, led_label, told_labels, topics
from assistant.clauses.neighbours import with_neighbours
from assistant.clauses.ours import is_own_fact, is_past
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.reading import read
from assistant.clauses.segments import OTHER, segments
from assistant.embeddings import Embedder

_SHORT = 30  # characters; a shorter statement is not cut at its commas
_TOLD = 5.0  # 「目的は…」 nearly decides
_HEADED = 3.0  # a heading helps; under a wrong one the classifier still wins
_ELSEWHERE = 2.0  # and a heading of another matter speaks against the items
_PATH = 1.0  # so far below 0 may the whole be, where its parts told the label
_SIDED = 2.5  # 「区：会場の予約、広報」 tells what a side does
_LED = 1.0  # what begins with 「責任は…」 is about it
_RIVAL = 3.0  # and 「責任は…」 speaks against the other items
_OPEN_HEADINGS = ("name", "background", "form", "field", "party")  # under which anything may stand
_MAIN = 2.5  # a second label must be this near to the first
_SPIRITED = ("roles", "liability", "evaluation")  # what a mere promise of good will does not tell, whatever its words
_UNTOLD = -5.0
_TOPIC = re.compile(r"(?:は|も|と|や|[るの]か|とか|って|について|に関して(?:は)?|のこと|分担|責任|費用|内容)[、，]$")
_FINITE = re.compile(r"(?:[ぁ-ん]る|ない|ません|です|ます|ました)[、，]$")


@dataclass(frozen=True)
class _Part:
    clause: Clause
    path: str  # the label of its sentence's path, "" where it was not cut


def labelled(paper: Paper, embedder: Embedder | None = None) -> Paper:
    """`paper` with its clauses cut where what they tell changes, and with labels."""
    parts = [part for clause in paper.clauses for part in _parts(clause, whole=paper.kind != "brief")]
    scores = classify([read(part.clause.text) for part in parts], embedder)
    raised = [_raised(part, own) for part, own in zip(parts, scores, strict=True)]
    clauses = tuple(
        replace(part.clause, labels=_labels(own), scores=own) for part, own in zip(parts, raised, strict=True)
    )
    return replace(paper, clauses=with_neighbours(clauses))


def _parts(clause: Clause, *, whole: bool) -> list[_Part]:
    """The parts of a clause; `whole`: a statement that puts its matter off stays one, as contracts put one matter each."""
    undivided = "background" in told_labels(clause.text) or is_past(clause.text) or (whole and is_withheld(clause))
    undivided = undivided or is_good_will(clause.text)
    if len(clause.text) <= _SHORT or undivided:
        return [_Part(clause, "")]
    parts = [
        _Part(replace(clause, text=clause.text[a:b], start=clause.start + a, end=clause.start + b), label)
        for a, b, label in _joined(segments(clause.text), clause.text)
    ]
    return _with_topics(parts)


def _with_topics(parts: list[_Part]) -> list[_Part]:
    """「費用のことと、事故の責任のことは、聞いていません」: what is said to be open takes its topics with it."""
    joined: list[_Part] = []
    for part in parts:
        said, open_ = part.clause, is_put_off(part.clause)
        while joined and open_ and _is_topic(joined[-1].clause.text):
            topic = joined.pop().clause
            said = replace(said, text=topic.text + said.text, start=topic.start)
        joined.append(_Part(said, part.path))
    return joined


def _is_topic(text: str) -> bool:
    """Does a part only name what the next one speaks of?"""
    return bool(_TOPIC.search(text)) and bool(topics(text) or len(text) <= _SHORT // 2)


def _joined(found: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """A part that tells nothing belongs to the next, the last one to the one before; one that ends as a sentence does
    (「…は認めない、」) stands by itself."""
    joined: list[tuple[int, int, str]] = []
    waiting: int | None = None
    for start, end, label in found:
        begin = start if waiting is None else waiting
        if label == OTHER and _FINITE.search(text[start:end]):
            joined.append((begin, end, ""))
            waiting = None
            continue
        if label == OTHER:
            waiting = begin
            continue
        joined.append((begin, end, label))
        waiting = None
    if waiting is None:
        return joined
    if not joined:
        return [(0, len(text), "")]
    begin, _, label = joined[-1]
    return [*joined[:-1], (begin, len(text), label)]


def _raised(part: _Part, scores: Scores) -> Scores:
    """The classifier's scores, raised by what the clause says of itself, by its path and by its heading."""
    led = led_label(part.clause.text)
    headed = heading_labels(part.clause.heading)[:1]
    told = [label for label in told_labels(part.clause.text) if label == led or headed in ([], [label])]
    elsewhere = bool(headed) and headed[0] not in ITEM_LABELS and headed[0] not in _OPEN_HEADINGS
    sided = scores["party"] < 0 and is_duty_list(part.clause)
    raised = {
        label: score
        + _TOLD * (label in told)
        + _HEADED * (label in headed)
        + _PATH * (label == part.path)
        + _SIDED * (sided and label == "roles")
        - _ELSEWHERE * (elsewhere and label in ITEM_LABELS)
        - _RIVAL * (led not in ("", label) and label in ITEM_LABELS)
        for label, score in scores.items()
    }
    raised["background"] += _TOLD * (is_past(part.clause.text) or is_own_fact(part.clause.text))
    spirit = dict.fromkeys(_SPIRITED, _UNTOLD) if is_good_will(part.clause.text) else {}
    return raised | ({led: max(raised[led], _LED)} if led else {}) | spirit


def _labels(raised: Scores) -> frozenset[str]:
    best = max(raised[label] for label in LABELS)
    return frozenset(
        label for label, score in raised.items() if score > 0 and (score > best - _MAIN or label not in ITEM_LABELS)
    )
