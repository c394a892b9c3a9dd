"""What people say of answers: the queue that operators work through, and cases for the evaluation."""

from __future__ import annotations

from typing import Literal

from sqlalchemy.orm import Session

from server.store.tables import Feedback, Turn

Verdict = Literal["right", "wrong", "incomplete"]
LONGEST = 1_000  # characters of a reason, and of an expected source


def add_feedback(session: Session, turn: Turn, verdict: Verdict, reason: str, expected: str) -> Feedback:
    row = Feedback(verdict=verdict, reason=reason, expected=expected, question=turn.asked, answer=turn.answer)
    session.add(row)
    return row
