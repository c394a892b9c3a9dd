"""The tables of a source, as they were read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.deps import ServiceDep
from server.pages.sources.common import known_source, missing, show

router = APIRouter()


@router.get("/sources/{source_id}/tables", response_class=HTMLResponse)
def tables(request: Request, service: ServiceDep, source_id: str) -> HTMLResponse:
    index = service.searcher.index
    source = known_source(index, source_id)
    found = [table for table in index.records.tables if table.source_id == source_id]
    if source is None or not found:
        return missing(request, index, source)
    return show(request, index, "tables", "sources", source=source, tables=found)
