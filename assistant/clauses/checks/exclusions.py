"""§5: may the project be religious, political, for a candidate, or mainly for profit? Said as a fear, never as a verdict.

What counts is what the project is for and does. A company, a fee, a festival, a temple as a venue or a lesson on
elections is none of it, and neither is a sentence that shuts such a thing out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.senses import sense
from assistant.clauses.checks.statements import Statement, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

# A clause of the sentence ends where its verb is left open: 「…を広め、」 「…ですが、」; an enumeration 「布教、勧誘、」 does not.
_OPEN = re.compile(r"(?<!た)(?<=[しりきぎいえけせてでめれべみびちが])、|(?:ます|です)[がし]、?|ので|けれど|ものの")
_NO = re.compile(
    r"ない|ません|なく(?![すしな])|ず(?:に|、|$)|ぬ(?:。|$)|ねえ|禁(?:止|じ)|控え|除[くきい]|含ま(?:ず|れ)|避け|お断り"
)


def check_exclusions(paper: Paper) -> list[Finding]:
    """At most one finding for each of §5's four numbers, at the first sentence that tells it."""
    told = _outside_shut_lists(statements(paper))
    found = []
    for code, rule in ((Code.S5_1, _faith), (Code.S5_2, _doctrine), (Code.S5_3, _runner), (Code.S5_4, _profit)):
        at = next((s for s in told if rule(s)), None)
        if at:
            found.append(finding(code, at))
    return found


def is_denial(even: str) -> bool:
    """Does a sentence say that it is not so (「どの党も応援しません」), or keep to all sides alike?"""
    known = patterns("exclusions")
    return bool(known["denial"].search(even) or known["neutral"].search(even))


def _outside_shut_lists(told: Sequence[Statement]) -> list[Statement]:
    """The sentences without the items of a list 「次に掲げる活動を行わない。(1) …」."""
    known, kept, shut = patterns("exclusions"), [], False
    for s in told:
        shut = bool(known["shut_list"].search(s.even)) or (shut and bool(known["list_item"].search(s.even)))
        if not shut:
            kept.append(s)
    return kept


def _faith(at: Statement) -> bool:
    if sense("exclusions", "faith").shut_out(at.even):
        return False
    return _told(at, "faith_act") or _told(at, "faith_rite") or _means(at, "faith")


def _doctrine(at: Statement) -> bool:
    if patterns("exclusions")["neutral"].search(at.even):
        return False
    return _told(at, "doctrine_act", inside=False) or _means(at, "doctrine")


def _runner(at: Statement) -> bool:
    if patterns("exclusions")["neutral"].search(at.even) or sense("exclusions", "runner").shut_out(at.even):
        return False
    return _told(at, "runner_act") or _means(at, "runner")


def _profit(at: Statement) -> bool:
    """One's own gain as what the project is for: the sentence or its heading must say so."""
    known = patterns("exclusions")
    if known["shared_gain"].search(at.even):
        return False
    return (bool(known["aim"].search(at.headed)) and _told(at, "profit_act")) or _means(at, "profit")


def _told(at: Statement, name: str, *, inside: bool = True) -> bool:
    """Does the sentence tell it without denying it? `inside`: a negation within the wording itself denies it too
    (not of a political aim: 「参政権を与えないよう求める」)."""
    found = patterns("exclusions")[name].finditer(at.even)
    return any(not _denied(at.even, m.start() if inside else m.end(), m.end()) for m in found)


def _means(at: Statement, name: str) -> bool:
    """Do its words tell it together, and is it not denied behind them?"""
    return any(not _denied(at.even, end, end) for _, end in sense("exclusions", name).spans(at.even))


def _denied(text: str, start: int, end: int) -> bool:
    """Is there a negation from `start` to where the clause that holds `end` closes, or is it shut out behind?"""
    cut = _OPEN.search(text, end)
    clause = text[start : cut.end()] if cut else text[start:]
    return bool(_NO.search(clause) or patterns("common")["excluded"].search(text, start))
