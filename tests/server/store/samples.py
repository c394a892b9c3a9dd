"""Rows to keep: an answer, what a conversation remembers of it, a visitor with something in every table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.chat.history import Past
from assistant.outcomes import STATUS_OF, Reason
from server.store.conversations import add_turn
from server.store.database import new_id
from server.store.feedback import add_feedback
from server.store.outcomes import add_answer
from server.store.tables import Base, Conversation, Feedback, Outcome, SavedDraft, SavedReview, Turn, Visitor
from server.store.visitors import keep_visitor

FILE = b"PK\x03\x04\xff"
MOMENTS = {Visitor: "seen", SavedDraft: "updated"}  # by which age is counted; elsewhere `created`


def answer(question: str = "協働とは", reason: Reason = Reason.FOUND, **more: Any) -> Answer:
    told = {"text": "答えの文。", "question": question, "timings_ms": {"retrieve": 12.0, "compose": 3.0}, **more}
    return Answer.model_validate({"status": STATUS_OF[reason], "reason": reason, **told})


def past(question: str = "協働とは") -> Past:
    return Past(asked=question, standalone=question, topic=question, reason=Reason.FOUND)


def turn_of(session: Session, visitor: str, question: str = "協働とは", **more: Any) -> Turn:
    return add_turn(session, visitor, None, answer(question, **more), past(question), easy=False)


def fill(session: Session, visitor: str) -> Turn:
    """One of everything."""
    turn = turn_of(session, visitor)
    draft = SavedDraft(id=new_id(), visitor=visitor, document="contract", brief="花の会と進めたい", fields={"a": "b"})
    review = SavedReview(id=new_id(), visitor=visitor, name="契約書.docx", data=FILE, review={"items": []})
    session.add_all([draft, review])
    add_feedback(session, turn, "wrong", "年度が違う", "報告書 本編15ページ")
    add_answer(session, answer())
    keep_visitor(session, visitor).progress = {"round": 1}
    return turn


def age(session: Session, at: datetime) -> None:
    """Everything was made and last used at `at`."""
    session.flush()
    tables: tuple[type[Base], ...] = (Visitor, Conversation, Turn, SavedDraft, SavedReview, Feedback, Outcome)
    for table in tables:
        moments = {"created": at, MOMENTS.get(table, "created"): at}
        session.execute(update(table).values(moments).execution_options(synchronize_session=False))
