"""評価の列: what people said of answers, worked through one by one, and taken along as evaluation cases."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from server.admin.files import attachment
from server.deps import DatabaseDep
from server.guard.admin import PAGE
from server.guard.csrf import SIGNED
from server.pages.admin.shared import page
from server.store import feedback
from server.store.cases import case_lines
from server.store.feedback import CASES, NO_CASE, Case, State

router = APIRouter(prefix="/admin", dependencies=[PAGE], include_in_schema=False)
Identity = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/feedback", response_class=HTMLResponse)
def queue(request: Request, database: DatabaseDep, state: State = "new", settled: int = 0) -> HTMLResponse:
    with database.session() as session:
        rows = feedback.queue(session, state)
        verdicts = feedback.verdicts(session)
        exports = {case: len(feedback.to_export(session, case)) for case in CASES}
    told: dict[str, Any] = {"rows": rows, "verdicts": verdicts, "exports": exports, "settled": settled}
    return page(request, "feedback", "feedback", state=state, **told)


@router.get("/feedback/{identity}", response_class=HTMLResponse)
def item(request: Request, database: DatabaseDep, identity: Identity) -> HTMLResponse:
    with database.session() as session:
        row = feedback.one(session, identity)
    if row is None:
        raise HTTPException(404)
    chosen = feedback.case_of(row) or NO_CASE
    return page(
        request, "item", "feedback", row=row, answer=feedback.answer_of(row), cases=(*CASES, NO_CASE), chosen=chosen
    )


@router.post("/feedback/{identity}", dependencies=[SIGNED])
def settle(
    database: DatabaseDep,
    identity: Identity,
    state: Annotated[State, Form()],
    case: Annotated[Case | Literal["none", ""], Form()] = "",
) -> RedirectResponse:
    with database.session() as session:
        if feedback.settle(session, identity, state, case) is None:
            raise HTTPException(404)
    return RedirectResponse(f"/admin/feedback?settled={identity}", 303)


@router.get("/cases/{case}.jsonl")
def cases(database: DatabaseDep, case: Case) -> Response:
    with database.session() as session:
        lines = case_lines(feedback.to_export(session, case), case)
    return attachment(lines, f"{case}.jsonl", "application/jsonl")
