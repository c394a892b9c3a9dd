"""What is kept of one visitor, to be shown and taken along."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from server.store.tables import Base, Conversation, SavedDraft, SavedReview, Turn, Visitor

Rows = dict[str, list[dict[str, Any]]]


class Counts(BaseModel):
    """How much is kept of a visitor."""

    since: datetime | None
    conversations: int
    questions: int
    drafts: int
    reviews: int
    progress: bool

    @property
    def nothing(self) -> bool:
        return self.since is None


def counts_of(session: Session, visitor: str) -> Counts:
    row = session.get(Visitor, visitor)

    def count(table: type[Conversation] | type[SavedDraft] | type[SavedReview]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(table.visitor == visitor)) or 0

    turns = select(func.count(Turn.id)).join(Conversation, Turn.conversation == Conversation.id)
    return Counts(
        since=row.created if row else None,
        conversations=count(Conversation),
        questions=session.scalar(turns.where(Conversation.visitor == visitor)) or 0,
        drafts=count(SavedDraft),
        reviews=count(SavedReview),
        progress=bool(row and row.progress),
    )


def kept_of(session: Session, visitor: str) -> Rows:
    """Table → rows: every column of every table that hangs on the visitor's row, so that no new one is forgotten."""
    found: Rows = {}
    owned: dict[str, Select[Any]] = {}  # table → the ids of the visitor's rows in it
    for table in Base.metadata.sorted_tables:
        above = next((key for key in table.foreign_keys if key.column.table.name in owned), None)
        condition: ColumnElement[bool]
        if table.name == Visitor.__tablename__:
            condition = table.c.id == visitor
        elif above is not None:
            condition = above.parent.in_(owned[above.column.table.name])
        else:
            continue
        owned[table.name] = select(table.c.id).where(condition)
        rows = session.execute(select(table).where(condition)).mappings()
        found[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return found


def _plain(value: object) -> object:
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else value
