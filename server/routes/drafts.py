"""POST /api/drafts: a brief or a form becomes a Draft. POST /api/drafts/export: the same as a file to download."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, field_validator

from assistant.draft.fields import fields, known_fields
from assistant.drafts import DocumentKind, Draft, Form
from server.attachment import TYPES
from server.deps import ServiceDep
from server.download import Format, download

router = APIRouter(prefix="/api/drafts", tags=["drafts"])


class Request(BaseModel):
    """An empty or overlong brief is not an error: it gets a `declined` draft with what to do next. To continue a draft,
    send its `brief` and its `fields` with the answers in them."""

    document: DocumentKind = Field(description="proposal 提案書、contract 協働契約書、agreement 包括連携協定書")
    form: Form | None = Field(None, description="協働の形態。null は未定。")
    brief: str = Field("", description="ご依頼の文。1〜10文ほどの日本語。")
    fields: dict[str, str] = Field(default={}, description="項目のキー → 内容。brief より優先する。")

    @field_validator("fields")
    @classmethod
    def _known(cls, told: dict[str, str]) -> dict[str, str]:
        if unknown := told.keys() - fields().keys():
            raise ValueError(f"no field {', '.join(sorted(unknown))}; fields: {known_fields()}")
        return told


@router.post("")
def draft(body: Request, service: ServiceDep) -> Draft:
    return service.draft(body.brief, body.document, body.form, body.fields)


@router.post("/export", response_class=Response, responses={200: {"content": {t: {} for t in TYPES.values()}}})
def export(body: Request, service: ServiceDep, format: Format = "docx") -> Response:
    return download(draft(body, service), format)
