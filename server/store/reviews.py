"""Reviews with their documents, kept for a short time for the one who brought them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session, defer

from assistant.drafts import Review
from assistant.settings import Settings
from server.store.database import new_id
from server.store.tables import SavedReview, now
from server.store.visitors import keep_visitor

_LONGEST_NAME = 200  # characters
_MOST = 20  # documents kept for one visitor; a file may have megabytes


def days_kept(settings: Settings) -> int:
    """How long a document that somebody brings is kept."""
    days: int = settings.keep_upload_days
    return days


def add_review(session: Session, visitor: str, name: str, data: bytes | None, review: Review) -> SavedReview:
    """Keep a review; the visitor's oldest one goes if there are too many. `data` is the file that comments can be put into, None for any other document."""
    keep_visitor(session, visitor)
    told = review.model_dump(mode="json")
    row = SavedReview(id=new_id(), visitor=visitor, name=name[:_LONGEST_NAME], data=data, review=told)
    session.add(row)
    session.flush()
    latest = select(SavedReview.id).where(SavedReview.visitor == visitor).order_by(SavedReview.created.desc())
    session.execute(
        delete(SavedReview).where(SavedReview.visitor == visitor, SavedReview.id.not_in(latest.limit(_MOST)))
    )
    return row


def review_of(session: Session, visitor: str, identity: str, days: int) -> SavedReview | None:
    """The review, if it is this visitor's and not older than `days`, whether or not it has been purged."""
    wanted = select(SavedReview).where(SavedReview.id == identity, *_of(visitor, days))
    return session.scalars(wanted).one_or_none()


def review_in(row: SavedReview) -> Review:
    """The review as it was made. Fields that a later version of the program no longer has are passed over."""
    return Review.model_validate(row.review, extra="ignore")


def reviews_of(session: Session, visitor: str, days: int) -> Sequence[SavedReview]:
    """The visitor's reviews, the latest first, without the bytes of their files."""
    rows = select(SavedReview).where(*_of(visitor, days)).order_by(SavedReview.created.desc())
    return session.scalars(rows.options(defer(SavedReview.data))).all()


def delete_review(session: Session, visitor: str, identity: str) -> bool:
    """Delete the review, if it is this visitor's; was there one?"""
    gone = delete(SavedReview).where(SavedReview.id == identity, SavedReview.visitor == visitor)
    return bool(session.execute(gone.returning(SavedReview.id)).all())


def _of(visitor: str, days: int) -> tuple[ColumnElement[bool], ...]:
    return SavedReview.visitor == visitor, SavedReview.created >= now() - timedelta(days=days)
