"""What the pages of 資料 share: their own navigation, finding a source, and the page for what is no longer there."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.index import Index
from assistant.records import Source
from server.render import render


def known_source(index: Index, source_id: str) -> Source | None:
    """A source whose text is in the index."""
    found = index.sources.get(source_id)
    return found if found is not None and not found.expected else None


def show(
    request: Request, index: Index, template: str, current: str, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of 資料; its navigation names only what this index has."""
    records = index.records
    there = {
        "sources": True,
        "ordinance": bool(records.ordinances),
        "directory": bool(records.directory),
        "overview": bool(records.directory),
        "contracts": bool(records.contracts),
    }
    sections = [name for name, is_there in there.items() if is_there]
    return render(
        request, f"sources/{template}.html", status, page="sources", current=current, sections=sections, **context
    )


def missing(request: Request, index: Index, source: Source | None = None) -> HTMLResponse:
    """404 with a way on: a search in the source, where the source at least is there."""
    expected = None if source else index.sources.get(request.path_params.get("source_id", ""))
    return show(request, index, "missing", "", 404, source=source, expected=expected)
