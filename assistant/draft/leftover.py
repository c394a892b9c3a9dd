"""Facts that found no place: nothing the brief tells of this project may be lost.

An amount whose bearer is open stands with its item, which stays missing; other figures and names go to the section of
further terms. Others' affairs, earlier years, hearsay and requests to the writer stay out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.clauses.amounts import amounts, plain
from assistant.clauses.checks.exclusions import is_denial
from assistant.clauses.classifier import ITEM_LABELS, LABELS
from assistant.clauses.contents import is_blank, is_told, is_withheld
from assistant.clauses.cues import heading_labels
from assistant.clauses.features import marks
from assistant.clauses.ours import is_ours
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.party_words import party_words
from assistant.draft.words import group
from assistant.drafts import Given
from assistant.text import compact

_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s?[^\s0-9０-９、。「」（）()]?")
_IN_KANJI = re.compile(
    r"[一二三四五六七八九十百千]+(?:円|名|回|度(?!も)|年|軒|本|枚|か所|組|日|月|種|団体|割|台|冊|戸|世帯|時間?|週間?)"
)
_WORDS = re.compile(r"[ぁ-ヿ一-龠]{4}")
_NUMBERED = re.compile(r"\s*(?:[(（][0-9０-９一二三四五六七八九十]{1,2}[)）]|[0-9０-９]{1,2}[.．、)）]|[①-⑳]|[・-])\s*")
_ASKS = re.compile("(?:ください|下さい|お願い|こと|メモ|案|素案|たたき台)[。]?$")
_NEAR = -2.6  # the score from which a statement may go on with an item
_HEADED = -2.0  # and under the item's heading tell it where nothing else does
_NEVER = -9.0
_NAME = re.compile(r"[「『]([^「」『』]{2,30})[」』]")


def partial(clause: Clause) -> str:
    """The item of which a clause tells a part, an amount without its bearer; "" if it does not."""
    label = next((label for label in ITEM_LABELS if label in clause.labels), "")
    open_ = label and not is_told(clause, label) and not is_blank(clause)
    return label if open_ and amounts(clause.text) and is_ours(clause) else ""


def continued(paper: Paper, found: Mapping[str, Sequence[Given]]) -> list[tuple[str, Clause]]:
    """(item, clause) of the statements that tell nothing by themselves, and go on with what is told: in a list under the
    item's heading, or right behind a statement of the item."""
    told: list[tuple[str, Clause]] = []
    before = ""
    for clause in paper.clauses:
        keys = [key for key in ITEM_LABELS if any(clause.start <= v.start < clause.end for v in found.get(key, ()))]
        if not keys and _may_go_on(clause):
            key = _goes_on_with(clause, before)
            keys = [key] if found.get(key) or (key and clause.scores.get(key, _NEVER) > _HEADED) else []
            told += [(key, clause) for key in keys]
        before = keys[0] if keys else ""
    return told


def _may_go_on(clause: Clause) -> bool:
    words = _WORDS.search(clause.text) and clause.part == "body"
    return bool(words) and not clause.labels & set(LABELS) and is_ours(clause) and not is_withheld(clause)


def _goes_on_with(clause: Clause, before: str) -> str:
    """The item of the heading, of the statement before, or the way of working for what is done again and again."""
    headed = heading_labels(clause.heading)[:1]
    if headed:  # 「お金：それぞれ持ち出し」
        return headed[0] if headed[0] in (*ITEM_LABELS, "period") else ""
    likely = max(LABELS, key=lambda label: clause.scores.get(label, _NEVER))
    near = clause.scores.get(likely, _NEVER) > _NEAR and likely in ITEM_LABELS
    if near and before in (likely, "method"):
        return before
    return "method" if near and "#rhythm" in marks(clause.text) else ""


def leftover(paper: Paper, found: Mapping[str, Sequence[Given]]) -> list[Clause]:
    """Clauses with a figure or a quoted name that no value has, and those that say what the project is not."""
    told = compact("\n".join(value.text for values in found.values() for value in values))
    return [c for c in paper.clauses if is_ours(c) and (_lacks(c, told) or _is_point(paper, c, told))]


def _is_point(paper: Paper, clause: Clause, told: str) -> bool:
    """A point of a list of terms that tells no item: 「(8) 苦情は区の係長が最初に聞く」."""
    line = paper.text[paper.text.rfind("\n", 0, clause.start) + 1 : clause.start]
    listed = _NUMBERED.fullmatch(line) and _may_go_on(clause) and not clause.heading
    named = [compact(m[1]) for m in _NAME.finditer(clause.text)]
    there = compact(clause.text.rstrip("。")) in told or (named and all(name in told for name in named))
    return bool(listed) and not _ASKS.search(clause.text) and not there


def _lacks(clause: Clause, told: str) -> bool:
    if _denies(clause):
        return compact(clause.text) not in told
    if clause.labels & {"request", "deferred"} or is_blank(clause):
        return False
    facts = [m.group() for m in _FIGURE.finditer(clause.text)]
    if not clause.labels & {"period"}:  # its figures are dates that the period has in other words
        facts += [m[1] for m in _NAME.finditer(clause.text)]
    if not clause.labels & {"party", "background"} and not party_words()["subject"].search(clause.text):
        facts += [m.group() for m in _IN_KANJI.finditer(clause.text)]
    return any(compact(fact) not in told for fact in facts)


def _denies(clause: Clause) -> bool:
    """Does a statement only say that the project has nothing to do with faith, parties or gain?"""
    denied = re.search(group("denied")["pattern"], clause.text) and is_denial(plain(clause.text))
    return bool(denied) and not clause.labels & (set(LABELS) - {"deferred", "effort"})
