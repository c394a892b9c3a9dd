"""The amounts of a paper with what each of them is: a total, a part somebody pays, a part for a use, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.clauses.amounts import plain
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.units import Unit, told_amounts, units
from assistant.clauses.paper import Clause, Paper

Role = Literal["total", "weak", "city", "other", "use", "none"]
_ROLES: tuple[tuple[str, Role], ...] = (("income", "other"), ("city", "city"), ("use", "use"))  # the first that fits


@dataclass(frozen=True)
class Money:
    """One amount: its place in the paper, the words before it (from the last amount or the head of its line) and after
    it (to the next amount or the end of its clause), with half-width digits."""

    yen: int
    start: int
    end: int
    before: str
    after: str
    clause: int
    role: Role = "none"

    @property
    def phrase(self) -> str:
        """The words before it since the last comma or sign."""
        return re.split(r"[、。；;，＋+・]|(?<=[0-9円])\s+", self.before)[-1]


def yen(amount: int) -> str:
    """1234000 → 1,234,000円."""
    return f"{amount:,}円"


def article_root(article: str) -> str:
    """第5条第2項 → 第5条."""
    return re.split(r"(?<=条)(?!の)", article)[0]


def together(above: Clause, below: Clause) -> bool:
    """Are two clauses of one article, or rows that each have a heading of their own?"""
    return above.article == below.article or (above.article == above.heading and below.article == below.heading)


@lru_cache(maxsize=4)  # three checks read the same paper
def moneys(paper: Paper) -> tuple[Money, ...]:
    """All amounts of the clauses of `paper`, in their order."""
    even, told = plain(paper.text), units(paper.text)
    return tuple(money for i, clause in enumerate(paper.clauses) for money in _of(even, i, clause, told))


def _of(even: str, index: int, clause: Clause, declared: Sequence[Unit]) -> list[Money]:
    found = told_amounts(even, clause.start, clause.end, declared)
    if not found:
        return []
    head = max(even.rfind(sign, 0, clause.start) for sign in "\n。") + 1
    starts = [head, *(clause.start + amount.end for amount in found)]
    stops = [*(clause.start + amount.start for amount in found[1:]), clause.end]
    known, sentence = patterns("costs"), even[clause.start : clause.end]
    aside = known["earlier"].search(sentence) or known["correction"].search(sentence)
    told = []
    for amount, start, stop in zip(found, starts, stops, strict=False):
        place = clause.start + amount.start, clause.start + amount.end
        lead = _heading_before(even, start, clause) if start == head else ""
        money = Money(amount.yen, *place, lead + even[start : place[0]], even[place[1] : stop], index)
        told.append(replace(money, role="none" if aside else _role(money)))
    return told


def _heading_before(even: str, head: int, clause: Clause) -> str:
    """The clause's heading where it is the sentence in front of it (「第四に委託料。金90万円…」), "" otherwise."""
    heading = plain(clause.heading)
    return f"{heading} " if heading and even[:head].endswith(f"{heading}。") else ""


def _role(money: Money) -> Role:
    known = patterns("costs")
    if _no_part(money):
        return "none"
    if known["total_before"].search(money.before) or known["total_after"].match(money.after):
        return "total"
    for name, role in _ROLES:
        if known[name].search(money.phrase):
            return role
    payer = re.split("[、。]", money.after)[0]
    if re.match(r"(?:を|は|について|の補助|が)", payer) and known["city"].search(payer):
        return "city"
    return "weak" if known["weak_before"].search(money.before) else "other"


def _no_part(money: Money) -> bool:
    known = patterns("costs")
    near = money.phrase
    return bool(
        known["unit"].search(near)
        or known["unit_after"].match(money.after)
        or known["tax"].search(near)
        or known["foreign"].search(near)
        or known["limit_after"].match(money.after)
        or known["instalment"].search(near)
    )


def paid_by(group: Sequence[Money]) -> list[Money]:
    """Two amounts, one of the city and one of somebody else; [] where it is not so clear."""
    parts = [m for m in group if m.role in ("city", "other", "use")]
    return parts if len(parts) == 2 and {m.role for m in parts} == {"city", "other"} else []
