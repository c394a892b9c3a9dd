"""How many at once: slow answers of a language model must not take every thread. More wait in line, then hear 503."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import failure
from server.guard.rates import is_work
from server.observe.metrics import Metrics

WAIT = 15.0  # seconds in line
LINE = 256  # requests in line
_AGAIN = 10  # seconds after which to try again
# Event streams wait in a line of their own (server/stream.py), telling that they are alive.
_STREAM, _PAGE, _EVENTS = "/stream", "/ask", b"text/event-stream"


class Room:
    """ASGI middleware: `places` requests that make answers, drafts or reviews run at once, to their last byte."""

    def __init__(self, app: ASGIApp, places: int, metrics: Metrics, wait: float = WAIT) -> None:
        self.app = app
        self.metrics = metrics
        self.wait = wait
        self._places = asyncio.Semaphore(places)
        self._line = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_work(scope) or _is_stream(scope):
            await self.app(scope, receive, send)
            return
        if not await self._enter():
            self.metrics.busy.inc()
            response = failure(Request(scope), 503, "busy", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)
            await response(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self._places.release()

    async def _enter(self) -> bool:
        if self._line >= LINE:
            return False
        self._line += 1
        try:
            async with asyncio.timeout(self.wait):
                await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._line -= 1
        return True


def _is_stream(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.endswith(_STREAM) or (path == _PAGE and dict(scope["headers"]).get(b"accept") == _EVENTS)
