"""A passage with its quotation marked: character ranges in a chunk's text, and the address that carries them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.answers import Citation
from assistant.index import Index
from assistant.records import Chunk
from assistant.text import compact

_RANGE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
_PART = re.compile(r"(\t|\n(?:[^\S\n\t]*\n)+)")
_MOST = 20  # ranges of one address
Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Run:
    """A stretch of text. Its parts are words, a tab between two cells, or an empty stretch between two lines."""

    parts: tuple[str, ...]
    marked: bool


def read_ranges(told: Iterable[str], length: int) -> Ranges:
    """The ranges [start, end) that an address names, in order and without overlaps; what is no range is left out."""
    found = []
    for text in list(told)[:_MOST]:
        if match := _RANGE.fullmatch(text):
            start, end = int(match[1]), int(match[2])
            if start < end <= length:
                found.append((start, end))
    joined: Ranges = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def runs(text: str, marked: Sequence[tuple[int, int]] = ()) -> list[Run]:
    """The whole text in runs; joined again they are the text, character for character."""
    cuts, position = [], 0
    for start, end in marked:
        cuts += [(position, start, False), (start, end, True)]
        position = end
    cuts.append((position, len(text), False))
    return [Run(_parts(text[start:end]), is_marked) for start, end, is_marked in cuts if start < end]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in _PART.split(text) if part)


def chunk_address(source_id: str, chunk_id: str) -> str:
    """The passage page of a chunk. Its id comes from its words, so the address lasts as long as they do."""
    return f"/sources/{quote(source_id, safe='')}/{quote(chunk_id, safe='')}"


def kept_chunk(index: Index, source_id: str, chunk_id: str) -> Chunk | None:
    """A chunk as it was cited, from the version of its source that still has it; None if none has.

    The end of its id comes from its words, so it is the same in every version of a source.
    """
    own = source_id.partition("@")[0]
    others = [s.id for s in index.sources.values() if own in (s.id, s.version_of) and s.id != source_id]
    digest = chunk_id.removeprefix(f"{source_id}-")
    names = [chunk_id, *(f"{other}-{digest}" for other in others)]
    found = index.chunks(names)
    return next((found[name] for name in names if name in found), None)


def citation_address(index: Index, citation: Citation) -> str:
    """The passage page of a citation, with its quotation marked where a version of the source still has the chunk."""
    chunk = kept_chunk(index, citation.source_id, citation.chunk_id)
    if chunk is None:
        return chunk_address(citation.source_id, citation.chunk_id)
    at = chunk.text.find(citation.quote) if citation.quote else -1
    path = chunk_address(chunk.source_id, chunk.id)
    return path if at < 0 else f"{path}?q={at}-{at + len(citation.quote)}#cited"


def neighbours(index: Index, first: Chunk, last: Chunk) -> tuple[Chunk | None, Chunk | None]:
    """The chunks before and behind a stretch of a source."""
    contents = index.contents(first.source_id)
    places = {chunk.id: place for place, chunk in enumerate(contents)}
    before, behind = places[first.id] - 1, places[last.id] + 1
    return (contents[before] if before >= 0 else None), (contents[behind] if behind < len(contents) else None)


def find_words(index: Index, source_id: str, words: str) -> list[Chunk]:
    """Chunks of a source that hold all the words, compared without blanks."""
    wanted = [compact(word) for word in words.split()]
    chunks = index.contents(source_id) if any(wanted) else ()
    return [c for c in chunks if all(word in compact(f"{c.context} {c.text}") for word in wanted)]
