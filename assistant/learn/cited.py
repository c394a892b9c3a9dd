"""The course's quotations, from the document itself where it is here in the same words: not from the report that quotes it."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.frozen import Frozen
from assistant.index import current_generation
from assistant.learn.course import Course
from assistant.learn.lessons import Quote
from assistant.records import Passage, Records, Source
from assistant.settings import Settings
from assistant.text import compact

_MARK = re.compile(r"^(?:[①-⑳]|[(（][0-9]+[)）])")


def cited(course: Course, records: Records, sources: dict[str, Source]) -> Course:
    """The course with the quotations that records.replaced tells of cited from their documents."""
    changed: Course = _changed(course, records, sources) if records.replaced else course
    return changed


def records_of(settings: Settings) -> tuple[Records, dict[str, Source]]:
    """Records and sources of the index without opening it; empty ones where there is none."""
    folder = settings.index_dir / str(current_generation(settings))
    try:
        listed = json.loads((folder / "sources.json").read_text("utf-8"))
        sources = {entry["id"]: Source.model_validate(entry) for entry in listed}
        return Records.model_validate_json((folder / "records.json").read_text("utf-8")), sources
    except (OSError, ValueError):
        return Records(), {}


def _changed(value: Any, records: Records, sources: dict[str, Source]) -> Any:
    if isinstance(value, Quote):
        return _quote(value, records, sources)
    if isinstance(value, tuple):
        return tuple(_changed(entry, records, sources) for entry in value)
    if isinstance(value, Frozen):
        fields = {name: _changed(getattr(value, name), records, sources) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value


def _quote(quote: Quote, records: Records, sources: dict[str, Source]) -> Quote:
    words = compact(_MARK.sub("", quote.quote))
    for one in records.replaced:
        if (quote.source_id, quote.locator) == (one.quoted_in, one.quoted_at) and one.source_id in sources:
            passage = next((p for p in one.passages if words in compact(p.quote)), None)
            if passage:
                return _from(passage, sources[one.source_id])
    return quote


def _from(passage: Passage, source: Source) -> Quote:
    return Quote(source_id=source.id, title=source.title, locator=passage.locator, quote=passage.quote)
