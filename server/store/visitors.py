"""Visitors: a row for a cookie from the first thing that is kept for it; gone with everything when they ask."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from server.store.tables import Visitor, now


def keep_visitor(session: Session, visitor: str) -> Visitor:
    """The visitor's row, made if there is none."""
    row = session.get(Visitor, visitor)
    if row is None:
        # Two tabs may be the first at once: the second finds the row that the first has made.
        insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        session.execute(insert(Visitor).values(id=visitor).on_conflict_do_nothing())
        row = session.get_one(Visitor, visitor)
    row.seen = now()
    return row


def forget_visitor(session: Session, visitor: str) -> None:
    """Delete the visitor with conversations, drafts, reviews and progress."""
    session.execute(delete(Visitor).where(Visitor.id == visitor))
