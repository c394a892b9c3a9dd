"""The form for the token, and the way out."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from server.guard.admin import (
    PATH,
    attempts_of,
    close_session,
    is_token,
    may_enter,
    open_session,
    settings_of,
)
from server.guard.clients import network_of
from server.guard.csrf import SIGNED
from server.pages.admin.shared import page

router = APIRouter(prefix="/admin", include_in_schema=False)
_SLOWLY = 0.5  # seconds that a wrong token costs


@router.get("/login", response_class=HTMLResponse)
def form(request: Request) -> Response:
    if may_enter(request):
        return RedirectResponse(PATH, 303)
    _by_token(request)
    return page(request, "login", "login")


@router.post("/login", dependencies=[SIGNED], response_model=None)
async def log_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
    _by_token(request)
    client, attempts = network_of(request.scope), attempts_of(request)
    if wait := attempts.wait(client):
        response = page(request, "login", "login", 429, minutes=-(-wait // 60))
        response.headers["Retry-After"] = str(wait)
        return response
    if not is_token(settings_of(request), token.strip()):
        if token.strip():
            attempts.failed(client)
            await asyncio.sleep(_SLOWLY)
        return page(request, "login", "login", 422, wrong="token_wrong" if token.strip() else "token_empty")
    entered = RedirectResponse(PATH, 303)
    open_session(request, entered)
    return entered


@router.post("/logout", dependencies=[SIGNED])
def log_out(request: Request) -> RedirectResponse:
    settings_of(request)
    response = RedirectResponse(f"{PATH}/login", 303)
    close_session(response)
    return response


def _by_token(request: Request) -> None:
    """There is no form where only the proxy signs people in."""
    if not settings_of(request).admin_token.get_secret_value():
        raise HTTPException(404)
