"""Steps 2 and 3: field by field, or as free text with what was understood of it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.service import Service
from server.deps import DatabaseDep, ServiceDep
from server.guard.csrf import SIGNED
from server.pages.drafts.form import entries, id_of, keys_of
from server.pages.drafts.page import NoDraft, RowDep, after, missing, private, quick_draft, see, show, understood, write
from server.pages.drafts.posted import Errors, PostedDep, too_long, version_of, with_answers
from server.pages.drafts.view import inputs_shown, panel, stretches
from server.render import language_of, render
from server.store.drafts import Conflict, Inputs, inputs_of
from server.store.tables import SavedDraft

router = APIRouter()


@router.get("/d/{identity}/text", response_class=HTMLResponse)
def text(request: Request, service: ServiceDep, row: RowDep) -> HTMLResponse:
    if row is None:
        return missing(request)
    return show(request, service, row, "drafts/text.html", text=row.brief)


@router.post("/d/{identity}/text", dependencies=[SIGNED])
def save_text(request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep, posted: PostedDep) -> Response:
    if row is None:
        return missing(request)
    old = inputs_of(row)
    told = Inputs(old.document, old.form, posted.get("brief", old.brief), old.fields)
    if errors := too_long(told, "brief", language_of(request)):
        return show(request, service, row, "drafts/text.html", 422, text=told.brief, errors=errors)
    try:
        write(database, row, version_of(posted), told)
    except NoDraft:
        return missing(request)
    except Conflict as conflict:
        there = conflict.row
        return show(request, service, there, "drafts/text.html", 409, text=told.brief, conflict=True, other=there.brief)
    onward = see(f"/d/{row.id}/read" if told.brief else f"/d/{row.id}/2")
    return after(posted, onward, see(f"/d/{row.id}/1"))


@router.get("/d/{identity}/read", response_class=HTMLResponse)
def read(request: Request, service: ServiceDep, row: RowDep) -> HTMLResponse:
    """What was understood, and from which words."""
    if row is None:
        return missing(request)
    told = inputs_of(row)
    made = quick_draft(service, told)
    given = service.understood(told.brief, told.document, told.form) if told.brief else ()
    inputs = inputs_shown(row.id, told, made)
    return show(
        request, service, row, "drafts/read.html", made=made, stretches=stretches(made.brief, given), inputs=inputs
    )


@router.get("/d/{identity}/aside", response_class=HTMLResponse)
def aside(request: Request, service: ServiceDep, row: RowDep) -> HTMLResponse:
    """What stands beside every step, by itself: scripts put it in place of the older one."""
    if row is None:
        return missing(request)
    made = quick_draft(service, inputs_of(row))
    return private(render(request, "drafts/aside.html", row=row, **panel(row.id, made)))


@router.get("/d/{identity}/{step:int}", response_class=HTMLResponse)
def fields(request: Request, service: ServiceDep, row: RowDep, step: int) -> HTMLResponse:
    if row is None or step not in (2, 3):
        return missing(request)
    return _form(request, service, row, step, {})


@router.post("/d/{identity}/{step:int}", dependencies=[SIGNED])
def save_fields(
    request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep, posted: PostedDep, step: int
) -> Response:
    if row is None or step not in (2, 3):
        return missing(request)
    old = inputs_of(row)
    answers = {key.removeprefix("f-"): text for key, text in posted.items() if key.startswith("f-")}
    told = with_answers(old, answers, keys_of(old, step), understood(service, old))
    longest = max(keys_of(old, step), key=lambda key: len(answers.get(key, "")))
    if errors := too_long(told, id_of(longest), language_of(request)):
        return _form(request, service, row, step, answers, status=422, errors=errors)
    try:
        write(database, row, version_of(posted), told)
    except NoDraft:
        return missing(request)
    except Conflict as conflict:
        return _form(request, service, conflict.row, step, answers, status=409)
    return after(posted, see(f"/d/{row.id}/{step + 1}"), see(f"/d/{row.id}/{step - 1}"))


def _form(
    request: Request,
    service: Service,
    row: SavedDraft,
    step: int,
    posted: Mapping[str, str],
    *,
    status: int = 200,
    errors: Errors | None = None,
) -> HTMLResponse:
    """The fields of a step; after a conflict (409) each with what somebody else has saved there."""
    told = inputs_of(row)
    conflict = status == 409
    found = entries(told, step, understood(service, told), posted, told if conflict else None)
    return show(
        request,
        service,
        row,
        "drafts/fields.html",
        status,
        step=step,
        entries=found,
        errors=errors or [],
        conflict=conflict,
    )
