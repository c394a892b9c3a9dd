"""What can be made, the visitor's own drafts, and step 1: document and form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.answers import Citation
from assistant.draft.fields import FORMS
from assistant.draft.form import citation_of
from assistant.drafts import Form
from assistant.service import Service
from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.guard.csrf import SIGNED
from server.japan import local
from server.pages.drafts.form import link_of, step_of
from server.pages.drafts.page import (
    NoDraft,
    RowDep,
    missing,
    private,
    quick_draft,
    see,
    show,
    write,
)
from server.pages.drafts.posted import KINDS, Errors, PostedDep, chosen_form, kind_of, version_of
from server.render import language_of, render
from server.store.drafts import Conflict, Inputs, create_draft, drafts_of, inputs_of, is_ending, kept_until
from server.words import word

router = APIRouter()


@router.get("/drafts", response_class=HTMLResponse)
def index(request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep) -> HTMLResponse:
    days = service.settings.keep_days
    with database.session() as session:
        rows = drafts_of(session, visitor)
    own = [(row, local(row.updated), local(kept_until(row, days)), is_ending(row, days)) for row in rows]
    deleted = "deleted" in request.query_params
    return private(
        render(request, "drafts/index.html", page="drafts", kinds=KINDS, own=own, days=days, deleted=deleted)
    )


@router.get("/drafts/new", response_class=HTMLResponse)
def new(request: Request, service: ServiceDep, document: str = "") -> HTMLResponse:
    return render(request, "drafts/first.html", page="drafts", **_choices(request, service, {"document": document}))


@router.post("/drafts", dependencies=[SIGNED])
def create(
    request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep, posted: PostedDep
) -> Response:
    document = kind_of(posted.get("document", ""))
    if document is None:
        return render(
            request,
            "drafts/first.html",
            422,
            page="drafts",
            **_choices(request, service, posted),
            errors=_no_document(request),
        )
    with database.session() as session:
        row = create_draft(session, visitor, Inputs(document, chosen_form(posted)))
    return see(_onward(row.id, posted))


@router.get("/d/{identity}", name="open_draft")
def open_draft(request: Request, service: ServiceDep, row: RowDep) -> Response:
    """The private link: to the first step that has an open question; with none, to the whole."""
    if row is None:
        return missing(request)
    made = quick_draft(service, inputs_of(row))
    steps = [step_of(key) for key in made.question_keys if key != "form"]
    return see(f"/d/{row.id}/{min(steps, default=4)}")


@router.get("/d/{identity}/1", response_class=HTMLResponse)
def first(request: Request, service: ServiceDep, row: RowDep) -> HTMLResponse:
    if row is None:
        return missing(request)
    chosen = {"document": row.document, "form": row.form or ""}
    return show(request, service, row, "drafts/first.html", **_choices(request, service, chosen))


@router.post("/d/{identity}/1", dependencies=[SIGNED])
def save_first(
    request: Request, service: ServiceDep, database: DatabaseDep, row: RowDep, posted: PostedDep
) -> Response:
    if row is None:
        return missing(request)
    document = kind_of(posted.get("document", ""))
    choices = _choices(request, service, posted)
    if document is None:
        return show(request, service, row, "drafts/first.html", 422, **choices, errors=_no_document(request))
    old = inputs_of(row)
    told = Inputs(document, chosen_form(posted), old.brief, old.fields)
    try:
        write(database, row, version_of(posted), told)
    except NoDraft:
        return missing(request)
    except Conflict as conflict:
        return show(request, service, conflict.row, "drafts/first.html", 409, **choices, conflict=True)
    return see(_onward(row.id, posted))


def _onward(identity: str, posted: Mapping[str, str]) -> str:
    return link_of(identity, "brief").partition("#")[0] if posted.get("go") == "text" else f"/d/{identity}/2"


def _no_document(request: Request) -> Errors:
    return [("document", word("drafts.error_document", language_of(request)))]


def _choices(request: Request, service: Service, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The choices of step 1 as (value, label, hint); each form with the report's own words on it, where the index has
    them, and the place where they stand."""
    language = language_of(request)
    found = [(form, citation_of(service.searcher.index, form)) for form in FORMS]
    forms = [("", word("drafts.form_open", language), word("drafts.form_open_hint", language))]
    forms += [(form, form, _said(form, citation, language)) for form, citation in found]
    return {
        "documents": [
            (kind, word(f"drafts.kind_{kind}", language), word(f"drafts.when_{kind}", language)) for kind in KINDS
        ],
        "document": chosen.get("document", ""),
        "forms": forms,
        "form": chosen.get("form", ""),
        "cited": next((citation for _, citation in found if citation), None),
    }


def _said(form: Form, citation: Citation | None, language: str) -> str:
    """The words without the name of the form, which stands before them in the table."""
    if citation is None:
        return word("drafts.form_unsaid", language)
    return word("drafts.form_said", language, quote=citation.quote.removeprefix(form).strip())
