"""What all pages of a draft share: the draft behind the link, the frame around every step, no traces elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.drafts import Draft
from assistant.service import Service
from server.deps import DatabaseDep
from server.japan import local
from server.pages.drafts.form import link_of, texts
from server.pages.drafts.view import name_of, panel
from server.render import render
from server.store.database import Database
from server.store.drafts import Conflict, Inputs, change_draft, inputs_of, is_ending, kept_until, saved_draft
from server.store.tables import SavedDraft

# The address is the key to the draft: no search engine, no cache, and no old state when the browser goes back.
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


class NoDraft(Exception):
    """There is no draft behind the link."""


def _row(database: DatabaseDep, identity: str) -> SavedDraft | None:
    with database.session() as session:
        return saved_draft(session, identity)


RowDep = Annotated[SavedDraft | None, Depends(_row)]


def missing(request: Request) -> HTMLResponse:
    return private(render(request, "drafts/missing.html", 404, page="drafts"))


def private(response: HTMLResponse) -> HTMLResponse:
    response.headers.update(PRIVATE)
    return response


def see(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def show(
    request: Request, service: Service, row: SavedDraft, template: str, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the draft `row`: `told` are its inputs, `made` the draft that they make unless `context` brings it."""
    told = inputs_of(row)
    made: Draft = context.pop("made", None) or quick_draft(service, told)
    return private(
        render(
            request,
            template,
            status,
            page="drafts",
            **{
                "row": row,
                "told": told,
                "link_of": lambda key: link_of(row.id, key),
                "name_of": name_of,
                "saved_at": local(row.updated),
                "kept_until": local(kept_until(row, service.settings.keep_days)),
                "ending": is_ending(row, service.settings.keep_days),
                "link": str(request.url_for("open_draft", identity=row.id)),
                **panel(row.id, made),
                **context,
            },
        )
    )


def quick_draft(service: Service, told: Inputs) -> Draft:
    """The draft without a model's help, which would make every step wait."""
    return service.draft(told.brief, told.document, told.form, told.fields, smooth=False)


def understood(service: Service, told: Inputs) -> Mapping[str, str]:
    """What the free text alone tells, as fields would hold it."""
    return texts(service.understood(told.brief, told.document, told.form)) if told.brief else {}


def write(database: Database, row: SavedDraft, version: int, told: Inputs) -> SavedDraft:
    """Save; raises Conflict with what stands now, and NoDraft if it was deleted meanwhile."""
    with database.session() as session:
        current = saved_draft(session, row.id)
        if current is None:
            raise NoDraft
        try:
            return change_draft(session, current, version, told)
        except Conflict as conflict:
            session.expunge(conflict.row)
            raise


def after(posted: Mapping[str, str], onward: Response, back: Response) -> Response:
    """Where a form leads by the button that was pressed."""
    return back if posted.get("go") == "back" else onward
