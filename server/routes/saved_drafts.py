"""/api/drafts/saved: drafts that are kept under a private link. Who has the id may read, change and delete the draft."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from assistant.draft.open_gaps import OpenGap, open_gaps
from assistant.drafts import DocumentKind, Draft, Form
from assistant.errors import WrongUse
from assistant.service import Service
from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.errors import error_response
from server.guard.csrf import SIGNED
from server.routes.drafts import Request
from server.store.drafts import (
    Conflict,
    Inputs,
    change_draft,
    create_draft,
    delete_draft,
    inputs,
    inputs_of,
    kept_until,
    saved_draft,
)
from server.store.tables import SavedDraft
from server.words import word

router = APIRouter(prefix="/api/drafts/saved", tags=["drafts"])


class Change(Request):
    """The whole of the inputs as they are to stand, and the version that was read before."""

    version: int = Field(ge=1, description="読んだときの version。その後に変更があれば 409 になり、何も書き換えない。")


class Saved(BaseModel):
    """A kept draft: its inputs, and the draft that they make, without the help of a model."""

    id: str = Field(description="32 hexadecimal digits: the private link is /d/{id}")
    version: int
    document: DocumentKind
    form: Form | None
    brief: str
    fields: dict[str, str]
    updated: datetime
    kept_until: datetime
    gaps: tuple[OpenGap, ...]
    draft: Draft


def _saved(service: Service, row: SavedDraft) -> Saved:
    told = inputs_of(row)
    made = service.draft(told.brief, told.document, told.form, told.fields, smooth=False)
    return Saved(
        id=row.id,
        version=row.version,
        document=told.document,
        form=told.form,
        brief=told.brief,
        fields=told.fields,
        updated=row.updated,
        kept_until=kept_until(row, service.settings.keep_days),
        gaps=open_gaps(made),
        draft=made,
    )


def _told(body: Request) -> Inputs:
    return inputs(body.document, body.form, body.brief, body.fields)


def _found(session: Session, identity: str) -> SavedDraft:
    row = saved_draft(session, identity)
    if row is None:
        raise WrongUse(word("drafts.api_missing"), word("drafts.api_missing", "en"))
    return row


@router.post("", status_code=201, dependencies=[SIGNED])
def create(body: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep) -> Saved:
    """Begin a draft that is kept for the visitor; needs the cookie and the header X-Sign."""
    with database.session() as session:
        row = create_draft(session, visitor, _told(body))
    return _saved(service, row)


@router.get("/{identity}")
def read(identity: str, service: ServiceDep, database: DatabaseDep) -> Saved:
    with database.session() as session:
        row = _found(session, identity)
    return _saved(service, row)


@router.put("/{identity}", response_model=Saved, responses={409: {"description": "changed by somebody else since"}})
def change(identity: str, body: Change, service: ServiceDep, database: DatabaseDep) -> Saved | JSONResponse:
    """Replace the inputs."""
    with database.session() as session:
        try:
            row = change_draft(session, _found(session, identity), body.version, _told(body))
        except Conflict:
            ja, en = (word("drafts.api_conflict", language) for language in ("ja", "en"))
            return error_response(409, "conflict", ja, en)
    return _saved(service, row)


@router.delete("/{identity}", status_code=204, response_class=Response)
def delete(identity: str, database: DatabaseDep) -> None:
    with database.session() as session:
        delete_draft(session, _found(session, identity).id)
