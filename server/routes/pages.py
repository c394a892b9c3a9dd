"""GET /: the page where a person asks and sees the quotations. It works without JavaScript and sends none."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.errors import KyodoError
from server.deps import ServiceDep, TemplatesDep
from server.errors import STATUS

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def index(request: Request, service: ServiceDep, templates: TemplatesDep, q: str | None = None) -> HTMLResponse:
    """Without `q` the empty page with examples, with it the answer; a missing index is said on the page."""
    answer = failure = None
    sources = []
    status = 200
    try:
        sources = [s for s in service.searcher.index.sources.values() if not s.expected]
        answer = service.ask(q) if q is not None else None
    except KyodoError as error:
        failure, status = error, STATUS[type(error)]
    context = {"question": q or "", "answer": answer, "failure": failure, "sources": sources}
    return templates.TemplateResponse(request, "index.html", context, status_code=status)


@router.get("/sources/{source_id}/{chunk_id}", response_class=HTMLResponse)
def passage(
    request: Request, service: ServiceDep, templates: TemplatesDep, source_id: str, chunk_id: str
) -> HTMLResponse:
    """One passage in its place: the chunk with its neighbours and what the source is."""
    index_ = service.searcher.index
    chunk = index_.chunks([chunk_id]).get(chunk_id)
    source = index_.sources.get(source_id)
    if chunk is None or source is None or chunk.source_id != source_id:
        return templates.TemplateResponse(request, "missing.html", {}, status_code=404)
    around = [row.id for row in index_.family(chunk)] or [chunk.id]
    found = index_.chunks(around)
    chunks = [found[identity] for identity in around if identity in found]
    return templates.TemplateResponse(request, "passage.html", {"chunk": chunk, "chunks": chunks, "source": source})
