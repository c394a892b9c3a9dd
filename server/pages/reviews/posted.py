"""What the form of a review sends: a file or a text, its kind, a password; and what is to be put right in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from assistant.drafts import Form
from assistant.review.request import Reviewed
from server.guard.body import LARGEST_UPLOAD
from server.uploads import stem_of

KINDS: tuple[str, ...] = get_args(Reviewed)
FORMS: tuple[str, ...] = get_args(Form)


@dataclass(frozen=True)
class Posted:
    """The fields as they were sent. `data` is None without a file; `name` is what it is called."""

    text: str = ""
    document: str = "contract"
    form: str = ""
    password: str = ""
    name: str = ""
    data: bytes | None = None


class Refused(Exception):
    """The form must be filled in again: [(field, key of the words)], with the reader's own sentences for {told}. `locked`:
    a password is needed."""

    def __init__(self, *errors: tuple[str, str], told: tuple[str, str] = ("", ""), locked: bool = False) -> None:
        super().__init__(str(errors))
        self.errors = errors
        self.told = dict(zip(("ja", "en"), told, strict=True))
        self.locked = locked


async def _posted(request: Request) -> Posted:
    """The parts of the form, which are read here once for all: this must stand before the check of its sign."""
    form = await request.form(max_files=1, max_fields=10, max_part_size=LARGEST_UPLOAD)
    told = {name: value for name, value in form.items() if isinstance(value, str)}
    file, name, data = form.get("file"), "", None
    if isinstance(file, UploadFile):
        name, data = stem_of(file.filename or ""), await file.read()
        await file.close()
    fields = {key: told.get(key, "") for key in ("text", "document", "form", "password")}
    return Posted(**fields, name=name, data=data if name or data else None)


PostedDep = Annotated[Posted, Depends(_posted)]
READ_FIRST = Depends(_posted)


def check(posted: Posted) -> None:
    """Raise Refused for what can be said before the document is read."""
    errors = []
    if posted.data is not None and posted.text.strip():
        errors.append(("text", "both"))
    elif posted.data is None and not posted.text.strip():
        errors.append(("file", "nothing"))
    elif posted.data == b"":
        errors.append(("file", "empty_file"))
    if posted.document not in KINDS:
        errors.append(("document", "which_document"))
    if posted.form not in ("", *FORMS):
        errors.append(("form", "which_form"))
    if errors:
        raise Refused(*errors)
