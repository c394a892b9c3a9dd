"""Step 4: everything that was told, every open place, the whole draft; then take it along or delete it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from assistant.draft.export.gaps import parts
from assistant.draft.export.html import style, to_html
from assistant.draft.export.rows import title_of
from assistant.draft.export.words import word as export_word
from assistant.drafts import Draft
from assistant.service import Service
from server.deps import DatabaseDep, ServiceDep
from server.download import Format, download
from server.guard.csrf import SIGNED
from server.pages.drafts.page import PRIVATE, RowDep, missing, quick_draft, see, show
from server.pages.drafts.view import gaps_shown, inputs_shown, labelled_rows
from server.store.database import Database
from server.store.drafts import delete_draft, inputs_of, keep_smoothed
from server.store.outcomes import add_draft
from server.store.tables import SavedDraft

router = APIRouter()


@router.get("/d/{identity}/4", response_class=HTMLResponse)
def confirm(request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep) -> HTMLResponse:
    if row is None:
        return missing(request)
    made = _final(service, database, row)
    return show(
        request,
        service,
        row,
        "drafts/confirm.html",
        made=made,
        inputs=inputs_shown(row.id, inputs_of(row), made),
        gaps=gaps_shown(row.id, made),
        title=title_of(made),
        paragraphs=list(labelled_rows(made)),
        parts=parts,
        export_word=export_word,
    )


@router.get("/d/{identity}/download")
def take(
    request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep, format: Format = "docx"
) -> Response:
    if row is None:
        return missing(request)
    made = _final(service, database, row)
    with database.session() as session:
        add_draft(session, made)
    response = download(made, format)
    response.headers.update(PRIVATE)
    return response


@router.get("/drafts/print.css")
def print_style() -> Response:
    return Response(style(), media_type="text/css")


@router.get("/d/{identity}/print", response_class=HTMLResponse)
def for_print(request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep) -> HTMLResponse:
    """The draft as a page of A4; the browser prints it or makes a PDF of it."""
    if row is None:
        return missing(request)
    made = _final(service, database, row)
    with database.session() as session:
        add_draft(session, made)
    return HTMLResponse(to_html(made, date.today(), stylesheet="/drafts/print.css"), headers=PRIVATE)


@router.get("/d/{identity}/delete", response_class=HTMLResponse)
def ask_delete(request: Request, service: ServiceDep, row: RowDep) -> HTMLResponse:
    return missing(request) if row is None else show(request, service, row, "drafts/delete.html")


@router.post("/d/{identity}/delete", dependencies=[SIGNED])
def delete(database: DatabaseDep, identity: str) -> RedirectResponse:
    """Deleting what is gone already is no error."""
    with database.session() as session:
        delete_draft(session, identity)
    return see("/drafts?deleted")


def _final(service: Service, database: Database, row: SavedDraft) -> Draft:
    """The draft as it is given away. What a model smoothed is kept, so that what is confirmed is what is downloaded."""
    if service.model is None:
        return quick_draft(service, inputs_of(row))
    try:
        return Draft.model_validate(row.smoothed, extra="ignore")
    except ValidationError:  # none yet, or one of an older release
        told = inputs_of(row)
        made = service.draft(told.brief, told.document, told.form, told.fields)
    with database.session() as session:
        keep_smoothed(session, row, made)
    return made
