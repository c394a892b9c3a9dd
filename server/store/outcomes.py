"""Outcomes: figures for operators, and what could not be answered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.drafts import Review
from assistant.outcomes import Status
from server.store.tables import Outcome

_UNANSWERED = (Status.REDIRECT, Status.REFUSED, Status.CLARIFY, Status.ERROR)


def add_answer(session: Session, answer: Answer) -> None:
    """Count an answer. Its question is kept, by itself, only where the documents did not answer it."""
    unanswered = answer.status in _UNANSWERED
    session.add(
        Outcome(
            kind="ask",
            status=answer.status.value,
            reason=answer.reason.value,
            question=(answer.standalone or answer.question) if unanswered else "",
            milliseconds=sum(answer.timings_ms.values()),
            steps=answer.timings_ms,
        )
    )


def add_review(session: Session, review: Review, steps: dict[str, float]) -> None:
    """Count a review; nothing of its document is kept. `steps`: step → milliseconds."""
    session.add(Outcome(kind="review", status=review.status, milliseconds=sum(steps.values()), steps=steps))
