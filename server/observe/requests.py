"""One line in the log and one count for every request: route template, status, duration, trace; no path with ids."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from server.guard.clients import network_of
from server.observe.logs import logger
from server.observe.metrics import Metrics
from server.observe.trace import HEADER, begin

_LOG = logger("request")
_STATIC = "/static"
_QUIET = (_STATIC, "/healthz", "/readyz", "/metrics")
_CLOSED = 499  # the client went away before there was an answer; nginx's number for it


class Observe:
    """The outermost ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics, key: bytes) -> None:
        """`key` makes clients unrecognizable in the log."""
        self.app = app
        self.metrics = metrics
        self.key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace, method, began, status, streams = begin(scope), scope["method"], time.perf_counter(), _CLOSED, False

        async def watched(message: Message) -> None:
            nonlocal status, streams
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = trace
                if Headers(scope=message).get("content-type", "").startswith("text/event-stream"):
                    streams = True
                    self.metrics.streams.inc()
            await send(message)

        with bound_contextvars(trace=trace):
            try:
                await self.app(scope, receive, watched)
            finally:
                if streams:
                    self.metrics.streams.dec()
                self._tell(scope, method, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        route = template_of(scope)
        self.metrics.request(route, method, status, seconds)
        tell = _LOG.debug if route in _QUIET else _LOG.warning if status >= 500 else _LOG.info
        tell(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            client=self._client(scope),
        )

    def _client(self, scope: Scope) -> str:
        """The same for one client on one day, and nobody's address."""
        told = f"{datetime.now(UTC).date()} {network_of(scope)}"
        return hmac.new(self.key, told.encode(), hashlib.sha256).hexdigest()[:8]


def template_of(scope: Scope) -> str:
    """The template of the route that answered, `/sources/{source_id}`; `-` for an address that no route has."""
    if scope["path"].startswith(f"{_STATIC}/"):  # a mount leaves no route behind
        return _STATIC
    return str(getattr(scope.get("route"), "path", "-"))
