"""`/reviews`: bring a document. GET shows the form and what is kept, POST reviews it and goes to the result."""

from __future__ import annotations

from time import perf_counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.drafts import Review
from assistant.errors import BadInputFile, LockedFile
from assistant.review.pipeline import LONGEST
from assistant.review.request import ReviewRequest, carry_out, told_by
from assistant.service import Service
from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.guard.body import LARGEST_UPLOAD
from server.guard.csrf import SIGNED
from server.japan import JAPAN
from server.pages.reviews.posted import FORMS, KINDS, READ_FIRST, Posted, PostedDep, Refused, check
from server.render import language_of, render
from server.store import outcomes
from server.store.database import Database
from server.store.reviews import add_review, days_kept, reviews_of
from server.uploads import kind_of, read_upload
from server.words import word

router = APIRouter()
_MB = 1024 * 1024


@router.get("/reviews", response_class=HTMLResponse)
def form(
    request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep, deleted: str = ""
) -> HTMLResponse:
    return _page(request, service, database, visitor, Posted(), deleted=bool(deleted))


@router.post("/reviews", response_class=HTMLResponse, dependencies=[READ_FIRST, SIGNED])
def review(
    request: Request, posted: PostedDep, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep
) -> Response:
    try:
        check(posted)
        found, steps = _review(service, posted)
    except Refused as refused:
        return _page(request, service, database, visitor, posted, refused)
    with database.session() as session:
        outcomes.add_review(session, found, steps)
        if found.status == "reviewed":
            kept = posted.data if posted.data and kind_of(posted.data) == "docx" else None
            saved = add_review(session, visitor, posted.name, kept, found).id
    if found.status == "declined":
        declined = Refused(("file" if posted.data else "text", "declined"), told=(found.notes[-1], ""))
        return _page(request, service, database, visitor, posted, declined)
    return RedirectResponse(f"/r/{saved}", 303)


def _review(service: Service, posted: Posted) -> tuple[Review, dict[str, float]]:
    """The review, and how long its steps took in milliseconds. Raises Refused for a file that cannot be read."""
    begun = perf_counter()
    told = {"document": posted.document, "form": posted.form or None, "text": posted.text}
    read = None
    if posted.data is not None:
        try:
            read = read_upload(posted.data, posted.password, posted.name)
        except LockedFile as error:
            again = [("password", "wrong_password")] if posted.password else [("password", "locked")]
            raise Refused(*again, ("file", "file_again"), locked=True) from error
        except BadInputFile as error:
            raise Refused(("file", "unreadable"), told=(error.ja, error.en)) from error
        # A draft that was made here knows what it is; what the form says may only be its preset.
        told = {**told, **told_by(posted.data), "text": read.text}
    done = perf_counter()
    found = carry_out(service, ReviewRequest.model_validate(told), read)
    return found, {"read": (done - begun) * 1000, "check": (perf_counter() - done) * 1000}


def _page(
    request: Request,
    service: Service,
    database: Database,
    visitor: str,
    posted: Posted,
    refused: Refused | None = None,
    *,
    deleted: bool = False,
) -> HTMLResponse:
    """The form as it was filled in; with what is to be put right, as status 422."""
    language, days = language_of(request), days_kept(service.settings)
    with database.session() as session:
        kept = reviews_of(session, visitor, days)
    errors = _said(refused, language) if refused else []
    return render(
        request,
        "reviews/form.html",
        422 if refused else 200,
        page="reviews",
        posted=posted,
        errors=errors,
        error_of=dict(errors),
        locked=bool(refused and refused.locked),
        deleted=deleted,
        kept=kept,
        days=days,
        kinds=KINDS,
        forms=FORMS,
        megabytes=LARGEST_UPLOAD // _MB,
        bytes=LARGEST_UPLOAD,
        japan=JAPAN,
        limit=f"{LONGEST:,}",
    )


def _said(refused: Refused, language: str) -> list[tuple[str, str]]:
    """[(field, what to put right)]"""
    values = {"told": refused.told[language], "limit": f"{LONGEST:,}"}
    return [(field, word(f"reviews.error_{key}", language, **values)) for field, key in refused.errors]
