"""資料: every source, its contents, and each passage at a stable address."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.deps import ServiceDep
from server.render import render

router = APIRouter(include_in_schema=False)


@router.get("/sources/{source_id}/{chunk_id}", response_class=HTMLResponse)
def passage(request: Request, service: ServiceDep, source_id: str, chunk_id: str) -> HTMLResponse:
    """One passage in its place: the chunk with its neighbours and what the source is."""
    index_ = service.searcher.index
    chunk = index_.chunks([chunk_id]).get(chunk_id)
    source = index_.sources.get(source_id)
    if chunk is None or source is None or chunk.source_id != source_id:
        return render(request, "missing.html", 404)
    around = [row.id for row in index_.family(chunk)] or [chunk.id]
    found = index_.chunks(around)
    chunks = [found[identity] for identity in around if identity in found]
    return render(request, "sources/passage.html", chunk=chunk, chunks=chunks, source=source, page="sources")
