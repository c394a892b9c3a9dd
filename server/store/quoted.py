"""Saved answers and feedback as what they stand on: the quotations of their citations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from assistant.answers import Answer
from assistant.quoted import Quote, Quoted
from assistant.settings import Settings
from server.store.database import Database
from server.store.tables import Feedback, Turn


def quoted_answers(settings: Settings) -> Iterator[Quoted]:
    """The answers of all conversations and of the feedback that is not done; nothing where no service has run yet."""
    if not settings.database and not (settings.home / "web.db").is_file():
        return
    database = Database(settings)
    try:
        with database.session() as session:
            for turn in session.scalars(select(Turn).order_by(Turn.created)):
                yield Quoted(kind="answer", id=turn.id, question=turn.asked, quotes=_quotes(turn.answer))
            for row in session.scalars(select(Feedback).where(Feedback.state == "new").order_by(Feedback.id)):
                yield Quoted(kind="feedback", id=str(row.id), question=row.question, quotes=_quotes(row.answer))
    finally:
        database.close()


def _quotes(answer: dict[str, Any]) -> tuple[Quote, ...]:
    """The citations that the text itself rests on, not those of divisions merely attached."""
    told = Answer.model_validate(answer)
    spoken = [c for c in told.citations if f"［{c.n}］" in told.text]
    return tuple(Quote(text=c.quote, source_id=c.source_id.partition("@")[0]) for c in spoken)
