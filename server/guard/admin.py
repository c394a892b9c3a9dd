"""Who may open /admin: a token (form or `Authorization: Bearer`), or a user whom a proxy in front has signed in.

Off until one of the two is configured: then every address below answers 404. The form sets a cookie of its own for eight
hours, signed with the service's secret and the token, so that a new token ends all sessions.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.settings import Settings
from server.guard.clients import network_of
from server.guard.csrf import check_sign

COOKIE = "kyodo_admin"
PATH = "/admin"
_AGE = 8 * 3600  # seconds, a working day
_FAILURES = parse("5 per 15 minutes")  # of one client
_FAILURES_OF_ALL = parse("50 per 15 minutes")
_BEARER = HTTPBearer(auto_error=False, description="KYODO_ADMIN_TOKEN")


class SignInNeeded(Exception):
    """A page of /admin was asked for without a session."""


class Attempts:
    """Failed attempts, counted in this process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, client: str) -> int:
        """Seconds until this client may try again; 0 = now."""
        limits = ((_FAILURES, client), (_FAILURES_OF_ALL, "all"))
        full = [limit for limit in limits if not self._limiter.test(*limit)]
        return max(
            (int(self._limiter.get_window_stats(*limit).reset_time - time.time()) + 1 for limit in full), default=0
        )

    def failed(self, client: str) -> None:
        self._limiter.hit(_FAILURES, client)
        self._limiter.hit(_FAILURES_OF_ALL, "all")


def attempts_of(request: Request) -> Attempts:
    found: Attempts = request.app.state.attempts
    return found


def settings_of(request: Request) -> Settings:
    """The settings, if there is an /admin; raises 404 otherwise."""
    settings: Settings = request.app.state.service.settings
    if not settings.admin_token.get_secret_value() and not settings.admin_header:
        raise HTTPException(404)
    return settings


def is_token(settings: Settings, told: str) -> bool:
    """Takes as long for a wrong token as for the right one."""
    token = settings.admin_token.get_secret_value()
    return bool(token) and hmac.compare_digest(_digest(token), _digest(told))


def open_session(request: Request, response: Response) -> None:
    """Set the cookie of somebody who has told the token."""
    settings = settings_of(request)
    until = str(int(time.time()) + _AGE)
    value = f"{until}.{_seal(request, until)}"
    response.set_cookie(
        COOKIE, value, max_age=_AGE, path=PATH, httponly=True, samesite="strict", secure=settings.secure_cookies
    )


def close_session(response: Response) -> None:
    response.delete_cookie(COOKIE, path=PATH)


def may_enter(request: Request) -> bool:
    """By the cookie of the form, or by the name that the proxy tells."""
    settings = settings_of(request)
    return _is_user(request, settings) or _has_session(request, settings)


def check_page(request: Request) -> None:
    """Raises 404 where there is no /admin, 403 for a user who may not, SignInNeeded for everybody else."""
    if may_enter(request):
        return
    if not settings_of(request).admin_token.get_secret_value():
        raise HTTPException(403, "this user may not open the operators' pages")
    raise SignInNeeded


async def check_api(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)] = None
) -> None:
    """Raises 404, 401 or 429. A user of the proxy signs what changes something, as a form does; a token need not."""
    settings = settings_of(request)
    if bearer is not None:
        client, attempts = network_of(request.scope), attempts_of(request)
        if wait := attempts.wait(client):
            raise HTTPException(429, "too many failed attempts", {"Retry-After": str(wait)})
        if is_token(settings, bearer.credentials):
            return
        attempts.failed(client)
    elif _is_user(request, settings):
        if request.method not in ("GET", "HEAD"):
            await check_sign(request)
        return
    raise HTTPException(401, "a token is needed: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


def to_sign_in(request: Request, error: Exception) -> RedirectResponse:
    """What SignInNeeded is answered with."""
    return RedirectResponse(f"{PATH}/login", 303)


def _is_user(request: Request, settings: Settings) -> bool:
    if not settings.admin_header:
        return False
    user = request.headers.get(settings.admin_header, "").strip()
    allowed = {name.strip() for name in settings.admin_users.split(",") if name.strip()}
    return bool(user) and (not allowed or user in allowed)


def _has_session(request: Request, settings: Settings) -> bool:
    until, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if not settings.admin_token.get_secret_value() or not until.isascii() or not until.isdigit():
        return False
    return hmac.compare_digest(_seal(request, until).encode(), seal.encode()) and time.time() < int(until)


def _seal(request: Request, until: str) -> str:
    key: bytes = request.app.state.secret
    token = settings_of(request).admin_token.get_secret_value()
    return hmac.new(key, b"admin\0" + until.encode() + b"\0" + _digest(token), hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


PAGE = Depends(check_page)
API = Depends(check_api)
