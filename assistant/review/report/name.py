"""What the files of a review are called: 点検_花と緑の協働契約書.docx."""

from __future__ import annotations

from assistant.drafts import Review
from assistant.files import name_part
from prompts import say


def file_name(review: Review, suffix: str) -> str:
    """Named after the document's title, or else only after its kind."""
    kind = "file_proposal" if review.document == "proposal" else "file_contract"
    return say("review", "file", about=name_part(review.title) or say("review", kind)) + suffix
