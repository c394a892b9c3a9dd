"""GET /api/me: everything kept of this browser. DELETE /api/me: all of it goes, the cookie too."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from server.deps import DatabaseDep, VisitorDep
from server.guard.csrf import SIGNED
from server.session import delete_cookies
from server.store.personal import Rows, kept_of
from server.store.visitors import forget_visitor

router = APIRouter(prefix="/api/me", tags=["me"])
FILE = "kyodo-navi.json"


@router.get("")
def kept(database: DatabaseDep, visitor: VisitorDep, response: Response, download: bool = False) -> Rows:
    """Table → rows; files in Base64. Who asks is known by the cookie. With `download` as a file."""
    response.headers["Cache-Control"] = "no-store"
    if download:
        response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    with database.session() as session:
        return kept_of(session, visitor)


@router.delete("", status_code=204, dependencies=[SIGNED])
def forget(request: Request, database: DatabaseDep, visitor: VisitorDep, response: Response) -> None:
    """Needs the header X-Sign. What is left afterwards names nobody: feedback and figures."""
    with database.session() as session:
        forget_visitor(session, visitor)
    delete_cookies(request, response)
