"""What a draft's file is called: 協働契約書案_事業の名称.docx, with nothing in it that a file system refuses."""

from __future__ import annotations

from assistant.draft.export.words import word
from assistant.drafts import Draft
from assistant.files import name_part


def file_name(draft: Draft, suffix: str) -> str:
    """Named after the project, or else the partner, or else only after the kind of document."""
    told = {given.key: given.text for given in reversed(draft.given)}
    about = name_part(told.get("name") or told.get("partner") or "")
    parts = [word(draft.document, "title") + word("page", "draft"), *([about] if about else [])]
    return "_".join(parts) + suffix
