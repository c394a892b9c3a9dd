"""Invented: an amount or a date of a draft that its brief does not have, by value (84万円 = 840,000円, 令和9年 = 2027年)."""

from __future__ import annotations

from assistant.clauses.amounts import amounts
from assistant.clauses.dates import Date, dates


def invented(text: str, *given: str) -> tuple[str, ...]:
    """Amounts and dates of `text` that stand in none of the `given` texts, letter for letter.

    A date may say less than the given one (令和9年 of 令和9年4月1日), never more.
    """
    yen = {amount.yen for one in given for amount in amounts(one)}
    days = [day for one in given for day in dates(one)]
    found = [(a.start, a.end) for a in amounts(text) if a.yen not in yen]
    found += [(d.start, d.end) for d in dates(text) if not any(_within(d, day) for day in days)]
    return tuple(text[start:end] for start, end in sorted(found))


def _within(date: Date, given: Date) -> bool:
    pairs = ((date.year, given.year), (date.month, given.month), (date.day, given.day))
    return all(part is None or part == known for part, known in pairs)
