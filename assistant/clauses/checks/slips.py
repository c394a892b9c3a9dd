"""Amounts of one cost that differ by a slip of the pen: figures changed round (84,000円 and 48,000円), a nought too many."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.clauses.amounts import plain
from assistant.clauses.checks.money import Money, moneys, paid_by
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Paper

_SHORTEST = 3  # characters of the name of a row that says what it is


def slipped(paper: Paper) -> Iterator[tuple[str, int, Money]]:
    """(name of the cost, amount, other amount): both name the whole cost, or one names the row of the other."""
    told = [money for money in moneys(paper) if money.role != "none"]
    known = {money.yen for money in told}
    for _, same in itertools.groupby(sorted(told, key=_digits), key=_digits):
        for a, b in itertools.combinations(sorted(same, key=lambda m: m.start), 2):
            label = _one_cost(paper, a, b) if a.yen != b.yen and a.clause != b.clause else ""
            if label and abs(a.yen - b.yen) not in known and len(_digits(a)) > 1:
                yield label, a.yen, b


def _digits(money: Money) -> str:
    return "".join(sorted(str(money.yen).replace("0", "")))


def _one_cost(paper: Paper, a: Money, b: Money) -> str:
    besides = patterns("costs")["besides"]
    if any(besides.search(paper.clauses[m.clause].text) for m in (a, b)):
        return ""
    if _is_whole(a) and _is_whole(b):
        return "事業の費用"
    if _is_citys(a) and _is_citys(b):
        return "市の負担"
    return next((row for x, y in ((a, b), (b, a)) if (row := _row(paper, x)) and _names(paper, y, row)), "")


def _is_whole(money: Money) -> bool:
    known = patterns("costs")
    named = known["label"].search(money.before)
    if named:
        return not known["own_part"].search(named["label"]) and not known["part_of"].match(money.after)
    return money.role == "total" or bool(known["entrusted"].match(money.after))


def _is_citys(money: Money) -> bool:
    """Is it all that the city pays, and no single use, year or instalment of it?"""
    known = patterns("costs")
    near = money.phrase + re.split("[、。]", money.after)[0]
    return money.role == "city" and not any(known[name].search(near) for name in ("use", "per_year", "instalment"))


def _row(paper: Paper, money: Money) -> str:
    """The name of the row that the amount stands in, "" if it stands in a sentence."""
    name = re.sub(r"^[\s0-9.、()（）・|│①-⑳ア-オ]+|[\s:：|│…=＝]+$", "", money.before)
    prose = "。" in paper.clauses[money.clause].text or re.search("[、。はがを]", name)
    return "" if prose or len(name) < _SHORTEST else name


def _names(paper: Paper, money: Money, row: str) -> bool:
    sentence = plain(paper.clauses[money.clause].text)
    return "。" in sentence and row in money.before


def unlike_lists(paper: Paper) -> Iterator[tuple[str, int, Money]]:
    """Two lists of who pays what, of which one payer's amount is the same and the other's is not."""
    groups = itertools.groupby(moneys(paper), lambda money: money.clause)
    lists = [pair for i, group in groups if (pair := paid_by(list(group))) and not _of_one_use(paper, i)]
    if len(lists) != 2:
        return
    first, second = (sorted(pair, key=lambda m: m.role) for pair in lists)
    unlike = [(a, b) for a, b in zip(first, second, strict=True) if a.yen != b.yen]
    if len(unlike) == 1:
        yield ("市の負担" if unlike[0][1].role == "city" else "相手方の負担"), unlike[0][0].yen, unlike[0][1]


def _of_one_use(paper: Paper, index: int) -> bool:
    """Does the list speak of one use, one year or one time only?"""
    known, clause = patterns("costs"), paper.clauses[index]
    text = known["whole_words"].sub("", plain(f"{clause.heading} {clause.text}"))
    return any(known[name].search(text) for name in ("use", "per_year", "earlier", "correction"))
