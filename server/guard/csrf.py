"""What another site could send in a visitor's name. Forms that change something must carry the sign of the visitor's
cookie (server/session.py); beside that, a request that a browser itself marks as another site's is refused everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import Refusal, failure
from server.guard.hosts import is_known, name_of
from server.session import is_signed

HEADER = "x-sign"  # for scripts; forms carry the field `sign`
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORM = ("application/x-www-form-urlencoded", "multipart/form-data")


async def check_sign(request: Request) -> None:
    """Raises 403 for a request that another site could have sent."""
    sign = request.headers.get(HEADER, "")
    if not sign and request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORM:
        sign = str((await request.form(max_files=5, max_fields=200)).get("sign", ""))
    if not is_signed(request, sign):
        raise Refusal(403, "not_signed")


async def signed(request: Request) -> AsyncIterator[None]:
    """check_sign as a dependency; closes the form's files at the end."""
    try:
        await check_sign(request)
        yield
    finally:
        await request.close()


SIGNED = Depends(signed)


class OtherSites:
    """ASGI middleware that answers 403 to what changes something and comes from another site, as far as browsers tell.

    Over plain HTTP they may tell nothing (no Sec-Fetch-Site, `Origin: null` because of our Referrer-Policy): then the
    sign decides alone.
    """

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            request = Request(scope)
            if self._from_elsewhere(request):
                await failure(request, 403, "other_site")(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _from_elsewhere(self, request: Request) -> bool:
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site not in ("same-origin", "none")
        origin = request.headers.get("origin", "null")
        if origin == "null":
            return False
        host = origin.partition("://")[2]
        if name_of(host) == name_of(request.headers.get("host", "")):
            return False
        return self.names == ("*",) or not is_known(host, self.names)
