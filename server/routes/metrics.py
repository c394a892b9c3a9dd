"""GET /metrics: figures for Prometheus, for whom the settings say."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from server.deps import ServiceDep
from server.guard.clients import is_loopback
from server.guard.hosts import name_of
from server.observe.metrics import Metrics

router = APIRouter(include_in_schema=False)
_PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


@router.get("/metrics")
def metrics(request: Request, service: ServiceDep) -> Response:
    """404 for whom they are not."""
    allowed = service.settings.metrics
    if allowed == "off" or (allowed == "loopback" and not _from_here(request)):
        raise HTTPException(404)
    figures: Metrics = request.app.state.metrics
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


def _from_here(request: Request) -> bool:
    """Asked on this machine, under a local name, and not passed on by a proxy."""
    passed_on = any(name in request.headers for name in _PASSED_ON)
    peer = request.client.host if request.client else ""
    here = is_loopback(peer) and is_loopback(name_of(request.headers.get("host", "")))
    return here and not passed_on
