"""The projects and figures as JSON, as CSV and as SVG files, with the same filters as the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from assistant.errors import WrongUse
from assistant.records import ContractRecord, DirectoryRecord
from server.charts.surface import Surface
from server.deps import ServiceDep
from server.library.figures import charts_of
from server.library.overview import Overview
from server.library.overview import overview as overview_of
from server.library.projects import Filter, like, select
from server.library.sheets import to_csv
from server.render import language_of
from server.words import word

router = APIRouter(prefix="/api", tags=["directory"])
WantedQuery = Annotated[Filter, Query()]
PROJECT = ("id", "name", "organization", "divisions", "field", "support", "partner", "summary", "notes", "locator")
CONTRACT = ("number", "name", "organization", "division", "partners", "cost", "form", "count", "proposer", "locator")


@router.get("/directory")
def directory(service: ServiceDep, wanted: WantedQuery) -> list[DirectoryRecord]:
    """The projects that a filter lets through."""
    return select(service.searcher.index.records.directory, wanted)


@router.get("/directory.csv", response_class=Response)
def directory_csv(request: Request, service: ServiceDep, wanted: WantedQuery) -> Response:
    """The same as a table for spreadsheets."""
    return _sheet(request, PROJECT, select(service.searcher.index.records.directory, wanted), "directory")


@router.get("/directory/{record_id}")
def project(record_id: str, service: ServiceDep) -> DirectoryRecord:
    """One project."""
    return _project(service, record_id)


@router.get("/directory/{record_id}/like")
def like_projects(record_id: str, service: ServiceDep) -> list[DirectoryRecord]:
    """The projects whose words are nearest to those of one."""
    return like(service.searcher, _project(service, record_id))


@router.get("/contracts")
def contracts(service: ServiceDep) -> list[ContractRecord]:
    """The projects under a collaboration contract."""
    return list(service.searcher.index.records.contracts)


@router.get("/contracts.csv", response_class=Response)
def contracts_csv(request: Request, service: ServiceDep) -> Response:
    """The same as a table for spreadsheets."""
    return _sheet(request, CONTRACT, list(service.searcher.index.records.contracts), "contracts")


@router.get("/overview")
def overview(service: ServiceDep, field: str = "") -> Overview:
    """Projects by ward, bureau and field, and what the documents tell year by year."""
    return overview_of(service.searcher.index, field)


@router.get("/overview/{name}.svg", response_class=Response)
def chart(request: Request, service: ServiceDep, name: str, field: str = "") -> Response:
    """A chart of the overview as a file: map, fields, wards, bureaus, course-1 …"""
    figure = charts_of(overview_of(service.searcher.index, field), language_of(request)).get(name)
    if figure is None:
        raise WrongUse(f"「{name}」という図はありません。", f"no chart {name!r}")
    template = request.app.state.templates.get_template(f"charts/{figure.template}.xml")
    svg = template.render(figure=figure, surface=Surface(fixed=True), id=name)
    return _file(svg.strip().encode(), "image/svg+xml", f"kyodo-{name}.svg")


def _project(service: ServiceDep, record_id: str) -> DirectoryRecord:
    found = next((r for r in service.searcher.index.records.directory if r.id == record_id), None)
    if found is None:
        raise WrongUse(f"「{record_id}」という事業はありません。", f"no project {record_id!r}")
    return found


def _sheet(
    request: Request, fields: tuple[str, ...], records: list[DirectoryRecord] | list[ContractRecord], name: str
) -> Response:
    header = [word(f"sources.column_{field}", language_of(request)) for field in fields]
    rows = [[_cell(getattr(record, field)) for field in fields] for record in records]
    return _file(to_csv(header, rows), "text/csv; charset=utf-8", f"kyodo-{name}.csv")


def _cell(value: object) -> object:
    return "、".join(value) if isinstance(value, tuple) else value


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
