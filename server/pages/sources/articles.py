"""The ordinance: its whole structure on one page, and each article at an address of its own."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from server.deps import ServiceDep
from server.library import articles
from server.pages.sources.common import known_source, missing, show

router = APIRouter()


@router.get("/articles", response_class=RedirectResponse)
def first_ordinance(request: Request, service: ServiceDep) -> Response:
    """The ordinance, wherever it stands."""
    found = articles.ordinance_of(service.searcher.index)
    if found is None:
        return missing(request, service.searcher.index)
    return RedirectResponse(f"/sources/{quote(found.source_id, safe='')}/articles")


@router.get("/sources/{source_id}/articles", response_class=HTMLResponse)
def ordinance(request: Request, service: ServiceDep, source_id: str) -> HTMLResponse:
    """All articles with their text, by 章 and 節, then the 附則."""
    index = service.searcher.index
    source, found = known_source(index, source_id), articles.ordinance_of(index, source_id)
    if source is None or found is None:
        return missing(request, index, source)
    return show(
        request,
        index,
        "ordinance",
        "ordinance",
        source=source,
        ordinance=found,
        groups=articles.structure(found),
        supplementary=articles.supplementary(found),
        promulgation=articles.promulgation(index, found),
        appendices=articles.appendix_chunks(index, found),
        versions=articles.versions_of(index, source),
        in_force=articles.in_force(found),
        of=articles,
    )


@router.get("/sources/{source_id}/articles/{number}", response_class=HTMLResponse)
def article(request: Request, service: ServiceDep, source_id: str, number: str) -> Response:
    """One article; other ways to write its number lead to its one address."""
    index = service.searcher.index
    source, whole = known_source(index, source_id), articles.ordinance_of(index, source_id)
    found = articles.find_article(whole, number) if whole else None
    if source is None or whole is None or found is None:
        return missing(request, index, source)
    if number != articles.address_of(found):
        return RedirectResponse(articles.path_of(found), 308)
    before, behind = articles.beside(whole, found)
    return show(
        request,
        index,
        "article",
        "ordinance",
        source=source,
        ordinance=whole,
        article=found,
        before=before,
        behind=behind,
        chunks=articles.chunks_of(index, found),
        in_force=articles.in_force(whole),
        of=articles,
    )
