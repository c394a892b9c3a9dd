"""A limit on request bodies, counted while they arrive: a missing or wrong Content-Length does not help."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prompts import say
from server.errors import error_response

# Bytes. A question has at most 4,000 characters and a brief 20,000; a longer one gets a kind answer, not an error.
LARGEST = 512 * 1024
DOCUMENT_PATHS = ("/api/reviews", "/api/reviews/export", "/reviews")
LARGEST_TEXT = 2 * 1024 * 1024  # a document of 200,000 characters as JSON, even with all of them escaped
LARGEST_UPLOAD = 20 * 1024 * 1024  # a Word or PDF file with pictures


class BodyLimit:
    """ASGI middleware that answers 413 before a route sees the body."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = self._largest(scope)
        messages, size = [], 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > largest:
                limit = f"{largest // 1024:,}"
                refusal = error_response(413, "too_large", say("http", "too_large", limit=limit), "request too large")
                await refusal(scope, receive, send)
                return
            if message["type"] != "http.request" or not message.get("more_body", False):
                break

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self.app(scope, replay, send)

    def _largest(self, scope: Scope) -> int:
        """Bytes that a request may have; only where documents are taken more than a question needs."""
        if scope["path"] not in DOCUMENT_PATHS:
            return self.largest
        kind = dict(scope["headers"]).get(b"content-type", b"")
        return LARGEST_UPLOAD if kind.lower().startswith(b"multipart/form-data") else LARGEST_TEXT
