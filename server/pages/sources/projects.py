"""The directory of projects as a table to search and filter, each project, and the projects under contract."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from server.deps import ServiceDep
from server.library.passages import chunk_address
from server.library.projects import ANY, NONE, Filter, like, select, values_of
from server.pages.sources.common import missing, show

router = APIRouter()
_A_PAGE = 50  # projects on one page of the table


@router.get("/directory", response_class=HTMLResponse)
def directory(
    request: Request, service: ServiceDep, wanted: Annotated[Filter, Query()], page: str = ""
) -> HTMLResponse:
    """The projects that the filter lets through. Its words are in the address, so that a list can be passed on."""
    index = service.searcher.index
    records = index.records.directory
    found = select(records, wanted)
    last = 1 if page == "all" else max(1, -(-len(found) // _A_PAGE))
    number = min(int(page[:9]), last) if re.fullmatch("[1-9][0-9]*", page) else 1
    return show(
        request,
        index,
        "directory",
        "directory",
        records=found if page == "all" else found[(number - 1) * _A_PAGE : number * _A_PAGE],
        found=len(found),
        number=number,
        last=last,
        total=len(records),
        wanted=wanted,
        organizations=_options(values_of(records, "organization")),
        fields=_options(values_of(records, "field")),
        supports=_options(sorted(values_of(records, "support"))),
        any=ANY,
        none=NONE,
    )


def _options(values: list[str]) -> list[tuple[str, str]]:
    """Values of a list to choose from, each shown as it is."""
    return [(value, value) for value in values]


@router.get("/projects/{record_id}", response_class=HTMLResponse)
def project(request: Request, service: ServiceDep, record_id: str) -> HTMLResponse:
    """One project of the directory, with the entry that proves it and the projects like it."""
    searcher = service.searcher
    index = searcher.index
    record = next((r for r in index.records.directory if r.id == record_id), None)
    chunk = index.chunks([record.chunk_id]).get(record.chunk_id) if record else None
    if record is None or chunk is None:
        return missing(request, index)
    contract = next((c for c in index.records.contracts if c.number == record.contract_no), None)
    told = searcher.chunks_of(f"contract:{contract.number}") if contract else []
    return show(
        request,
        index,
        "project",
        "directory",
        record=record,
        chunk=chunk,
        source=index.sources[chunk.source_id],
        address=chunk_address(chunk.source_id, chunk.id),
        contract=contract,
        contract_address=chunk_address(chunk.source_id, told[0]) if told else "",
        like=like(searcher, record),
    )


@router.get("/contracts", response_class=HTMLResponse)
def contracts(request: Request, service: ServiceDep) -> HTMLResponse:
    """The projects under a collaboration contract."""
    searcher = service.searcher
    index = searcher.index
    first = {c.number: searcher.chunks_of(f"contract:{c.number}")[:1] for c in index.records.contracts}
    chunks = index.chunks([i for ids in first.values() for i in ids])
    addresses = {n: chunk_address(chunks[i].source_id, i) for n, ids in first.items() for i in ids if i in chunks}
    return show(
        request,
        index,
        "contracts",
        "contracts",
        contracts=index.records.contracts,
        addresses=addresses,
        count=sum(c.count for c in index.records.contracts),
    )
