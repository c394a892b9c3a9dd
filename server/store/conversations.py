"""Conversations and their turns."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.answers import Answer
from assistant.chat.history import Past
from server.store.database import new_id
from server.store.tables import Conversation, Turn
from server.store.visitors import keep_visitor

_PAST: TypeAdapter[Past] = TypeAdapter(Past)


def conversation_of(session: Session, visitor: str, identity: str) -> Conversation | None:
    """The conversation, if it is this visitor's."""
    found = session.get(Conversation, identity)
    return found if found is not None and found.visitor == visitor else None


def conversations_of(session: Session, visitor: str, limit: int = 100) -> Sequence[tuple[Conversation, Turn]]:
    """The visitor's latest conversations, each with its first turn, the latest first."""
    rows = session.execute(
        select(Conversation, Turn)
        .join(Turn, Turn.conversation == Conversation.id)
        .where(Conversation.visitor == visitor, Turn.n == 1)
        .order_by(Conversation.created.desc())
        .limit(limit)
    )
    return [(conversation, turn) for conversation, turn in rows]


def turns_of(session: Session, conversation: str) -> Sequence[Turn]:
    """The turns, oldest first."""
    return session.scalars(select(Turn).where(Turn.conversation == conversation).order_by(Turn.n)).all()


def turn(session: Session, identity: str) -> Turn | None:
    """The turn behind a link to an answer."""
    return session.get(Turn, identity)


def answer_of(turn: Turn) -> Answer:
    """The answer as it was given. Fields that a later version of the program no longer has are passed over."""
    return Answer.model_validate(turn.answer, extra="ignore")


def past_of(turns: Sequence[Turn]) -> tuple[Past, ...]:
    """The turns as a conversation remembers them."""
    return tuple(_PAST.validate_python(row.past) for row in turns)


def add_turn(
    session: Session,
    visitor: str,
    conversation: str | None,
    answer: Answer,
    past: Past,
    *,
    easy: bool,
    again: int | None = None,
) -> Turn:
    """Keep a turn; without a conversation of this visitor's a new one begins."""
    keep_visitor(session, visitor)
    if conversation is None or conversation_of(session, visitor, conversation) is None:
        conversation = new_id()
        session.add(Conversation(id=conversation, visitor=visitor))
        session.flush()
    last = session.scalar(select(func.max(Turn.n)).where(Turn.conversation == conversation)) or 0
    row = Turn(
        id=new_id(),
        conversation=conversation,
        n=last + 1,
        asked=past.asked,
        easy=easy,
        again=again,
        answer=answer.model_dump(mode="json"),
        past=_PAST.dump_python(past, mode="json"),
    )
    session.add(row)
    return row
