"""§8(1), (4), (5) and §11: is one side alone burdened, led by the hand, or kept from projects of its own?

Structure decides: who – does what – under which condition. A duty of both sides, a right that both have, an exception
for the other's fault, and a sentence that forbids the very thing are not findings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.senses import sense
from assistant.clauses.checks.statements import Statement, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_Rule = Callable[[Sequence[Statement], int], bool]


def check_fairness(paper: Paper) -> list[Finding]:
    """At most one finding for each code, at the first sentence that tells it."""
    told = statements(paper)
    rules: tuple[tuple[Code, _Rule], ...] = (
        (Code.S8_1_UNEQUAL, _unequal),
        (Code.S8_5_AUTONOMY, _led),
        (Code.S11_SELF_BAN, _banned),
    )
    found = []
    for code, rule in rules:
        at = next((s for i, s in enumerate(told) if rule(told, i) and not _elsewhere(s)), None)
        if at:
            found.append(finding(code, at))
    return found


def _elsewhere(at: Statement) -> bool:
    """Does the sentence speak of another contract, or shut the term out?"""
    return _has(at, "common", "earlier") or _has(at, "common", "unwanted")


def _unequal(told: Sequence[Statement], i: int) -> bool:
    at = told[i]
    if _burdened(told, i) or _ended(told, i) or _means(at, "unequal"):
        return True
    return _has(at, "fairness", "obeys") and not _has(at, "fairness", "obeys_denied") and not _shared(at)


def _burdened(told: Sequence[Statement], i: int) -> bool:
    """All liability on one side: the other is freed whatever happens, or even its own fault is shifted."""
    at = told[i]
    if _shared(at):
        return False
    if _has(at, "fairness", "all_on_one") and _has(at, "fairness", "whatever_cause"):
        return True
    if not _has(at, "fairness", "exempted") or _has(at, "fairness", "limited"):
        return False
    return not any(_has(s, "fairness", "except_fault") for s in _with_next(told, i))


def _ended(told: Sequence[Statement], i: int) -> bool:
    """Termination that only one side has, without a reason; or that one side is denied altogether."""
    at = told[i]
    if _shared(at):
        return False
    if _has(at, "fairness", "may_not_end") and not _has(at, "fairness", "end_conditions"):
        return True
    if not _has(at, "fairness", "ends_freely") or _has(at, "fairness", "end_denied"):
        return False
    return not any(_has(s, "fairness", "same_for_other") for s in _with_next(told, i))


def _led(told: Sequence[Statement], i: int) -> bool:
    """Approval or orders for every step of the work."""
    at = told[i]
    if _has(at, "fairness", "approval_denied"):
        return False
    if _has(at, "fairness", "own_judgement"):
        return not _shared(at)
    if _means(at, "led") and not _shared(at):
        return True
    ordinary = _has(at, "fairness", "ordinary_approval")
    return not ordinary and _has(at, "fairness", "step_approval") and _has(at, "fairness", "work")


def _banned(told: Sequence[Statement], i: int) -> bool:
    """Own projects forbidden whatever the circumstances; a ban under a condition (支障, 届出) is none."""
    at = told[i]
    if _means(at, "banned") or sense("fairness", "headed_ban").told(at.headed):
        return True
    if not _has(at, "fairness", "self_ban") or _has(at, "fairness", "ban_denied"):
        return False
    narrowed = _has(at, "fairness", "self_ban_condition") or sense("fairness", "banned").shut_out(at.even)
    return not narrowed or _has(at, "fairness", "whatever")


def _with_next(told: Sequence[Statement], i: int) -> list[Statement]:
    """The sentence and the one behind it under the same heading."""
    return [told[i], *(s for s in told[i + 1 : i + 2] if s.block == told[i].block)]


def _means(at: Statement, name: str) -> bool:
    return sense("fairness", name).told(at.even)


def _shared(at: Statement) -> bool:
    return _has(at, "fairness", "shared")


def _has(at: Statement, topic: str, name: str) -> bool:
    return bool(patterns(topic)[name].search(at.even))
