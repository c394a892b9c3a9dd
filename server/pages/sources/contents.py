"""The list of sources; a source with its contents; its whole text; a passage with the quoted words marked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.records import Source
from server.deps import ServiceDep
from server.library import articles
from server.library.contents import full_text, outline
from server.library.passages import chunk_address, find_words, kept_chunk, neighbours, read_ranges, runs
from server.pages.sources.common import known_source, missing, show

router = APIRouter()
_FOUND = 50  # passages that a search in a source shows


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request, service: ServiceDep) -> HTMLResponse:
    """What the answers rest on, and what is expected and not there yet."""
    index = service.searcher.index
    present = [s for s in index.sources.values() if not s.expected and not s.version_of]
    return show(
        request,
        index,
        "list",
        "sources",
        present=present,
        expected=[s for s in index.sources.values() if s.expected],
        counts={s.id: len(index.contents(s.id)) for s in present},
        ordinances={o.source_id: o.title for o in index.records.ordinances},
        created=index.card.created,
    )


@router.get("/sources/{source_id}", response_class=HTMLResponse)
def source(request: Request, service: ServiceDep, source_id: str, words: str = "") -> HTMLResponse:
    """One source: what it is, its contents, and a search for words in it."""
    index = service.searcher.index
    found = known_source(index, source_id)
    if found is None:
        return missing(request, index)
    chunks = find_words(index, source_id, words[:200]) if words.strip() else []
    return show(
        request,
        index,
        "source",
        "sources",
        source=found,
        count=len(index.contents(source_id)),
        contents=outline(index, found),
        ordinance=articles.ordinance_of(index, source_id),
        versions=articles.versions_of(index, found),
        tables=sum(table.source_id == source_id for table in index.records.tables),
        words=words[:200],
        found=chunks[:_FOUND],
        found_all=len(chunks),
    )


@router.get("/sources/{source_id}/text", response_class=HTMLResponse)
def whole_text(request: Request, service: ServiceDep, source_id: str) -> HTMLResponse:
    """The whole text of a source, for reading."""
    index = service.searcher.index
    found = known_source(index, source_id)
    if found is None:
        return missing(request, index)
    parts = [(part, runs(part.chunk.text)) for part in full_text(index, found)]
    return show(request, index, "text", "sources", source=found, parts_=parts)


@router.get("/sources/{source_id}/{chunk_id}", response_class=HTMLResponse)
def passage(
    request: Request, service: ServiceDep, source_id: str, chunk_id: str, q: Annotated[list[str] | None, Query()] = None
) -> Response:
    """One passage in its place, `q=start-end` marked: the chunk, what belongs to it, what stands before and behind.

    Words that an amendment has changed since are found in the version that has them.
    """
    index = service.searcher.index
    found: Source | None = known_source(index, source_id)
    chunk = kept_chunk(index, source_id, chunk_id) if found else None
    if found is None or chunk is None:
        return missing(request, index, found)
    if chunk.id != chunk_id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(chunk_address(chunk.source_id, chunk.id) + query)
    if chunk.source_id != source_id:
        return missing(request, index, found)
    around = index.chunks([row.id for row in index.family(chunk)] or [chunk.id])
    around.setdefault(chunk.id, chunk)
    family = sorted(around.values(), key=lambda c: c.order)
    marked = read_ranges(q or (), len(chunk.text))
    before, behind = neighbours(index, family[0], family[-1])
    ordinance = articles.ordinance_of(index, source_id)
    return show(
        request,
        index,
        "passage",
        "sources",
        source=found,
        chunk=chunk,
        parts_=[(c, runs(c.text, marked if c.id == chunk.id else ())) for c in family],
        marked=bool(marked),
        before=before,
        behind=behind,
        path_of=articles.path_of,
        articles=[a for a in (ordinance.articles if ordinance else ()) if a.section == chunk.section],
        record=next((r for r in index.records.directory if f"directory:{r.id}" == chunk.record), None),
    )
