"""Nothing is kept longer than the settings say: by `kyodo purge`, and by the service itself at start and once a day."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, exists
from sqlalchemy.orm import Session

from assistant.settings import Settings
from server.store.database import Database
from server.store.tables import Conversation, Feedback, Outcome, SavedDraft, SavedReview, Turn, Visitor, now

_DAY = 24 * 3600  # seconds


def purge(session: Session, settings: Settings, days: int | None = None, at: datetime | None = None) -> dict[str, int]:
    """Remove what was last used more than `days` ago (the setting's, if None) and documents brought for review after
    their own, shorter time. Gives how many rows went from each table."""
    end = (at or now()) - timedelta(days=settings.keep_days if days is None else days)
    end_of_uploads = max(end, (at or now()) - timedelta(days=settings.keep_upload_days))
    gone = {
        "conversations": delete(Conversation).where(
            Conversation.created < end,
            ~exists().where(Turn.conversation == Conversation.id, Turn.created >= end),
        ),
        "drafts": delete(SavedDraft).where(SavedDraft.updated < end),
        "reviews": delete(SavedReview).where(SavedReview.created < end_of_uploads),
        "feedback": delete(Feedback).where(Feedback.created < end),
        "outcomes": delete(Outcome).where(Outcome.created < end),
        # Last, with their progress; one with something newer stays.
        "visitors": delete(Visitor).where(
            Visitor.seen < end,
            *(~exists().where(kept.visitor == Visitor.id) for kept in (Conversation, SavedDraft, SavedReview)),
        ),
    }
    return {name: _count(session, statement) for name, statement in gone.items()}


def _count(session: Session, statement: Delete) -> int:
    statement = statement.execution_options(synchronize_session=False)
    return cast(CursorResult[Any], session.execute(statement)).rowcount


async def purge_daily(database: Database, settings: Settings, stop: asyncio.Event) -> None:
    """Purge now and once a day until `stop`. A database that refuses is tried again the next day."""
    while not stop.is_set():
        await asyncio.to_thread(database.tried, lambda session: purge(session, settings))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _DAY)
