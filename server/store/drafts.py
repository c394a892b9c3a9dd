"""Drafts that people have begun: what they told, under a private link. A version number guards against two writers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.draft.fields import filled, form_of
from assistant.drafts import DocumentKind, Draft, Form
from assistant.text import sanitize
from server.store.database import new_id
from server.store.tables import SavedDraft, now
from server.store.visitors import keep_visitor

_WARN_DAYS = 14  # so long before a draft is removed its pages say so


@dataclass(frozen=True)
class Inputs:
    """What a draft is made of. `fields` holds no form; it stands by itself."""

    document: DocumentKind
    form: Form | None = None
    brief: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """Characters, as the limit of a draft counts them."""
        return len(self.brief) + sum(map(len, self.fields.values())) + len(self.form or "")


def inputs(document: DocumentKind, form: Form | None, brief: str, fields: dict[str, str]) -> Inputs:
    """Inputs without what cannot be seen; a form among the fields wins as it does in a draft."""
    told = filled(fields)
    chosen = form or form_of(told.pop("form", ""))
    told.pop("form", None)
    return Inputs(document, chosen, sanitize(brief).strip(), told)


def inputs_of(row: SavedDraft) -> Inputs:
    return Inputs(cast(DocumentKind, row.document), cast("Form | None", row.form), row.brief, dict(row.fields))


class Conflict(Exception):
    """Somebody else has written since; `row` is what stands now."""

    def __init__(self, row: SavedDraft) -> None:
        super().__init__(row.id)
        self.row = row


def create_draft(session: Session, visitor: str, told: Inputs) -> SavedDraft:
    keep_visitor(session, visitor)
    row = SavedDraft(
        id=new_id(), visitor=visitor, document=told.document, form=told.form, brief=told.brief, fields=told.fields
    )
    session.add(row)
    session.flush()
    return row


def saved_draft(session: Session, identity: str) -> SavedDraft | None:
    """The draft behind a private link: who has the link may go on with it."""
    return session.get(SavedDraft, identity)


def drafts_of(session: Session, visitor: str) -> Sequence[SavedDraft]:
    """The drafts that this visitor began, the latest first."""
    rows = select(SavedDraft).where(SavedDraft.visitor == visitor).order_by(SavedDraft.updated.desc())
    return session.scalars(rows).all()


def change_draft(session: Session, row: SavedDraft, version: int, told: Inputs) -> SavedDraft:
    """Write `told`; what is the same already is no change. Raises Conflict if `version` is not the one that stands."""
    if told == inputs_of(row):
        return row
    changed: dict[str, Any] = {
        "document": told.document,
        "form": told.form,
        "brief": told.brief,
        "fields": told.fields,
        "smoothed": None,
        "version": version + 1,
        "updated": now(),
    }
    # One statement, so that of two writers at the same moment only one finds its version.
    done = session.execute(
        update(SavedDraft).where(SavedDraft.id == row.id, SavedDraft.version == version).values(changed)
    )
    session.refresh(row)
    if cast("CursorResult[Any]", done).rowcount == 0:
        raise Conflict(row)
    keep_visitor(session, row.visitor)  # so that it stays as long as somebody with the link goes on with it
    return row


def keep_smoothed(session: Session, row: SavedDraft, made: Draft) -> None:
    """Keep the draft that a model smoothed, so that what is downloaded is what was confirmed; not for a later version."""
    session.execute(
        update(SavedDraft)
        .where(SavedDraft.id == row.id, SavedDraft.version == row.version)
        .values(smoothed=made.model_dump(mode="json"))
    )


def delete_draft(session: Session, identity: str) -> None:
    session.execute(delete(SavedDraft).where(SavedDraft.id == identity))


def kept_until(row: SavedDraft, days: int) -> datetime:
    """When the draft is removed if nobody changes it."""
    return row.updated + timedelta(days=days)


def is_ending(row: SavedDraft, days: int) -> bool:
    """Is the draft near its end, so that people must be told?"""
    return kept_until(row, days) - now() < timedelta(days=min(_WARN_DAYS, days / 2))
