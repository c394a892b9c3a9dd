"""GET /api/conversations: the conversations that belong to the cookie of the request, and their turns."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.answers import Answer
from assistant.errors import WrongUse
from server.deps import DatabaseDep, VisitorDep
from server.store import conversations
from server.store.tables import Turn

router = APIRouter(prefix="/api/conversations", tags=["ask"])


class Summary(BaseModel):
    id: str
    created: datetime
    question: str = Field(description="the first question")


class Asked(BaseModel):
    id: str
    n: int
    asked: str
    easy: bool
    again: int | None = Field(description="n of the turn whose question this one asks once more")
    created: datetime
    answer: Answer


class Whole(BaseModel):
    id: str
    created: datetime
    turns: list[Asked]


@router.get("")
def listed(database: DatabaseDep, visitor: VisitorDep) -> list[Summary]:
    """The latest 100, the latest first."""
    with database.session() as session:
        found = conversations.conversations_of(session, visitor)
        return [Summary(id=c.id, created=c.created, question=turn.asked) for c, turn in found]


@router.get("/{identity}")
def one(identity: str, database: DatabaseDep, visitor: VisitorDep) -> Whole:
    with database.session() as session:
        found = conversations.conversation_of(session, visitor, identity)
        if found is None:
            raise WrongUse(f"会話 {identity} はありません。", f"no conversation {identity}")
        turns = conversations.turns_of(session, identity)
        return Whole(id=found.id, created=found.created, turns=[_asked(row) for row in turns])


def _asked(row: Turn) -> Asked:
    return Asked(
        id=row.id,
        n=row.n,
        asked=row.asked,
        easy=row.easy,
        again=row.again,
        created=row.created,
        answer=conversations.answer_of(row),
    )
