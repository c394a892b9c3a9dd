"""A page from its template: words in the visitor's language, the navigation, the sign for its forms, the cookie."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.answers import Citation
from server.furigana import COOKIE as FURIGANA
from server.furigana import furigana_of, with_readings
from server.library.passages import citation_address
from server.session import LANGUAGE, set_cookies, sign_of
from server.store.database import new_id
from server.words import LANGUAGES, word

PAGES = ("ask", "drafts", "reviews", "learn", "sources", "about")  # the navigation, in its order


def language_of(request: Request) -> str:
    """The interface's language: `?lang=en`, else the one chosen before, else Japanese."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "")
    return wanted if wanted in LANGUAGES else "ja"


def _cited_at(request: Request, citation: Citation) -> str:
    """The address of a citation, with its quotation marked there."""
    return citation_address(request.app.state.service.searcher.index, citation)


def here(request: Request, **changed: str) -> str:
    """The address of this page, relative, with some of its query changed and the rest kept; for switches."""
    return f"?{request.url.include_query_params(**changed).query}"


def _told(request: Request, context: dict[str, Any]) -> dict[str, Any]:
    language = language_of(request)
    return {
        "t": partial(word, language=language),
        "language": language,
        "sign": sign_of(request),
        "once": new_id,
        "pages": PAGES,
        "furigana": furigana_of(request),
        "cited_at": partial(_cited_at, request),
        "here": partial(here, request),
        **context,
    }


def fragment(request: Request, template: str, **context: Any) -> str:
    """`template` of server/web as HTML, with furigana for who switched it on. It sees `t(key, **values)` for words,
    `language`, `furigana` (on, off), `here`, `sign` and `once` for forms, `cited_at(citation)` for the address of a quotation, and
    `context`. By itself for scripts, which put it into the page they are on."""
    told = _told(request, context)
    html: str = request.app.state.templates.get_template(template).render({"request": request, **told})
    return with_readings(html, told["language"]) if told["furigana"] == "on" else html


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page of `template` (see fragment), with the visitor's cookie and the choices that its address makes."""
    secure: bool = request.app.state.service.settings.secure_cookies
    response = HTMLResponse(fragment(request, template, **context), status)
    set_cookies(request, response, secure)
    for name, chosen in ((LANGUAGE, language_of(request)), (FURIGANA, furigana_of(request))):
        if request.query_params.get(name) == chosen:
            response.set_cookie(name, chosen, max_age=365 * 24 * 3600, samesite="lax", httponly=True, secure=secure)
    return response
