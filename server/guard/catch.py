"""The last net: an error that nobody foresaw is logged once and becomes a page or a JSON error with every header.

Starlette's own net lies outside of all middleware, where neither headers nor trace ids are added.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import failure
from server.observe.logs import logger

_LOG = logger("error")


class Catch:
    """ASGI middleware. After the response has begun it can only be cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched if scope["type"] == "http" else send)
        except ClientDisconnect:
            return
        except Exception as error:
            if scope["type"] != "http":
                raise
            _LOG.error("unexpected error", exc_info=error)
            if not begun:
                await failure(Request(scope), 500, "failed")(scope, receive, send)
