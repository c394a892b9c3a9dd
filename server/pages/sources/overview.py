"""地図とグラフ: the projects by ward, bureau and field, and what the documents tell year by year."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.charts.surface import Surface
from server.charts.tiles import shade_of, tile_map
from server.charts.wards import wards
from server.deps import ServiceDep
from server.library.figures import charts_of
from server.library.overview import matrix, overview
from server.pages.sources.common import show
from server.render import language_of

router = APIRouter()


@router.get("/overview", response_class=HTMLResponse)
def figures(request: Request, service: ServiceDep, field: str = "") -> HTMLResponse:
    """The map of one field or of all, and the charts; an unknown field shows all."""
    index = service.searcher.index
    records = index.records.directory
    places = {ward.name for ward in wards()}
    fields = {record.field for record in records}
    found = overview(index, field if field in fields else "")
    most = max((c.count for c in (*found.wards, *found.bureaus)), default=0)
    return show(
        request,
        index,
        "overview",
        "overview",
        overview=found,
        map=tile_map({c.name: c.count for c in found.wards}, most),
        all=len(records),
        of_wards=sum(record.organization in places for record in records),
        page_surface=Surface(),
        bureaus=[(c, shade_of(c.count, most)) for c in found.bureaus],
        matrix=matrix(records),
        charts=charts_of(found, language_of(request)),
    )
