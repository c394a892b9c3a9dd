"""Outcomes: figures for operators, and what could not be answered. They name nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import numpy as np
from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.drafts import Draft, Review
from assistant.outcomes import Reason, Status
from assistant.text import compact
from server.store.tables import Outcome, now

_UNANSWERED = (Status.REDIRECT, Status.REFUSED, Status.CLARIFY, Status.ERROR)
# No document will ever answer these, and the first may name a person.
_NOT_KEPT = (Reason.PRIVATE, Reason.HARM)
_MEASURED = 10_000  # answers, the latest, whose times are looked at
_HOURS_AHEAD = 9  # of UTC: a day is a day in Japan


class Count(BaseModel):
    """How many of a kind ended like this on a day (in Japan)."""

    day: str
    kind: str
    status: str
    reason: str
    count: int


class Unanswered(BaseModel):
    """A question that the documents did not answer, with how often and when it was asked."""

    question: str
    count: int
    reasons: list[str]
    last: datetime


class Times(BaseModel):
    """Milliseconds of a step; `total` is the whole answer."""

    step: str
    count: int
    p50: float
    p95: float


def add_answer(session: Session, answer: Answer) -> None:
    """Count an answer. Its question is kept, by itself, only where the documents did not answer it."""
    kept = answer.status in _UNANSWERED and answer.reason not in _NOT_KEPT
    session.add(
        Outcome(
            kind="ask",
            status=answer.status.value,
            reason=answer.reason.value,
            question=(answer.standalone or answer.question) if kept else "",
            milliseconds=sum(answer.timings_ms.values()),
            steps=answer.timings_ms,
        )
    )


def add_draft(session: Session, draft: Draft) -> None:
    """Count a draft that was taken along; nothing of what it says."""
    session.add(Outcome(kind="draft", status=draft.status))


def add_review(session: Session, review: Review, steps: dict[str, float]) -> None:
    """Count a review; nothing of its document is kept. `steps`: step → milliseconds."""
    session.add(Outcome(kind="review", status=review.status, milliseconds=sum(steps.values()), steps=steps))


def counts(session: Session, days: int) -> list[Count]:
    """By day, kind, status and reason; the latest day first, then the most frequent."""
    day = _day(session)
    columns = (day, Outcome.kind, Outcome.status, Outcome.reason)
    rows = session.execute(
        select(*columns, func.count())
        .where(Outcome.created >= _since(days))
        .group_by(*columns)
        .order_by(day.desc(), func.count().desc(), Outcome.reason)
    )
    return [Count(day=d, kind=kind, status=status, reason=reason, count=n) for d, kind, status, reason, n in rows]


def by_status(rows: list[Count]) -> dict[str, Counter[str]]:
    """Day → status → how many; the latest day first."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.day, Counter())[row.status] += row.count
    return found


def over_all_days(rows: list[Count]) -> list[Count]:
    """The same without the day; the most frequent first."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        found[row.kind, row.status, row.reason] += row.count
    return [Count(day="", kind=k, status=status, reason=r, count=n) for (k, status, r), n in found.most_common()]


def unanswered(session: Session, days: int) -> list[Unanswered]:
    """Grouped by the question without white space and width; the most frequent first, then the latest."""
    asked = select(Outcome.question, Outcome.reason, func.count(), func.max(Outcome.created))
    rows = session.execute(
        asked.where(Outcome.question != "", Outcome.created >= _since(days)).group_by(Outcome.question, Outcome.reason)
    )
    groups: dict[str, list[tuple[str, str, int, datetime]]] = defaultdict(list)
    for question, reason, count, last in rows:
        groups[compact(question)].append((question, reason, count, last))
    found = [
        Unanswered(
            question=max(group, key=lambda row: row[3])[0],
            count=sum(row[2] for row in group),
            reasons=sorted({row[1] for row in group}),
            last=max(row[3] for row in group),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda one: (-one.count, -one.last.timestamp()))


def times(session: Session, days: int) -> list[Times]:
    """Of the last 10,000 answers in these days; steps in the order in which they are carried out, the whole first."""
    rows = session.execute(
        select(Outcome.steps, Outcome.milliseconds)
        .where(Outcome.kind == "ask", Outcome.created >= _since(days))
        .order_by(Outcome.id.desc())
        .limit(_MEASURED)
    )
    found: dict[str, list[float]] = {"total": []}
    for steps, milliseconds in rows:
        found["total"].append(milliseconds)
        for step, taken in steps.items():
            found.setdefault(step, []).append(float(taken))
    return [
        Times(step=step, count=len(all_), p50=float(np.percentile(all_, 50)), p95=float(np.percentile(all_, 95)))
        for step, all_ in found.items()
        if all_
    ]


def _since(days: int) -> datetime:
    return now() - timedelta(days=days)


def _day(session: Session) -> ColumnElement[str]:
    if session.get_bind().dialect.name == "sqlite":
        return func.date(Outcome.created, f"+{_HOURS_AHEAD} hours")
    return func.to_char(func.timezone("Asia/Tokyo", Outcome.created), "YYYY-MM-DD")
