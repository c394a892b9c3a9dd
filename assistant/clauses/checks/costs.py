"""Parts of the cost that do not add up to the total (COST_SUM). An alarm only if no reading of the amounts adds up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.instalments import instalment_findings
from assistant.clauses.checks.money import Money, article_root, moneys, together, yen
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.tables import table_findings
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_SMALL = 5_000  # a part below this and below a hundredth of the total is a price, no part
_MANY = 60  # a longer list is no list of parts
_FEW = 6  # so many amounts are tried in every combination; more would fit by chance
Parts = Sequence[Money]


def check_sums(paper: Paper) -> list[Finding]:
    """Totals whose parts, by payer or by use, do not make them."""
    found: list[Finding] = []
    for total, parts, spare in _lists(paper):
        if _adds_up(total.yen, parts, spare) or _open(paper, total, parts):
            continue
        made = sum(part.yen for part in parts)
        places = [total, *parts]
        span = min(m.start for m in places), max(m.end for m in places)
        span = _whole(paper, *span)
        found.append(
            finding(
                Code.COST_SUM,
                place(paper, *span),
                sum=yen(made),
                total=yen(total.yen),
                difference=yen(abs(total.yen - made)),
            )
        )
    found += [*table_findings(paper), *instalment_findings(paper)]
    return list({f.start: f for f in found}.values())


def _whole(paper: Paper, start: int, end: int) -> tuple[int, int]:
    """The clauses from start to end, for the quotation."""
    touched = [clause for clause in paper.clauses if clause.start < end and clause.end > start]
    whole = touched[0].start, touched[-1].end
    return whole if whole[1] - whole[0] <= 400 else (start, end)


def _lists(paper: Paper) -> Iterator[tuple[Money, Parts, Parts]]:
    """(total, its parts, amounts that may or may not belong to them), every list that names itself as complete."""
    told = moneys(paper)
    by_clause = {i: list(group) for i, group in itertools.groupby(told, lambda m: m.clause)}
    for i, group in by_clause.items():
        for at, total in enumerate(group):
            if total.role in ("total", "weak"):
                yield from _in_sentence(group, at)
                yield from _in_neighbours(paper, by_clause, i, at)
        yield from _broken_down(paper, by_clause, i)
    yield from _rows(paper, by_clause)


def _broken_down(paper: Paper, by_clause: dict[int, list[Money]], index: int) -> Iterator[tuple[Money, Parts, Parts]]:
    """「前項の総額の内訳は、…」: the uses in one sentence, the total of them in the one before; 「うち…」 may leave some out."""
    uses, above = by_clause[index], [m for m in by_clause.get(index - 1, ()) if m.role != "none"]
    known, before = patterns("costs"), by_clause[index][0].before
    totals = [m for m in above if m.role in ("total", "weak")] or above
    if len(totals) != 1 or len(_parts(uses)) < 2 or any(m.role == "total" for m in uses):
        return
    if article_root(paper.clauses[index - 1].article) != article_root(paper.clauses[index].article):
        return
    too_much = sum(m.yen for m in _parts(uses)) > totals[0].yen
    if known["breakdown"].search(before) or (known["of_them"].match(before) and too_much):
        yield totals[0], _parts(uses), _spare(uses)


def _in_sentence(group: Sequence[Money], at: int) -> Iterator[tuple[Money, Parts, Parts]]:
    total, known = group[at], patterns("costs")
    if total.role == "total" and known["closing"].search(total.before):
        head = max((i + 1 for i in range(at) if group[i].role == "total"), default=0)
        before = group[head:at]
        if len(_parts(before)) > 1:
            yield total, _parts(before), _spare(before)
    stop = next((i for i in range(at + 1, len(group)) if group[i].role == "total"), len(group))
    after = group[at + 1 : stop]
    if stop < len(group) and known["closing"].search(group[stop].before):
        after = [m for m in after if m.role in ("city", "other")] if _both(after) else []
    if _complete(total, after) and len(_parts(after)) > 1:
        yield total, _parts(after), _spare(after)


def _in_neighbours(
    paper: Paper, by_clause: dict[int, list[Money]], index: int, at: int
) -> Iterator[tuple[Money, Parts, Parts]]:
    """A total in one sentence, who pays it in the next or the one before."""
    group, clause = by_clause[index], paper.clauses[index]
    total = group[at]
    alone = total.role == "weak" and len(group) == 1  # 「費用は24万円です。」 and no other amount
    if (
        not (total.role == "total" or alone)
        or any(m.role == "total" for m in group[at + 1 :])
        or _parts(group[at + 1 :])
    ):
        return
    near = []
    for i in (index + 1, index - 1):
        other = by_clause.get(i, [])
        same = 0 <= i < len(paper.clauses) and (paper.clauses[i].article, paper.clauses[i].part) == (
            clause.article,
            clause.part,
        )
        if same and not any(m.role in ("total", "weak") for m in other) and _both(other):
            near.append(other)
    listed = bool(_parts(group[:at]))  # then only the next sentence can say who pays
    if listed:
        near = [other for other in near if other[0].clause > index]
    if near and not any(_adds_up(total.yen, _parts(other), _spare(other)) for other in near):
        yield total, _parts(near[0]), _spare(near[0])


def _rows(paper: Paper, by_clause: dict[int, list[Money]]) -> Iterator[tuple[Money, Parts, Parts]]:
    """Rows with one amount each, one of them the total."""
    for run in _row_runs(paper, by_clause):
        totals = [i for i, money in enumerate(run) if money.role == "total"]
        subtotals = [run[i] for i in totals if patterns("costs")["subtotal"].search(run[i].before)]
        for at in totals:
            earlier = max((i + 1 for i in totals if i < at), default=0)
            later = min((i for i in totals if i > at), default=len(run))
            back, ahead = run[earlier:at], run[at + 1 : later]
            readings = [
                list(r) for r in (back, ahead, subtotals) if len(_parts(r)) > 1 or (r is subtotals and len(r) > 1)
            ]
            if run[at] in subtotals:
                readings = readings[:1]
            if readings and not any(_adds_up(run[at].yen, _parts(r) or r, _spare(r)) for r in readings):
                yield run[at], _parts(readings[0]) or readings[0], _spare(readings[0])


def _row_runs(paper: Paper, by_clause: dict[int, list[Money]]) -> Iterator[list[Money]]:
    """Runs of neighbouring lines of one article, each with one amount at its end or first of its line."""
    run: list[Money] = []
    for i, clause in enumerate(paper.clauses):
        group = by_clause.get(i, [])
        row = bool(group) and "。" not in clause.text and all(m.role != "weak" or m is group[0] for m in group)
        same = run and run[-1].clause == i - 1 and together(paper.clauses[i - 1], clause)
        if run and not (row and same):
            if len(run) > 2:
                yield run
            run = []
        if row and (len(group) == 1 or group[0].role == "total"):
            run = [*run, group[0]]
    if len(run) > 2:
        yield run


def _parts(group: Sequence[Money]) -> list[Money]:
    return [m for m in group if m.role in ("city", "other", "use", "weak")]


def _spare(group: Sequence[Money]) -> list[Money]:
    return [m for m in group if m.role == "none"]


def _both(group: Sequence[Money]) -> bool:
    """Do the amounts name what the city pays and what somebody else pays, and nothing else?"""
    roles = {m.role for m in _parts(group)}
    return "city" in roles and "other" in roles and not roles & {"use"}


def _complete(total: Money, after: Sequence[Money]) -> bool:
    """Does the list after `total` say that it is all of it?"""
    if _both(after):
        return True
    known = patterns("costs")
    if total.role != "total" or known["of_it"].match(total.after):
        return False
    return bool(known["breakdown"].search(total.before + total.after) or total.after[:1] in ("=", "＝"))


def _adds_up(total: int, parts: Parts, spare: Parts) -> bool:
    """Is there a reading of the amounts that makes the total? Also true where the list cannot be one of its parts."""
    sums = [part.yen for part in parts if not (part.yen < _SMALL and part.yen * 100 < total)]
    if not 2 <= len(sums) <= _MANY or max(sums) >= total:
        return True
    runs = {sum(sums[a:b]) for a, b in itertools.combinations(range(len(sums) + 1), 2) if b - a > 1}
    extra = [m.yen for m in spare][:_FEW]
    with_spare = {sum(sums) + s for s in _sums(extra)}
    few = _sums(sums, 2) if len(sums) <= _FEW else set()
    made = sum(sums)
    taxed = {round(made * 1.1), round(total * 1.1) - made + total}
    times = total // made if total % made == 0 else 0
    return total in runs | with_spare | few | taxed or 1 < times <= 60


def _sums(values: Sequence[int], least: int = 0) -> set[int]:
    """The sums of all choices of at least `least` of `values`."""
    return {sum(c) for n in range(least, len(values) + 1) for c in itertools.combinations(values, n)}


def _open(paper: Paper, total: Money, parts: Parts) -> bool:
    """Does the list say that it names only some of the parts?"""
    if sum(part.yen for part in parts) > total.yen:
        return False
    known, places = patterns("costs"), [total, *parts]
    clauses = paper.clauses[min(m.clause for m in places) : max(m.clause for m in places) + 1]
    text = "\n".join(clause.text for clause in clauses)
    if known["remainder"].search(text):
        return True
    use = any(part.role == "use" for part in parts)
    return use and bool(known["open_list"].search(text))
