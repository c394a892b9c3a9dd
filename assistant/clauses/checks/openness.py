"""§8(3) and §13: is the project's information disclosed, are secrets kept, and also after the end?

That nothing is said is a finding only of a contract, and only when no sentence says it, under whatever heading. A
disclosure of the evaluation alone is none of the project; an exception 「秘密を除き」 is no duty to keep secrets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import patterns, word
from assistant.clauses.checks.senses import sense
from assistant.clauses.checks.statements import Statement, even, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_NUMBER = re.compile("[0-9]+")
_EXCEPT_SECRETS = re.compile(
    r"[^、。]{0,14}(?:秘密|機密)[^、。]{0,22}(?:除[きいく]|以外|ほか|この限り|別と)[^、。]{0,4}、?"
)


def check_openness(paper: Paper) -> list[Finding]:
    """Findings on disclosure, then on secrecy; at most one for each code."""
    told = statements(paper)
    found = []
    shut = next((s for s in told if _shuts(s)), None)
    if shut:
        found.append(finding(Code.S8_3_NONDISCLOSURE, shut))
    elif paper.kind == "contract" and not any(_opens(s) for s in told):
        found.append(finding(Code.S8_3_NO_DISCLOSURE))
    if paper.kind == "contract" and not _kept(told):
        found.append(finding(Code.S13_NO_SECRET))
    ends = _ending(told) or _ended_elsewhere(paper, told)
    return [*found, finding(Code.S13_ENDS, ends)] if ends else found


def _opens(at: Statement) -> bool:
    """Does the sentence disclose information of the project, not of the evaluation alone?"""
    if "disclosure" in at.labels and not _means("shuts", at):
        return True
    if not _has("opens", at.even) and not _means("opens", at):
        return False
    return not _has("only_evaluation", at.headed) or _has("project_info", at.even)


def _shuts(at: Statement) -> bool:
    """Does it say that the project's information is not disclosed, without narrowing this to secrets?"""
    text = at.even
    about_evaluation = _has("only_evaluation", at.headed) or "evaluation" in at.labels
    if _means("shuts", at) and not _refused(at) and not about_evaluation:
        return not _has("narrowed", text) or _has("secret_or_not", text)
    if not _has("shut_all", text) or _has("also_opens", text) or _refused(at):
        return False
    if _has("only_evaluation", at.headed) and not _has("project_info", text):
        return False
    return not _has("narrowed", text) or _has("secret_or_not", text)


def _keeps(at: Statement) -> bool:
    """Does it oblige somebody to keep secrets? What a leak costs, and secrets as an exception, do not."""
    rest = _EXCEPT_SECRETS.sub("", at.even)
    if _has("keeps_secret", rest):
        return not _has("damage", rest) or "ならない" in rest
    told = "secrecy" in at.labels or sense("openness", "keeps").told(rest)
    return told and not _has("damage", rest)


def _kept(told: Sequence[Statement]) -> bool:
    """Is a secret kept by a sentence, or by two that follow each other (a question and its answer)?"""
    keeps = sense("openness", "keeps")
    return any(_keeps(s) for s in told) or any(
        _has("secret_topic", a.even) and a.even.endswith(("は。", "は", "か。", "？")) and keeps.told(a.even + b.even)
        for a, b in pairwise(told)
    )


def _ended_elsewhere(paper: Paper, told: Sequence[Statement]) -> Statement | None:
    """The sentence that frees from the duty of an article on secrets, naming it by its number."""
    about = {
        number[0]
        for clause in paper.clauses
        if _has("secret_topic", even(clause.heading + clause.text)) and (number := _NUMBER.search(even(clause.article)))
    }
    refers = word("openness", "refers")
    return next(
        (s for s in told if _means("freed", s) and any(m["number"] in about for m in refers.finditer(s.even))), None
    )


def _ending(told: Sequence[Statement]) -> Statement | None:
    """The sentence by which secrecy ends with the contract; None where any sentence on secrets lets it last."""
    about = [(i, s) for i, s in enumerate(told) if _has("secret_topic", s.headed) and not _refused(s)]
    near = [told[j] for i, s in about for j in (i, i + 1) if j < len(told) and told[j].block == s.block]
    behind = [told[i + 1] for i, s in about if i + 1 < len(told) and told[i + 1].block == s.block]
    ended = next((s for s in near if _ends(s)), None) or next((s for s in behind if _means("freed", s)), None)
    if ended:
        return ended
    if any(_has("survives", s.even) for s in near):
        return None
    return next((s for _, s in about if _keeps(s) and _has("within", s.even)), None)


def _ends(at: Statement) -> bool:
    if _has("survives", at.even):
        return False
    return _has("ends_with", at.even) or _means("ends", at)


def _means(name: str, at: Statement) -> bool:
    return sense("openness", name).told(at.even)


def _refused(at: Statement) -> bool:
    known = patterns("common")
    return bool(known["unwanted"].search(at.even) or known["earlier"].search(at.even))


def _has(name: str, text: str) -> bool:
    return bool(patterns("openness")[name].search(text))
