"""POST /api/reviews: a contract or proposal as JSON text or as a file (multipart), one Review. POST /api/reviews/export:
the same as a file: the Word document with comments in it, or a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from assistant.drafts import Review
from assistant.review.report.name import file_name
from assistant.review.request import ReviewRequest, carry_out, told_by
from assistant.service import Service
from server.attachment import TYPES, attachment
from server.deps import ServiceDep
from server.uploads import read_upload, report

router = APIRouter(prefix="/api", tags=["reviews"])

Format = Literal["docx", "html", "json"]
_FILE_SCHEMA = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "docx, pdf, md, txt。20MBまで。"},
        "document": {"type": "string", "enum": ["proposal", "contract"]},
        "form": {"type": "string"},
        "password": {"type": "string", "description": "PDFのパスワード。"},
    },
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ReviewRequest.model_json_schema()},
            "multipart/form-data": {"schema": _FILE_SCHEMA},
        },
    }
}


@dataclass(frozen=True)
class Posted:
    """The fields of a request and the bytes of its file, if it has one."""

    fields: dict[str, Any]
    data: bytes | None = None


async def _posted(request: Request) -> Posted:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request)
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise _invalid((), "not JSON") from error
    if not isinstance(body, dict):
        raise _invalid((), "not a JSON object")
    return Posted(body)


async def _multipart(request: Request) -> Posted:
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise _invalid(("file",), "a file is needed")
        fields = {name: value for name, value in form.items() if isinstance(value, str) and value}
        return Posted(fields, await file.read())


PostedDep = Annotated[Posted, Depends(_posted)]


@router.post("/reviews", openapi_extra=_BODY)
def review(posted: PostedDep, service: ServiceDep) -> Review:
    """The type of a file is decided by its content; its name is not used."""
    return _carry_out(posted, service)


@router.post(
    "/reviews/export",
    openapi_extra=_BODY,
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in TYPES.values()}}},
)
def export(posted: PostedDep, service: ServiceDep, format: Format = "docx") -> Response:
    """A Word file comes back with comments in it; any other document as a new Word file of its text, with comments."""
    found = _carry_out(posted, service)
    return attachment(report(found, format, posted.data), file_name(found, f".{format}"), f"review.{format}")


def _carry_out(posted: Posted, service: Service) -> Review:
    fields, read = posted.fields, None
    if posted.data is not None:
        read = read_upload(posted.data, str(fields.get("password", "")))
        fields = {**told_by(posted.data), **fields, "text": read.text}
    try:
        wanted = ReviewRequest.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise _invalid(first["loc"], first["msg"]) from error
    return carry_out(service, wanted, read)


def _invalid(place: tuple[int | str, ...], message: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *place), "msg": message, "type": "value_error"}])
