"""Where the quotations of the course stand in the index, as links. The course works without an index, then without links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import Request

from assistant.errors import KyodoError
from assistant.frozen import Frozen
from assistant.index import Index
from assistant.learn.cited import cited
from assistant.learn.course import Course, load_course
from assistant.learn.lessons import Quote
from assistant.records import Chunk
from assistant.text import compact
from server.library.passages import chunk_address

Links = dict[Quote, str]


def link_of(request: Request) -> Callable[[Quote], str]:
    """A function from a quotation to the address of the passage that holds it; empty where there is none."""
    links = _links(request)
    return lambda quote: links.get(quote, "")


def _links(request: Request) -> Links:
    """Looked up once for each generation of the index."""
    try:
        index = request.app.state.service.searcher.index
    except KyodoError:  # no index, or none that can be opened: said on the pages that need one
        return {}
    state = request.app.state
    generation, links = getattr(state, "quote_links", ("", {}))
    if generation != index.card.generation:
        links = find_links(index, cited(load_course(), index.records, index.sources))
        state.quote_links = (index.card.generation, links)
    found: Links = links
    return found


def find_links(index: Index, course: Course) -> Links:
    """Every quotation of the course that stands in a chunk at its place, with that chunk's page."""
    quotes = set(_quotes(course))
    sources = {quote.source_id for quote in quotes}
    chunks: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in index.chunks([row.id for row in index.rows if row.source_id in sources]).values():
        chunks[chunk.source_id].append(chunk)
    found = {quote: _holder(quote, chunks[quote.source_id]) for quote in quotes}
    return {quote: chunk_address(chunk.source_id, chunk.id) for quote, chunk in found.items() if chunk}


def _holder(quote: Quote, chunks: list[Chunk]) -> Chunk | None:
    """The chunk that holds the words at their place; articles are chunks as a whole, whatever paragraph is cited."""
    places = (quote.locator, re.sub(r"(附則|条(?!例)).*", r"\1", quote.locator))
    there = [chunk for chunk in chunks if chunk.locator in places]
    return next((chunk for chunk in there if compact(quote.quote) in compact(chunk.text)), None)


def _quotes(value: Any) -> Iterator[Quote]:
    """Every quotation in a part of the course."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _quotes(getattr(value, name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from _quotes(entry)
