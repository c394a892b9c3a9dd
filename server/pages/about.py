"""この案内について: what it is, what it rests on, what it cannot do, privacy, accessibility."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.errors import KyodoError
from assistant.records import Source
from assistant.service import Service
from server.deps import ServiceDep
from server.render import render

router = APIRouter(include_in_schema=False)
_SECTIONS = ("what", "sources", "how", "cannot", "privacy", "accessibility", "report")


@router.get("/about", response_class=HTMLResponse)
def about(request: Request, service: ServiceDep) -> HTMLResponse:
    """Everything on one page; it opens without an index too, because it says how to get help."""
    sources = _sources(service)
    settings = service.settings
    return render(
        request,
        "about/page.html",
        page="about",
        sections=_SECTIONS,
        sources=[source for source in sources if not source.expected],
        missing=[source for source in sources if source.expected],
        model=service.model.name if service.model else "",
        contact=settings.contact,
        keep_days=settings.keep_days,
        keep_upload_days=settings.keep_upload_days,
        version=version("kyodo-navi"),
    )


def _sources(service: Service) -> list[Source]:
    try:
        return [s for s in service.searcher.index.sources.values() if not s.version_of]
    except KyodoError:
        return []
