"""§15: do both sides evaluate the project together, and is the result published?

An evaluation may stand anywhere and in any words (振り返り, 採点, 良し悪しを言い合い); who evaluates is read over all its
sentences, so that a second paragraph 「乙も甲を評価する」 counts. Silence is a finding only of a contract.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.senses import sense
from assistant.clauses.checks.statements import Statement, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding


def check_evaluation(paper: Paper) -> list[Finding]:
    """Findings on who evaluates, then on publication; at most one for each code."""
    told = [s for s in statements(paper) if not _refused(s)]
    about = [s for s in told if _evaluates(s)]
    if not about:
        return [finding(Code.S15_NO_EVALUATION)] if paper.kind == "contract" else []
    one = _one_sided(about)
    hidden = _hidden(told, about)
    found = [finding(Code.S15_ONE_SIDED, one)] if one else []
    if hidden:
        found.append(finding(Code.S15_NOT_PUBLISHED, hidden))
    elif paper.kind == "contract" and not _published(told, about):
        found.append(finding(Code.S15_NOT_PUBLISHED, about[0]))
    return found


def _evaluates(at: Statement) -> bool:
    """Does the sentence, or the classifier's reading of it, tell an evaluation of the project?"""
    if _means("one_sided", at) or _means("mutual", at):
        return True
    if _has("other_evaluation", at.even) and not _has("each_other", at.even):
        return False
    return _has("evaluates", at.headed) or "evaluation" in at.labels


def _one_sided(about: Sequence[Statement]) -> Statement | None:
    """The sentence by which one party alone evaluates; None where any sentence lets both."""
    refused = next((s for s in about if _has("refuses", s.even) or _means("refused", s)), None)
    if refused:
        return refused
    if any(_has("mutual", s.even) or _means("mutual", s) or _has("not_alone", s.even) for s in about):
        return None
    alone = [s for s in about if _alone(s)]
    by = {m[1] for s in alone if (m := patterns("evaluation")["evaluator"].match(s.even))}
    return alone[0] if alone and len(by) < 2 else None


def _alone(at: Statement) -> bool:
    if sense("evaluation", "mutual").shut_out(at.even):
        return False
    return (_has("one_evaluates", at.even) and not _has("outsider", at.even)) or _means("one_sided", at)


def _hidden(told: Sequence[Statement], about: Sequence[Statement]) -> Statement | None:
    """The sentence that keeps the result from the public: of the evaluation, or behind it under its heading."""
    for s in _around(told, about):
        shut = patterns("openness")["shuts"].search(s.even) or _has("kept_inside", s.even)
        if shut and _has("about_result", s.even) and not _has("part_only", s.even) and not _has("not_hidden", s.even):
            return s
        if _means("hidden", s):
            return s
    return None


def _published(told: Sequence[Statement], about: Sequence[Statement]) -> bool:
    """Is the result disclosed: in the evaluation's sentences, under its heading, by name elsewhere, or with everything?"""
    opens = patterns("openness")["open_verb"]
    if any(_has("spreads", s.even) for s in _around(told, about)):
        return True
    if any(opens.search(s.even) for s in _around(told, about)):
        return True
    return any(_has("everything_open", s.even) or (opens.search(s.even) and "評価" in s.even) for s in told)


def _around(told: Sequence[Statement], about: Sequence[Statement]) -> list[Statement]:
    """The sentences of the evaluation and, for each, up to three behind it in its block or the next."""
    near = {s.start: s for s in about}
    starts = set(near)
    for i, s in enumerate(told):
        if s.start in starts:
            near |= {t.start: t for t in told[i + 1 : i + 4] if t.block == s.block or _refers_back(t)}
    return [near[start] for start in sorted(near)]


def _means(name: str, at: Statement) -> bool:
    return sense("evaluation", name).told(at.even)


def _refers_back(at: Statement) -> bool:
    return at.even.startswith(("前項", "前条", "この結果", "その結果", "評価", "結果"))


def _refused(at: Statement) -> bool:
    known = patterns("common")
    return bool(known["unwanted"].search(at.even) or known["earlier"].search(at.even))


def _has(name: str, text: str) -> bool:
    return bool(patterns("evaluation")[name].search(text))
