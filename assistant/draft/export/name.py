"""What a draft's file is called: 協働契約書案_事業の名称.docx, with nothing in it that a file system refuses."""

from __future__ import annotations

import re

from assistant.draft.export.words import word
from assistant.drafts import Draft
from assistant.text import one_line, sanitize

_REFUSED = re.compile(r'[\\/:*?"<>|\s.\ufffd\x00-\x1f\x7f-\x9f]+')
_LONGEST = 40  # characters of the name; 120 bytes in UTF-8, where a file system takes 255


def file_name(draft: Draft, suffix: str) -> str:
    """Named after the project, or else the partner, or else only after the kind of document."""
    told = {given.key: given.text for given in reversed(draft.given)}
    about = _REFUSED.sub("_", one_line(sanitize(told.get("name") or told.get("partner") or "")))[:_LONGEST].strip("_")
    parts = [word(draft.document, "title") + word("page", "draft"), *([about] if about else [])]
    return "_".join(parts) + suffix
