"""この端末のデータ: what is kept of this browser, to take along and to delete."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.guard.csrf import SIGNED
from server.render import render
from server.session import delete_cookies
from server.store.personal import counts_of
from server.store.visitors import forget_visitor

router = APIRouter(prefix="/me", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def index(request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep) -> HTMLResponse:
    settings = service.settings
    with database.session() as session:
        counts = counts_of(session, visitor)
    return render(request, "me/page.html", page="me", counts=counts, settings=settings)


@router.get("/delete", response_class=HTMLResponse)
def confirm(request: Request, database: DatabaseDep, visitor: VisitorDep) -> HTMLResponse:
    with database.session() as session:
        counts = counts_of(session, visitor)
    return render(request, "me/confirm.html", page="me", counts=counts)


@router.post("/delete", dependencies=[SIGNED])
def delete(request: Request, database: DatabaseDep, visitor: VisitorDep) -> RedirectResponse:
    with database.session() as session:
        forget_visitor(session, visitor)
    response = RedirectResponse("/me/deleted", 303)
    delete_cookies(request, response)
    return response


@router.get("/deleted", response_class=HTMLResponse)
def deleted(request: Request) -> HTMLResponse:
    return render(request, "me/deleted.html", page="me")
