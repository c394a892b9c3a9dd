"""Regulation: a draft says that 「その他規則で定める事項」 is still open."""

from __future__ import annotations

from assistant.drafts import Draft


def noted(draft: Draft) -> bool:
    return any("規則" in note for note in draft.notes)
