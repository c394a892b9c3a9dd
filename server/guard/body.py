"""A limit on request bodies, counted while they arrive: a missing or wrong Content-Length does not help.

A body is held until it is whole, so that a route's thread never waits for a slow sender. What all bodies hold together
is bounded, and so is the time one may take.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import failure

# Bytes. A question has at most 4,000 characters and a brief 20,000; a longer one gets a kind answer, not an error.
LARGEST = 512 * 1024
DOCUMENT_PATHS = ("/api/reviews", "/api/reviews/export", "/reviews")
LARGEST_TEXT = 2 * 1024 * 1024  # a document of 200,000 characters as JSON, even with all of them escaped
LARGEST_UPLOAD = 20 * 1024 * 1024  # a Word or PDF file with pictures
HELD = 200 * 1024 * 1024  # all bodies above SMALL together
SMALL = 64 * 1024  # always taken, so that uploads cannot keep questions out
SECONDS = 30.0
SECONDS_UPLOAD = 240.0  # the largest file at 90 kB/s
_AGAIN = 10  # seconds after which to try again


class BodyLimit:
    """ASGI middleware that answers 413, 408 or 503 before a route sees the body."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST, seconds: float = SECONDS, held: int = HELD) -> None:
        self.app = app
        self.largest = largest
        self.seconds = seconds
        self.most = held
        self.held = 0  # bytes, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(self, scope)
        try:
            async with asyncio.timeout(body.seconds):
                status = await body.read(receive)
        except TimeoutError:
            status = 408
        try:
            if status == 0:
                await self.app(scope, body.replay(receive), send)
            elif status is not None:
                await _refusal(scope, status, body.largest)(scope, receive, send)
        finally:
            body.forget()

    def limits(self, scope: Scope) -> tuple[int, float]:
        """Bytes that a request may have and seconds it may take; more only where documents are taken."""
        path: str = scope["path"]
        if not any(path == p or path.startswith(f"{p}/") for p in DOCUMENT_PATHS):
            return self.largest, self.seconds
        kind = dict(scope["headers"]).get(b"content-type", b"")
        if kind.lower().startswith(b"multipart/form-data"):
            return LARGEST_UPLOAD, max(self.seconds, SECONDS_UPLOAD)
        return LARGEST_TEXT, self.seconds


class _Body:
    """One body while it arrives."""

    def __init__(self, guard: BodyLimit, scope: Scope) -> None:
        self.guard = guard
        self.largest, self.seconds = guard.limits(scope)
        told = dict(scope["headers"]).get(b"content-length", b"")
        self.told = int(told) if told.isdigit() else 0
        self.messages: list[Message] = []
        self.size = self.counted = 0

    async def read(self, receive: Receive) -> int | None:
        """0 when it is whole, the status of a refusal, or None when the sender went away."""
        if self.told > self.largest:
            return 413
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            self.messages.append(message)
            self.size += len(message.get("body", b""))
            if self.size > self.largest:
                return 413
            if not self._hold():
                return 503
            if not message.get("more_body", False):
                return 0

    def _hold(self) -> bool:
        if self.size > SMALL:
            self.guard.held += self.size - self.counted
            self.counted = self.size
        return self.counted == 0 or self.guard.held <= self.guard.most

    def replay(self, receive: Receive) -> Receive:
        async def again() -> Message:
            return self.messages.pop(0) if self.messages else await receive()

        return again

    def forget(self) -> None:
        self.messages.clear()
        self.guard.held -= self.counted


def _refusal(scope: Scope, status: int, largest: int) -> ASGIApp:
    request = Request(scope)
    if status == 413:
        return failure(request, 413, "too_large", limit=f"{largest // 1024:,}KB")
    if status == 408:
        return failure(request, 408, "too_slow", headers={"Connection": "close"})
    return failure(request, 503, "busy", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)
