"""The second voice beside the rules: clauses that the classifier takes for a finding, fitted to examples in other words.

A rule says why, so it comes first; the classifier only adds codes that no rule has found (examples/findings.tsv).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from assistant.clauses.checks.exclusions import is_denial
from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.statements import Statement, even
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code, Finding

_BRIEFS_ONLY = (Code.INVENT_REQUEST,)
_EXCLUSIONS = (Code.S5_1, Code.S5_2, Code.S5_3, Code.S5_4)
_NONE = -9.0
_DENIED = (Code.S5_1, Code.S5_3, Code.S5_4)  # a doctrine may well be negative: 「増税は認めない」


def check_learned(paper: Paper, found: Sequence[Finding]) -> list[Finding]:
    """One finding a code that is not among `found`, at the clause with the highest score, if that is high enough.

    What a rule has told of §5 at a clause stands there alone: faith may sound like gain (「信徒を増やす」).
    """
    known = {finding.code for finding in found}
    excluded = [finding.quote for finding in found if finding.code in _EXCLUSIONS]
    told = []
    for code, least in _least().items():
        if code in known or not paper.clauses or (code in _BRIEFS_ONLY and paper.kind != "brief"):
            continue
        best = max(paper.clauses, key=lambda clause: _voiced(clause, code))  # the first of the highest
        if code in _EXCLUSIONS and any(quote in best.text or best.text in quote for quote in excluded):
            continue
        if _voiced(best, code) >= least:
            told.append(finding(code, _statement(best)))
    return told


def is_possible(paper: Paper, finding: Finding) -> bool:
    """Does the classifier leave room for a rule's finding? What is said to be absent must not even be near, and what is
    said to be there must not be ruled out in every clause. True where the classifier has no say."""
    told = _told()
    absent = told["lacks"].get(finding.code.value, ())
    if any(c.scores.get(label, -9.0) > told["near"]["score"] for c in paper.clauses for label in absent):
        return False
    plain = told["plain"].get(finding.code.value)
    if plain and re.search(plain, finding.quote):
        return True
    least = told["possible"].get(finding.code.value)
    scored = [c for c in paper.clauses if c.scores]
    return least is None or not scored or max(_score(c, finding.code) for c in scored) >= least


def _voiced(clause: Clause, code: Code) -> float:
    """The score, if the clause does not deny what the code is about, less that of the label that says the opposite."""
    if code in _DENIED and is_denial(even(clause.text)):
        return _NONE
    against = _told()["against"].get(code.value)
    return _score(clause, code) - max(0.0, clause.scores.get(against, 0.0) if against else 0.0)


def _score(clause: Clause, code: Code) -> float:
    return clause.scores.get(code.value, _NONE)


def _statement(clause: Clause) -> Statement:
    return Statement(clause.text, clause.start, even(clause.text), even(clause.heading), clause.labels, 0)


def _least() -> dict[Code, float]:
    return {Code(name): float(score) for name, score in _told()["found"].items()}


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant.clauses.checks").joinpath("learned.toml").read_text("utf-8"))
