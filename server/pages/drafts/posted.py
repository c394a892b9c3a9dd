"""What a posted form says, and what stands wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, get_args

from fastapi import Depends, Request

from assistant.draft.fields import form_of
from assistant.draft.pipeline import LONGEST
from assistant.drafts import DocumentKind, Form
from assistant.text import sanitize
from server.store.drafts import Inputs
from server.words import word

KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
Errors = list[tuple[str, str]]  # id of the field, message


async def _posted(request: Request) -> dict[str, str]:
    """The form's texts, clean; a file among them is no text."""
    form = await request.form()
    return {key: sanitize(text).strip() for key, text in form.items() if isinstance(text, str)}


PostedDep = Annotated[dict[str, str], Depends(_posted)]


def kind_of(text: str) -> DocumentKind | None:
    return next((kind for kind in KINDS if kind == text), None)


def chosen_form(posted: Mapping[str, str]) -> Form | None:
    return form_of(posted.get("form", ""))


def version_of(posted: Mapping[str, str]) -> int:
    """The version that the form was made from; 0, which is never one, if it does not say."""
    text = posted.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def with_answers(told: Inputs, posted: Mapping[str, str], keys: Iterable[str], understood: Mapping[str, str]) -> Inputs:
    """`told` with the posted answers of `keys`. An answer that only repeats what the free text tells is none: then the
    text goes on to count, with its places."""
    fields = dict(told.fields)
    for key in keys:
        if key not in posted:
            continue
        fields[key] = posted[key]
        if not posted[key] or posted[key] == understood.get(key):
            del fields[key]
    return Inputs(told.document, told.form, told.brief, fields)


def too_long(told: Inputs, longest_id: str, language: str) -> Errors:
    if told.length <= LONGEST:
        return []
    return [(longest_id, word("drafts.error_long", language, length=f"{told.length:,}", limit=f"{LONGEST:,}"))]
