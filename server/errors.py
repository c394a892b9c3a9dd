"""Every error as one JSON shape or as a page, and the HTTP status of each of the project's errors. Nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.errors import (
    BadCorpus,
    BadInputFile,
    IndexMismatch,
    KyodoError,
    LockedFile,
    LockTimeout,
    ModelUnusable,
    NoIndex,
    StorageFailed,
    StoreUnreachable,
    WrongUse,
)
from server.observe.logs import logger
from server.observe.trace import trace_of
from server.render import language_of, render
from server.words import keys, word

STATUS: dict[type[KyodoError], int] = {
    WrongUse: 404,
    BadInputFile: 422,
    LockedFile: 422,
    BadCorpus: 422,
    NoIndex: 503,
    IndexMismatch: 503,
    StorageFailed: 507,
    StoreUnreachable: 502,
    ModelUnusable: 502,
    LockTimeout: 503,
}
_LOG = logger("error")
_JSON_ONLY = ("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json")


class ErrorDetail(BaseModel):
    code: str
    message: str
    message_en: str


class ErrorBody(BaseModel):
    """What every error of the JSON routes looks like; the trace id stands in the header `X-Trace-Id`."""

    error: ErrorDetail


# What any JSON route may answer beside 200, for the OpenAPI description.
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": told}
    for status, told in {
        400: "unreadable, or a host that is not ours",
        403: "another site's request, or a form without sign",
        404: "not there",
        408: "sent too slowly",
        413: "too large",
        422: "not as described",
        429: "too often; see Retry-After",
        500: "an unexpected error",
        502: "an outside service failed",
        503: "no index, no database, or too busy",
        507: "the disk refused",
    }.items()
}


class Refusal(HTTPException):
    """An error with words of its own: `errors.<code>_title`, `_what` and `_next`."""

    def __init__(self, status: int, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, headers=headers)
        self.code = code


def install_errors(app: FastAPI) -> None:
    """Register the handlers. What none of them knows ends in server/guard/catch.py."""
    app.add_exception_handler(KyodoError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def error_response(status: int, code: str, ja: str, en: str) -> JSONResponse:
    """`{"error": {"code", "message", "message_en"}}`"""
    return JSONResponse({"error": {"code": code, "message": ja, "message_en": en}}, status_code=status)


def failure(
    request: Request,
    status: int,
    code: str,
    *,
    headers: Mapping[str, str] | None = None,
    what: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """An error as the client wants it. `what` (language → sentence) comes before the words of `code`; `values` fill in
    their variables. Needs neither index nor database; if even this fails, plain text."""
    words = _words(code, status)
    told = dict(what) if what else {lang: word(f"errors.{words}_what", lang, **values) for lang in ("ja", "en")}
    try:
        if _wants_page(request):
            response: Response = _page(request, status, words, told[language_of(request)], values)
        else:
            response = error_response(status, code, told["ja"], told["en"])
    except Exception as error:
        _LOG.error("the error page failed", exc_info=error)
        response = PlainTextResponse(f"{told['ja']}\n{told['en']}\n", status)
    response.headers.update(headers or {})
    return response


def _page(request: Request, status: int, words: str, what: str, values: dict[str, Any]) -> Response:
    language = language_of(request)
    title, following = (word(f"errors.{words}_{part}", language, **values) for part in ("title", "next"))
    trace = trace_of(request)
    return render(request, "error.html", status, page="", title=title, what=what, following=following, trace=trace)


def _words(code: str, status: int) -> str:
    """The words of a code, else of its status, else of its class."""
    named = (name for name in (code, f"s{status}") if f"errors.{name}_what" in keys())
    return next(named, "s4xx" if status < 500 else "failed")


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith(_JSON_ONLY) and "text/html" in request.headers.get("accept", "")


async def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, KyodoError)
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return failure(request, status, error.code, what={"ja": error.ja, "en": error.en})


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    what = {"ja": word("errors.invalid_place", "ja", place=place), "en": f"{place}: {first['msg']}"}
    return failure(request, 422, "invalid_request", what=None if _wants_page(request) else what)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = error.code if isinstance(error, Refusal) else "not_found" if error.status_code == 404 else "refused"
    return failure(request, error.status_code, code, headers=error.headers)
