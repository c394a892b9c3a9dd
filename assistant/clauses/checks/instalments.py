"""Instalments that do not make what is paid (COST_SUM): only where they say that they are all of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.clauses.amounts import number, plain
from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.money import Money, article_root, moneys, yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding


def instalment_findings(paper: Paper) -> list[Finding]:
    """One finding for each list of instalments with the amount that it divides, in the same article before it."""
    found = []
    for _, group in itertools.groupby(moneys(paper), lambda money: article_root(paper.clauses[money.clause].article)):
        told = list(group)
        paid = [money for money in told if _is_instalment(money)]
        whole = [money for money in told if _is_whole(money) and paid and money.start < paid[0].start]
        if len(paid) < 2 or len({m.clause for m in paid}) > 2 or len(whole) != 1 or not _complete(paper, paid):
            continue
        made, total = sum(m.yen for m in paid), whole[0]
        if (
            made not in (total.yen, round(total.yen * 1.1))
            and all(m.yen < total.yen for m in paid)
            and not _spare(told, total.yen - made)
        ):
            span = paper.clauses[total.clause].start, paper.clauses[paid[-1].clause].end
            values = {"sum": yen(made), "total": yen(total.yen), "difference": yen(abs(total.yen - made))}
            found.append(finding(Code.COST_SUM, place(paper, *span), "", **values))
    return found


def _is_instalment(money: Money) -> bool:
    known = patterns("costs")
    return bool(known["instalment"].search(money.phrase)) and not known["unit_after"].match(money.after)


def _is_whole(money: Money) -> bool:
    known = patterns("costs")
    if known["instalment"].search(money.phrase) or known["part_of_year"].search(money.before):
        return False
    return money.role in ("total", "weak") or bool(known["label"].search(money.before))


def _complete(paper: Paper, paid: Sequence[Money]) -> bool:
    """Is the number of times told and met, or is the last payment among them?"""
    known = patterns("costs")
    even = plain(paper.text[paper.clauses[paid[0].clause].start : paper.clauses[paid[-1].clause].end])
    if known["open_list"].search(even) or known["earlier"].search(even) or known["correction"].search(even):
        return False
    if times := known["times"].search(even):
        return number(times["count"]) == len(paid)
    return bool(known["last"].search(paid[-1].phrase))


def _spare(told: Sequence[Money], difference: int) -> bool:
    """Is the difference named, as tax or as another part?"""
    return any(money.yen == difference for money in told)
