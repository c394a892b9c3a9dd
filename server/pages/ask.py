"""聞く: ask, read the answer, open its quotations."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.errors import KyodoError
from server.deps import ServiceDep
from server.errors import STATUS
from server.render import render

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def index(request: Request, service: ServiceDep, q: str | None = None) -> HTMLResponse:
    """Without `q` the empty page with examples, with it the answer; a missing index is said on the page."""
    answer = failure = None
    sources = []
    status = 200
    try:
        sources = [s for s in service.searcher.index.sources.values() if not s.expected]
        answer = service.ask(q) if q is not None else None
    except KyodoError as error:
        failure, status = error, STATUS[type(error)]
    return render(
        request, "ask/page.html", status, question=q or "", answer=answer, failure=failure, sources=sources, page="ask"
    )
