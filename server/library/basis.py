"""Where an article of the ordinance stands among the sources."""

from __future__ import annotations

import re

from assistant.index import Index
from server.library.passages import chunk_address

_ARTICLE = re.compile(r"条例第(\d+(?:の\d+)?)条")


def address_of(index: Index, basis: str) -> str:
    """The page of the article that a basis such as 条例第12条第2項 names; "" if it names none or the index has it not."""
    named, ordinances = _ARTICLE.search(basis), index.records.ordinances
    if named is None or not ordinances:
        return ""
    source, record = ordinances[0].source_id, f"article:{named[1]}"
    chunk = next((row.id for row in index.rows if (row.source_id, row.record) == (source, record)), "")
    return chunk_address(source, chunk) if chunk else ""
