"""様子: outcomes and times of the last days; what was not answered; index, evaluation and database."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.outcomes import Status
from server.admin.files import attachment, unanswered_csv
from server.admin.state import database_state, evaluation, index_state
from server.deps import DatabaseDep, ServiceDep
from server.guard.admin import PAGE
from server.pages.admin.shared import page
from server.store import feedback, outcomes

router = APIRouter(prefix="/admin", dependencies=[PAGE], include_in_schema=False)
Days = Annotated[int, Query(ge=1, le=3650)]
_STATUSES = [status.value for status in Status]
CHOICES = (1, 7, 30, 90)
_LISTED = 200  # questions on the page; the files hold all


@router.get("", response_class=HTMLResponse)
def overview(request: Request, database: DatabaseDep, days: Days = 7) -> HTMLResponse:
    with database.session() as session:
        rows = outcomes.counts(session, days)
        times = outcomes.times(session, days)
        waiting = sum(feedback.verdicts(session)["new"].values())
    told: dict[str, Any] = {
        "rows": rows,
        "per_day": outcomes.by_status(rows),
        "statuses": sorted({row.status for row in rows}, key=_order),
        "totals": outcomes.over_all_days(rows),
        "all": sum(row.count for row in rows),
    }
    return page(request, "overview", "overview", days=days, choices=CHOICES, times=times, waiting=waiting, **told)


def _order(status: str) -> tuple[int, str]:
    """Answers first, in the order of their list; then what drafts and reviews end with."""
    return (_STATUSES.index(status) if status in _STATUSES else len(_STATUSES)), status


@router.get("/unanswered", response_class=HTMLResponse)
def unanswered(request: Request, database: DatabaseDep, days: Days = 30) -> HTMLResponse:
    with database.session() as session:
        found = outcomes.unanswered(session, days)
    return page(
        request, "unanswered", "unanswered", days=days, choices=CHOICES, found=found[:_LISTED], count=len(found)
    )


@router.get("/unanswered.csv")
def unanswered_as_csv(database: DatabaseDep, days: Days = 30) -> Response:
    with database.session() as session:
        found = outcomes.unanswered(session, days)
    return attachment(unanswered_csv(found), "unanswered.csv", "text/csv; charset=utf-8")


@router.get("/unanswered.json")
def unanswered_as_json(database: DatabaseDep, days: Days = 30) -> Response:
    with database.session() as session:
        found = [one.model_dump(mode="json") for one in outcomes.unanswered(session, days)]
    text = bytes(JSONResponse(found).body).decode("utf-8")
    return attachment(text, "unanswered.json", "application/json")


@router.get("/state", response_class=HTMLResponse)
def state(request: Request, service: ServiceDep, database: DatabaseDep) -> HTMLResponse:
    index = index_state(service)
    with database.session() as session:
        stored = database_state(session)
    report = evaluation(service.settings, index)
    return page(request, "state", "state", index=index, report=report, stored=stored, settings=service.settings)
