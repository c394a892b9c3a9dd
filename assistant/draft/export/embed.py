"""The draft's data inside its Word file, so that the file can be reviewed and continued as what it is."""

from __future__ import annotations

import json

from docx.document import Document
from pydantic import ValidationError

from assistant.drafts import Draft
from assistant.office.embedded import embed, read_embedded

_NAMESPACE = "urn:kyodo-navi:draft:1"
_LIMIT = 8_000_000  # bytes; a brief of 100,000 characters needs about a tenth


def embed_draft(document: Document, draft: Draft) -> None:
    embed(document, _NAMESPACE, json.dumps(draft.model_dump(mode="json")))  # ASCII only: any text fits into XML


def embedded_draft(data: bytes) -> Draft | None:
    """The draft inside the Word file `data`; None if the file is another one, is damaged or holds no valid draft.

    The draft is what was exported: changes that somebody made in Word are in the file's text only.
    """
    text = read_embedded(data, _NAMESPACE, _LIMIT)
    if text is None:
        return None
    try:
        return Draft.model_validate_json(text)
    except ValidationError:
        return None
