"""Shares of one cost that do not make the whole, and halves beside different amounts (COST_RATIO)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.clauses.amounts import Share, plain, shares
from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.money import Money, moneys, yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code, Finding

_NEAR = Fraction(1, 50)  # 33% + 33% + 33% is the whole, rounded


def check_ratios(paper: Paper) -> list[Finding]:
    """Shares that do not make 10割, or 折半 beside amounts that differ."""
    found = []
    for i, clause in enumerate(paper.clauses):
        told = _shares(paper, i, clause) or _halves(paper, i, clause)
        if told:
            found.append(finding(Code.COST_RATIO, clause, told=told))
    return found


def _shares(paper: Paper, index: int, clause: Clause) -> str:
    known, even = patterns("costs"), plain(clause.text)
    if not known["money"].search(f"{clause.heading} {even}") or known["correction"].search(even):
        return ""
    of_cost = [share for share in shares(clause.text) if not _other(even, share)]
    if len(of_cost) < 2 or _whole([share.part for share in of_cost]) or known["remainder"].search(even):
        return ""
    between = [even[a.end : b.start] for a, b in itertools.pairwise(of_cost)]
    uses = [text for text in between if known["use"].search(text)]
    if uses or any(not 0 < share.part < 1 for share in of_cost) or not _sided(even, of_cost):
        return ""
    told = "＋".join(clause.text[share.start : share.end] for share in of_cost)
    total = sum((share.part for share in of_cost), Fraction(0))
    return f"{told}＝{_tenths(total)}"


def _other(even: str, share: Share) -> bool:
    known = patterns("costs")
    before = re.split("[、。]", even[: share.start])[-1]
    return bool(known["other_share"].search(before) or known["other_share_after"].match(even[share.end :]))


def _whole(parts: Sequence[Fraction]) -> bool:
    """Can the shares be cut into runs of which each makes the whole? Also a single run among others that are no shares."""
    done = {0}
    for end in range(1, len(parts) + 1):
        if any(start in done and abs(sum(parts[start:end], Fraction(0)) - 1) <= _NEAR for start in range(end)):
            done.add(end)
    return len(parts) in done


def _sided(even: str, of_cost: Sequence[Share]) -> bool:
    """Is there the city on one side and somebody else on the other?"""
    city = patterns("costs")["city"]
    starts = [0, *(share.end for share in of_cost)]
    phrases = [
        re.split("[、。]", even[a : share.start].rstrip("、。"))[-1] for a, share in zip(starts, of_cost, strict=False)
    ]
    after = [re.split("[、。]", even[share.end :])[0] for share in of_cost]
    sides = [bool(city.search(phrase)) for phrase in phrases]
    behind = [bool(city.search(text[:12])) for text in after]
    return len(set(sides)) == 2 or len(set(behind)) == 2


def _tenths(total: Fraction) -> str:
    return f"{float(total * 10):g}割"


def _halves(paper: Paper, index: int, clause: Clause) -> str:
    """折半 with two different amounts in the same sentence, or in the next that tells who pays what."""
    known, even = patterns("costs"), plain(clause.text)
    word = known["halves_here"].search(even)
    if not word or known["damage"].search(even) or known["correction"].search(even):
        return ""
    told = moneys(paper)
    here = _payers([m for m in told if m.clause == index])
    after = _payers([m for m in told if m.clause == index + 1]) if not here else []
    if after and paper.clauses[index + 1].article != clause.article:
        after = []
    pair = here or after
    if len(pair) != 2 or pair[0].yen == pair[1].yen:
        return ""
    return f"「{word.group()}」とあるのに{yen(pair[0].yen)}と{yen(pair[1].yen)}"


def _payers(group: Sequence[Money]) -> list[Money]:
    """Two amounts, one of the city and one of somebody else; [] where it is not so clear."""
    parts = [m for m in group if m.role in ("city", "other", "use")]
    return parts if len(parts) == 2 and {m.role for m in parts} == {"city", "other"} else []
