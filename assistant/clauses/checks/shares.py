"""Shares of one cost that do not make the whole, and halves beside different amounts (COST_RATIO)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.clauses.amounts import Share, number, plain, shares
from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.money import moneys, paid_by, together, yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code, Finding

_HALF = Fraction(1, 2)
_SHORT = 40  # characters of a row
_NEAR = Fraction(1, 50)  # 33% + 33% + 33% is the whole, rounded


def check_ratios(paper: Paper) -> list[Finding]:
    """Shares that do not make 10割, or 折半, 2対1 beside amounts that stand otherwise."""
    found = []
    for i, clause in enumerate(paper.clauses):
        told = _shares(paper, i, clause) or _against(paper, i, clause)
        if told:
            found.append(finding(Code.COST_RATIO, clause, told=told))
    return found or _rows(paper)


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


def _against(paper: Paper, index: int, clause: Clause) -> str:
    """折半, 2対1 or two shares, with two amounts in the same sentence, or in the next, that stand otherwise."""
    known, even = patterns("costs"), plain(clause.text)
    words, larger = _told_ratio(clause, even)
    if not words or known["damage"].search(even) or known["correction"].search(even):
        return ""
    told = moneys(paper)
    here = paid_by([m for m in told if m.clause == index])
    after = paid_by([m for m in told if m.clause == index + 1]) if not here else []
    if after and not together(clause, paper.clauses[index + 1]):
        after = []
    pair = [m.yen for m in here or after]
    if not pair or abs(Fraction(max(pair), sum(pair)) - larger) <= (_NEAR if larger != _HALF else 0):
        return ""
    return f"「{words}」とあるのに{yen(pair[0])}と{yen(pair[1])}"


def _told_ratio(clause: Clause, even: str) -> tuple[str, Fraction]:
    """The words that say how the cost is divided in two, and the larger of the two parts; ("", 0) where none do."""
    known = patterns("costs")
    if word := known["halves_here"].search(even):
        return word.group(), _HALF
    if (ratio := known["ratio"].search(even)) and known["money"].search(f"{clause.heading} {even}"):
        pair = [number(ratio[name]) for name in ("a", "b") if ratio[name]] or [
            number(n) for n in (ratio["c"], ratio["d"])
        ]
        return ratio.group(), Fraction(max(pair), sum(pair))
    of_cost = [share for share in shares(clause.text) if not _other(even, share)]
    if len(of_cost) == 2 and _whole([s.part for s in of_cost]) and _sided(even, of_cost):
        words = "、".join(clause.text[share.start : share.end] for share in of_cost)
        return words, max(share.part for share in of_cost)
    return "", Fraction(0)


def _rows(paper: Paper) -> list[Finding]:
    """Rows with one share each, the city's among them, under words on the cost."""
    found: list[Finding] = []
    run: list[tuple[str, Share]] = []
    for i, clause in enumerate(paper.clauses):
        row = _row(paper, clause)
        if run and not (row and together(paper.clauses[i - 1], clause)):
            found += _run(paper, i - len(run), run)
            run = []
        run = [*run, row] if row else []
    return found + _run(paper, len(paper.clauses) - len(run), run)


def _row(paper: Paper, clause: Clause) -> tuple[str, Share] | None:
    """What stands before the only share of a line, and the share."""
    start = paper.text.rfind("\n", 0, clause.start) + 1
    line = plain(paper.text[start : clause.end])
    told = shares(line)
    if len(told) != 1 or "。" in line or len(line) > _SHORT or _other(line, told[0]):
        return None
    return line[: told[0].start], told[0]


def _run(paper: Paper, first: int, run: Sequence[tuple[str, Share]]) -> list[Finding]:
    known = patterns("costs")
    cities = [bool(known["city"].search(name)) for name, _ in run]
    if len(run) < 2 or len(set(cities)) < 2 or _whole([share.part for _, share in run]):
        return []
    above = paper.clauses[max(0, first - 1)]
    intro = f"{paper.clauses[first].article} {paper.clauses[first].heading} {above.text if first else ''}"
    rows = paper.clauses[first : first + len(run)]
    start = paper.text.rfind("\n", 0, rows[0].start) + 1
    below = paper.clauses[first + len(run) : first + len(run) + 1]  # 残りは協賛金
    text = plain(paper.text[start : below[0].end if below and together(rows[-1], below[0]) else rows[-1].end])
    if not known["money"].search(intro + text) or known["remainder"].search(text) or known["use_row"].search(text):
        return []
    told = f"合計が{_tenths(sum((share.part for _, share in run), Fraction(0)))}"
    return [finding(Code.COST_RATIO, place(paper, start, rows[-1].end), told=told)]
