"""What people say of answers: the queue that operators work through, and cases for the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.outcomes import Reason
from server.store.tables import Feedback, Turn

Verdict = Literal["right", "wrong", "incomplete"]
State = Literal["new", "done"]
Case = Literal["facts", "routing", "refuse"]
NO_CASE = "none"
CASES: tuple[Case, ...] = get_args(Case)
LONGEST = 1_000  # characters of a reason, and of an expected source


def add_feedback(session: Session, turn: Turn, verdict: Verdict, reason: str, expected: str) -> Feedback:
    row = Feedback(verdict=verdict, reason=reason, expected=expected, question=turn.asked, answer=turn.answer)
    session.add(row)
    return row


def queue(session: Session, state: State | None = "new", limit: int = 200) -> Sequence[Feedback]:
    """The latest first; with None of either state."""
    wanted = select(Feedback).order_by(Feedback.created.desc(), Feedback.id.desc()).limit(limit)
    return session.scalars(wanted.where(Feedback.state == state) if state else wanted).all()


def one(session: Session, identity: int) -> Feedback | None:
    return session.get(Feedback, identity)


def verdicts(session: Session) -> dict[str, dict[str, int]]:
    """State → verdict → how many."""
    found: dict[str, dict[str, int]] = {"new": {}, "done": {}}
    counted = select(Feedback.state, Feedback.verdict, func.count()).group_by(Feedback.state, Feedback.verdict)
    for state, verdict, count in session.execute(counted):
        found.setdefault(state, {})[verdict] = count
    return found


def settle(session: Session, identity: int, state: State, case: str = "") -> Feedback | None:
    """Mark as done, or as new again, with the kind of case that it becomes; None if there is no such feedback."""
    row = one(session, identity)
    if row is not None:
        row.state, row.case = state, case
    return row


def answer_of(row: Feedback) -> Answer:
    """The answer that the feedback is about."""
    return Answer.model_validate(row.answer, extra="ignore")


def case_of(row: Feedback) -> Case | None:
    """The kind of case that an operator chose; else a guess: which division is asked of routing, all others of facts.
    None for feedback that says an answer is right, and where the operator wants none."""
    if row.case:
        return next((case for case in CASES if case == row.case), None)
    if row.verdict == "right":
        return None
    asks_division = answer_of(row).reason in (Reason.DIVISION_FOUND, Reason.ASK_DIVISION, Reason.NO_DIVISION)
    return "routing" if asks_division else "facts"


def to_export(session: Session, case: Case) -> list[Feedback]:
    """All feedback that becomes a case of this kind, the oldest first."""
    return [row for row in session.scalars(select(Feedback).order_by(Feedback.id)) if case_of(row) == case]
