"""What a 施行規則 says in the place of an article of its ordinance, found from the ordinance's chunk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.index import Index
from assistant.law_records import Delegation
from assistant.records import Chunk, Piece

LEFT = "規則で定める"
_PARAGRAPH = re.compile(r"第([0-9]+)項$")


def delegations_of(index: Index, chunk: Chunk) -> list[Delegation]:
    """The paragraphs of rules that fill the article of `chunk`."""
    return [found for found in index.records.delegations if found.section == chunk.section]


def rule_pieces(index: Index, piece: Piece) -> Iterator[tuple[Delegation, Piece]]:
    """The rule's paragraphs for a paragraph of the ordinance that leaves something to it."""
    chunk = index.chunks([piece.chunk_id])[piece.chunk_id]
    number = _PARAGRAPH.search(piece.locator)
    for found in delegations_of(index, chunk) if LEFT in piece.quote else ():
        if number is None or int(number[1]) == found.paragraph:
            for own, _ in index.pieces_of([found.chunk_id]):
                if own.quote.startswith(found.begins):
                    yield found, own
