"""Visitors: a row for a cookie from the first thing that is kept for it; gone with everything when they ask."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.store.tables import Visitor, now


def keep_visitor(session: Session, visitor: str) -> Visitor:
    """The visitor's row, made if there is none."""
    row = session.get(Visitor, visitor)
    if row is None:
        row = Visitor(id=visitor)
        session.add(row)
        session.flush()
    row.seen = now()
    return row


def forget_visitor(session: Session, visitor: str) -> None:
    """Delete the visitor with conversations, drafts, reviews and progress."""
    session.execute(delete(Visitor).where(Visitor.id == visitor))
