"""No verified source, no answer: every quote must stand word for word in the chunk it names."""

from __future__ import annotations

from assistant.chat.turn import Turn
from assistant.outcomes import Reason


def verify_citations(turn: Turn) -> Turn:
    """Stop if any citation does not hold. Composed answers always hold; this is the proof, not a hope."""
    chunks = turn.searcher.index.chunks([c.chunk_id for c in turn.citations])
    for citation in turn.citations:
        chunk = chunks.get(citation.chunk_id)
        if chunk is None or not citation.quote or citation.quote not in chunk.text:
            return turn.stop(Reason.FAILED)
    if not turn.citations:
        return turn.stop(Reason.FAILED)
    return turn
