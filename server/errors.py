"""One JSON shape for every error, and the HTTP status of each of the project's errors. Nowhere else."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
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
from prompts import say

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


def install_errors(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(KyodoError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def error_response(status: int, code: str, ja: str, en: str) -> JSONResponse:
    """`{"error": {"code", "message", "message_en"}}`"""
    return JSONResponse({"error": {"code": code, "message": ja, "message_en": en}}, status_code=status)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KyodoError)
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return error_response(status, error.code, error.ja, error.en)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return error_response(422, "invalid_request", say("http", "invalid", place=place), f"{place}: {first['msg']}")


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    name = "not_found" if error.status_code == 404 else "refused"
    return error_response(error.status_code, name, say("http", name), str(error.detail))


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return error_response(500, "failed", say("http", "failed"), "an unexpected error")
