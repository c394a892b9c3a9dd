"""A draft made fit for files: a name may hold characters that XML forbids or that hide what stands beside them."""

from __future__ import annotations

from typing import Any

from assistant.drafts import Draft
from assistant.office.text import xml_text


def cleaned(draft: Draft) -> Draft:
    """The draft with every text of it cleaned."""
    return Draft.model_validate(_cleaned(draft.model_dump()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list | tuple) else value
