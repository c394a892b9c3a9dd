"""GET /api/admin/…: what the operators' pages show. Off until configured; `Authorization: Bearer` or the proxy's user."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Response
from pydantic import BaseModel, ConfigDict

from server.admin.files import attachment, unanswered_csv
from server.admin.state import DatabaseState, Evaluation, IndexState, database_state, evaluation, index_state
from server.deps import DatabaseDep, ServiceDep
from server.guard.admin import API
from server.store import feedback, outcomes
from server.store.cases import case_lines
from server.store.feedback import Case, State, Verdict

router = APIRouter(prefix="/api/admin", tags=["admin"], dependencies=[API])
Days = Annotated[int, Query(ge=1, le=3650, description="days back from now")]


class Said(BaseModel):
    """One piece of feedback, with the answer it is about. `case` is the kind chosen by an operator."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    verdict: Verdict
    reason: str
    expected: str
    question: str
    answer: dict[str, Any]
    state: State
    case: str
    created: datetime


class Settled(BaseModel):
    """What is done with a piece of feedback; an empty `case` leaves the kind to be guessed, `none` makes no case."""

    state: State
    case: Case | Literal["none", ""] = ""


@router.get("/outcomes")
def counts(database: DatabaseDep, days: Days = 7) -> list[outcomes.Count]:
    with database.session() as session:
        return outcomes.counts(session, days)


@router.get("/times")
def times(database: DatabaseDep, days: Days = 7) -> list[outcomes.Times]:
    """Milliseconds of each step of answering."""
    with database.session() as session:
        return outcomes.times(session, days)


@router.get("/unanswered")
def unanswered(database: DatabaseDep, days: Days = 30) -> list[outcomes.Unanswered]:
    with database.session() as session:
        return outcomes.unanswered(session, days)


@router.get("/unanswered.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def unanswered_file(database: DatabaseDep, days: Days = 30) -> Response:
    return attachment(unanswered_csv(unanswered(database, days)), "unanswered.csv", "text/csv; charset=utf-8")


@router.get("/feedback")
def queue(database: DatabaseDep, state: State = "new") -> list[Said]:
    """The latest 200."""
    with database.session() as session:
        return [Said.model_validate(row) for row in feedback.queue(session, state)]


@router.get("/cases/{case}", response_class=Response, responses={200: {"content": {"application/jsonl": {}}}})
def cases(database: DatabaseDep, case: Case) -> Response:
    """Feedback as drafts of evaluation cases, one JSON value a line; `todo` names what a person completes."""
    with database.session() as session:
        lines = case_lines(feedback.to_export(session, case), case)
    return attachment(lines, f"{case}.jsonl", "application/jsonl")


@router.post("/feedback/{identity}")
def settle(database: DatabaseDep, identity: Annotated[int, Path(ge=1, le=2**31 - 1)], body: Settled) -> Said:
    with database.session() as session:
        row = feedback.settle(session, identity, body.state, body.case)
        if row is None:
            raise HTTPException(404, "no such feedback")
        return Said.model_validate(row)


@router.get("/index")
def index(service: ServiceDep) -> IndexState:
    return index_state(service)


@router.get("/evaluation")
def evaluated(service: ServiceDep) -> Evaluation | None:
    return evaluation(service.settings, index_state(service))


@router.get("/database")
def stored(database: DatabaseDep) -> DatabaseState:
    with database.session() as session:
        return database_state(session)
