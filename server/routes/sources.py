"""GET /api/sources and the chunks of a source: the evidence, addressable. GET /api/directory: the projects."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.errors import WrongUse
from assistant.records import Chunk, DirectoryRecord, Source
from server.deps import ServiceDep

router = APIRouter(prefix="/api", tags=["sources"])


@router.get("/sources")
def sources(service: ServiceDep) -> list[Source]:
    """All sources, also those that are expected and not there yet (`expected`)."""
    return list(service.searcher.index.sources.values())


@router.get("/sources/{source_id}/chunks/{chunk_id}")
def chunk(source_id: str, chunk_id: str, service: ServiceDep) -> Chunk:
    """One chunk with its text, locator and the headings above it."""
    found = service.searcher.index.chunks([chunk_id]).get(chunk_id)
    if found is None or found.source_id != source_id:
        raise WrongUse(f"出典 {source_id} に {chunk_id} はありません。", f"source {source_id} has no chunk {chunk_id}")
    return found


@router.get("/directory")
def directory(service: ServiceDep, organization: str = "", field: str = "") -> list[DirectoryRecord]:
    return service.directory(organization, field)
