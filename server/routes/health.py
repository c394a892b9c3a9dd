"""GET /healthz: can this process answer? 503 with the reason if it cannot."""

from __future__ import annotations

from fastapi import APIRouter

from server.deps import ServiceDep

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz(service: ServiceDep) -> dict[str, str | int]:
    card = service.searcher.index.card
    return {"status": "ok", "generation": card.generation, "chunks": card.chunks}
