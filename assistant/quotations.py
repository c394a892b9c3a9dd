"""Words and citations of a quotation whose document is here now (Records.replaced): they name the document instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from assistant.answers import Citation, cite
from assistant.index import Index
from assistant.records import Replaced

M = TypeVar("M", bound=BaseModel)
_SPEAK = ("basis", "reason")  # the fields in which the project speaks; all others may hold words of a person


def named(replaced: tuple[Replaced, ...], model: M) -> M:
    """`model` with its bases and reasons calling the document by its name where they call the quotation by its own."""
    names = {name: one.title for one in replaced for name in one.called}
    return _renamed(model, dict(sorted(names.items(), key=lambda pair: -len(pair[0])))) if names else model


def passage_of(index: Index, part: str) -> Citation | None:
    """The document's own words on a part (委託型), numbered 1; None if no document has taken a quotation's place."""
    for one in index.records.replaced:
        for passage in one.passages:
            if passage.part == part and (chunk := index.chunks([passage.chunk_id]).get(passage.chunk_id)):
                return cite(1, chunk, passage.quote)
    return None


def _renamed(model: M, names: Mapping[str, str]) -> M:
    changed = {}
    for field in type(model).model_fields:
        value = getattr(model, field)
        if field in _SPEAK:
            for old, new in names.items():
                value = value.replace(old, new)
        elif isinstance(value, BaseModel):
            value = _renamed(value, names)
        elif isinstance(value, tuple):
            value = tuple(_renamed(v, names) if isinstance(v, BaseModel) else v for v in value)
        changed[field] = value
    return model.model_copy(update=changed)
