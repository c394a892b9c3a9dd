"""A visitor's cookie and the sign on forms that goes with it.

The cookie is random and says nothing; a page sets it so that its forms can be signed, and nothing is kept on the server
until the visitor sends something. A form's sign is an HMAC of the cookie: who cannot read the cookie cannot forge it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from starlette.requests import Request
from starlette.responses import Response

from assistant.errors import StorageFailed
from assistant.settings import Settings
from prompts import say

COOKIE = "kyodo"
LANGUAGE = "lang"
_BYTES = 32
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")  # what token_urlsafe makes of 32 bytes


def cookie_name(request: Request) -> str:
    """Over TLS with the prefix that keeps other hosts of the same domain from setting it."""
    return f"__Host-{COOKIE}" if request.app.state.service.settings.secure_cookies else COOKIE


def _sent(request: Request) -> str:
    """The cookie that came with the request; empty if there is none, or one that we cannot have made."""
    sent = request.cookies.get(cookie_name(request), "")
    return sent if _FORM.fullmatch(sent) else ""


def cookie_of(request: Request) -> str:
    """The visitor's cookie; a new one where there is none, the same for the whole request."""
    if not hasattr(request.state, "cookie"):
        request.state.cookie = _sent(request) or secrets.token_urlsafe(_BYTES)
    found: str = request.state.cookie
    return found


def visitor_of(request: Request) -> str:
    """How the visitor is called in the database: the SHA-256 of the cookie."""
    return hashlib.sha256(cookie_of(request).encode()).hexdigest()


def sign_of(request: Request) -> str:
    """What the visitor's forms carry."""
    key: bytes = request.app.state.secret
    return hmac.new(key, cookie_of(request).encode(), hashlib.sha256).hexdigest()


def is_signed(request: Request, sign: str) -> bool:
    """Does a form carry the sign of the cookie that came with it?"""
    return _sent(request) != "" and hmac.compare_digest(sign_of(request).encode(), sign.encode("utf-8", "replace"))


def set_cookies(request: Request, response: Response, secure: bool) -> None:
    """Set the visitor's cookie, for as long as data is kept from now on."""
    name = cookie_name(request)
    age = request.app.state.service.settings.keep_days * 24 * 3600  # seconds
    response.set_cookie(name, cookie_of(request), max_age=age, httponly=True, samesite="lax", secure=secure)


def delete_cookies(request: Request, response: Response) -> None:
    """Make the browser a new visitor."""
    secure = request.app.state.service.settings.secure_cookies  # a browser ignores a __Host- cookie without it
    response.delete_cookie(cookie_name(request), secure=secure)


def load_secret(settings: Settings) -> bytes:
    """The key of the signs: the setting, or a file in the home that is made once."""
    if told := settings.secret.get_secret_value():
        return told.encode()
    path: Path = settings.home / "web.key"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
        return path.read_bytes()
    except OSError as error:
        raise StorageFailed(say("store", "readonly"), say("store", "readonly_en")) from error


def _make_key(path: Path) -> None:
    """A link is there at once and whole: nobody reads a key that is not written yet, and the first of several stays."""
    with NamedTemporaryFile(dir=path.parent, prefix=path.name) as file:  # readable by its owner only
        file.write(secrets.token_bytes(32))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
