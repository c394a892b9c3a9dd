"""One and the same cost with two amounts in different places (AMOUNT_CONFLICT)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses.amounts import amounts, number, plain
from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.money import Money, article_root, moneys, yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.slips import slipped, unlike_lists
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_MANY = 8  # one name with more amounts than this is a list of prices
_SAME = {
    **dict.fromkeys(("委託料", "委託費", "委託金", "委託金額", "業務委託料"), "委託料"),
    **dict.fromkeys(("契約金額", "契約代金", "請負代金"), "契約金額"),
    **dict.fromkeys(("補助金", "補助金額", "助成金", "助成金額"), "補助金"),
    **dict.fromkeys(("負担金", "負担金額"), "負担金"),
    **dict.fromkeys(("総事業費", "事業費の総額", "事業費総額", "総経費", "経費の総額", "費用の総額"), "総事業費"),
}


@dataclass(frozen=True)
class _Cost:
    """An amount of a named cost; `whose` is empty where the words say no owner of their own."""

    label: str
    whose: str
    money: Money


def check_amounts(paper: Paper) -> list[Finding]:
    """A cost named twice with different amounts; an amount of a referred article that is not in that article."""
    pairs = [*_named(paper), *_referred(paper), *_restated(paper), *slipped(paper), *unlike_lists(paper)]
    found = []
    seen: set[frozenset[int]] = set()
    for label, first, second in pairs:
        if frozenset((first, second.yen)) in seen:
            continue
        seen.add(frozenset((first, second.yen)))
        clause = paper.clauses[second.clause]
        values = {"label": label, "first": yen(first), "second": yen(second.yen)}
        found.append(finding(Code.AMOUNT_CONFLICT, clause, "", **values))
    return found


def _named(paper: Paper) -> Iterator[tuple[str, int, Money]]:
    costs = {(cost.label, cost.whose, cost.money.yen): cost for cost in reversed(list(_costs(paper)))}
    ordered = sorted(costs.values(), key=lambda cost: (cost.label, cost.money.start))
    for _, group in itertools.groupby(ordered, lambda cost: cost.label):
        same = list(group)
        if len(same) <= _MANY:
            yield from _different(same)


def _different(costs: Sequence[_Cost]) -> Iterator[tuple[str, int, Money]]:
    for a, b in itertools.combinations(costs, 2):
        if a.money.yen == b.money.yen:
            continue
        same = a.whose.endswith(b.whose) or b.whose.endswith(a.whose)
        if not same or (a.label == "負担金" and bool(a.whose) != bool(b.whose)):
            continue
        yield a.label, a.money.yen, b.money


def _costs(paper: Paper) -> Iterator[_Cost]:
    known = patterns("costs")
    for money in moneys(paper):
        named = known["label"].search(money.before)
        if named and not known["part_owner"].match(named["whose"]) and not _aside(paper, money):
            whose = named["whose"].removesuffix("の")
            yield _Cost(
                _SAME.get(named["label"], named["label"]), "" if known["no_owner"].match(whose) else whose, money
            )


def _aside(paper: Paper, money: Money) -> bool:
    """Is the amount one of a year or an instalment, without tax, a part, corrected, or of another time or place?"""
    known, sentence = patterns("costs"), plain(paper.clauses[money.clause].text)
    near = re.split("[。]", money.before)[-1][-30:] + re.split("[、。]", money.after)[0][:20]
    if known["part_of"].match(money.after) or known["per_year"].search(near) or known["taxed"].search(near):
        return True
    if paper.clauses[money.clause].part == "attachment" or known["limit_after"].match(money.after):
        return True
    return any(known[name].search(sentence) for name in ("correction", "earlier", "foreign"))


def _referred(paper: Paper) -> Iterator[tuple[str, int, Money]]:
    """前条の委託料1,020,000円 where the article before names other amounts only."""
    known, told = patterns("costs"), moneys(paper)
    for money in told:
        refers = known["refers"].search(money.before)
        if not refers or _aside_part(money):
            continue
        article = _articles(paper, money.clause, refers["ref"])
        there = [m for m in told if m.clause in article]
        known_sums = {m.yen for m in there} | {a.yen + b.yen for a, b in itertools.combinations(there, 2)}
        if there and money.yen not in known_sums and not _instalments(money, there):
            yield refers["cost"] or "その費用", _likely(there, money), money


def _aside_part(money: Money) -> bool:
    known = patterns("costs")
    tail = money.before[-24:]
    return bool(
        known["part_of"].match(money.after)
        or re.search("うち|年度ごと|内訳|税", tail)
        or known["taxed"].search(money.after[:12])
        or re.match("ずつ", money.after)
    )


def _instalments(money: Money, there: Sequence[Money]) -> bool:
    """Is the amount a fraction of one that is named there?"""
    return any(m.yen > money.yen and m.yen % money.yen == 0 and m.yen // money.yen <= 60 for m in there)


def _likely(there: Sequence[Money], money: Money) -> int:
    """The amount that was probably meant: of the same payer, else the nearest."""
    return min((m.yen for m in there), key=lambda amount: abs(amount - money.yen))


def _articles(paper: Paper, index: int, reference: str) -> set[int]:
    """Indices of the clauses of the article or paragraph that is referred to."""
    order: list[str] = list(dict.fromkeys(c.article for c in paper.clauses if c.part == "body"))
    here = paper.clauses[index].article
    named = re.sub(r"\s", "", reference)
    if named.startswith("前"):
        back = len(named.split("々")) if "々" in named else 1
        if "条" in named:
            roots = list(dict.fromkeys(article_root(article) for article in order))
            at = roots.index(article_root(here)) - back if article_root(here) in roots else -1
            return {i for i, c in enumerate(paper.clauses) if at >= 0 and article_root(c.article) == roots[at]}
        at = order.index(here) - back if here in order else -1
        return {i for i, c in enumerate(paper.clauses) if at >= 0 and c.article == order[at]}
    wanted = _numbers(named)
    return {i for i, c in enumerate(paper.clauses) if c.article and _numbers(c.article)[: len(wanted)] == wanted}


def _numbers(article: str) -> list[int]:
    return [number(n) for n in re.findall("[0-9]+|[一二三四五六七八九十百]+", plain(article))]


def _restated(paper: Paper) -> Iterator[tuple[str, int, Money]]:
    """金百二十万円（1,300,000円）."""
    told = moneys(paper)
    for money, again in itertools.pairwise(told):
        found = patterns("costs")["restated"].match(plain(paper.text[money.end : money.end + 40]))
        if not found or money.yen == again.yen:
            continue
        inner = amounts(found["inner"])
        whole = len(inner) == 1 and inner[0].start <= 1 and inner[0].end >= len(found["inner"]) - 1
        if whole and again.yen == inner[0].yen and again.clause == money.clause:
            yield "同じ費用", money.yen, again
