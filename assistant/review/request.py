"""What a review is asked for: the text, what kind of document it is, and of which file. Command line, batch and server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, Field

from assistant.draft.export.words import word
from assistant.drafts import Form, Review
from assistant.readers import read_file
from assistant.readers.result import Read, ReadPage
from assistant.service import Service
from prompts import say

Reviewed = Literal["proposal", "contract"]


class ReviewRequest(BaseModel):
    """A text to review."""

    text: str = Field(description="契約書か提案書の本文。200,000文字まで。")
    document: Reviewed = Field("contract", description="提案書（proposal）か契約書（contract）か。")
    form: Form | None = Field(None, description="契約の形。分からなければ null。")


def read_document(path: Path, reader: str, password: str = "") -> Read:
    """Read a file for review; BadInputFile says why it cannot be.

    What an exported draft says about itself behind its text is left out: it is no part of the document.
    """
    read = read_file(path, reader, password)
    about = re.search(rf"^(?:## )?{re.escape(word('about', 'heading'))}$", read.text, re.MULTILINE)
    if about and read.text[: about.start()].strip():
        note = say("review", "about_left_out", heading=word("about", "heading"))
        read = Read((ReadPage("", read.text[: about.start()]),), (*read.warnings, note))
    return read


def told_by(data: bytes) -> dict[str, str]:
    """`document` and `form` as the draft says that travels inside an exported Word file; empty for other files."""
    from assistant.draft.export.embed import embedded_draft

    draft = embedded_draft(data)
    if draft is None:
        return {}
    told = {"document": draft.document if draft.document in get_args(Reviewed) else None, "form": draft.form}
    return {name: value for name, value in told.items() if value}


def carry_out(service: Service, request: ReviewRequest, read: Read | None = None) -> Review:
    """The review; what could not be read of a file stands first among its notes."""
    review = service.review(request.text, document=request.document, form=request.form)
    return review.model_copy(update={"notes": (*read.warnings, *review.notes)}) if read else review
