"""`/r/{id}`: a review for the one who brought the document, its files, and the end of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.review.report.html import marks, stretches
from assistant.review.report.name import file_name
from assistant.review.report.view import item_rows, remarks
from server.attachment import attachment
from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.guard.csrf import SIGNED
from server.japan import local
from server.library.basis import address_of
from server.render import render
from server.store.database import Database
from server.store.reviews import days_kept, delete_review, review_in, review_of
from server.store.tables import SavedReview
from server.uploads import report

router = APIRouter()


@router.get("/r/{identity}", response_class=HTMLResponse)
def result(
    request: Request, identity: str, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep
) -> HTMLResponse:
    days = days_kept(service.settings)
    row = _kept(database, visitor, identity, days)
    if row is None:
        return _missing(request, days)
    review = review_in(row)
    rows, found = item_rows(review), remarks(review)
    index = service.searcher.index
    return render(
        request,
        "reviews/result.html",
        page="reviews",
        saved=row,
        review=review,
        rows=rows,
        total=sum(r.item.counts for r in rows),
        missing=[r for r in rows if r.item.counts and r.item.state != "present"],
        remarks=found,
        counts=Counter(f.severity for f in review.findings),
        first={r.finding.severity: r.number for r in reversed(found)},
        stretches=stretches(review.text, marks(rows, found)),
        address_of=lambda basis: address_of(index, basis),
        until=local(row.created + timedelta(days=days)),
    )


@router.get("/r/{identity}/download", response_class=Response)
def download(
    request: Request,
    identity: str,
    service: ServiceDep,
    database: DatabaseDep,
    visitor: VisitorDep,
    format: Literal["docx", "html", "json"] = "docx",
) -> Response:
    days = days_kept(service.settings)
    row = _kept(database, visitor, identity, days)
    if row is None:
        return _missing(request, days)
    review = review_in(row)
    return attachment(report(review, format, row.data), file_name(review, f".{format}"), f"review.{format}")


@router.post("/r/{identity}/delete", response_class=HTMLResponse, dependencies=[SIGNED])
def delete(
    request: Request, identity: str, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep
) -> Response:
    with database.session() as session:
        gone = delete_review(session, visitor, identity)
    return RedirectResponse("/reviews?deleted=1", 303) if gone else _missing(request, days_kept(service.settings))


def _kept(database: Database, visitor: str, identity: str, days: int) -> SavedReview | None:
    with database.session() as session:
        return review_of(session, visitor, identity, days)


def _missing(request: Request, days: int) -> HTMLResponse:
    return render(request, "reviews/missing.html", 404, page="reviews", days=days)
