"""GET /healthz: can this process answer? GET /readyz: can it also keep what people write? 503 with the reason if not."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text

from server.deps import DatabaseDep, ServiceDep

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz(service: ServiceDep) -> dict[str, str | int]:
    card = service.searcher.index.card
    return {"status": "ok", "generation": card.generation, "chunks": card.chunks}


@router.get("/readyz")
def readyz(service: ServiceDep, database: DatabaseDep) -> dict[str, str | int]:
    with database.session() as session:
        session.execute(text("SELECT 1"))
    return healthz(service)
