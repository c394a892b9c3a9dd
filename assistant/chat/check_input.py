"""Is there a question at all? Length and emptiness, before anything is computed."""

from __future__ import annotations

from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.text import sanitize

LONGEST = 4_000  # characters; a longer text is a document, not a question


def check_input(turn: Turn) -> Turn:
    """Stop for an empty or overlong question."""
    text = sanitize(turn.asked).strip()
    if not text:
        return turn.stop(Reason.EMPTY_QUESTION)
    if len(text) > LONGEST:
        return turn.stop(Reason.TOO_LONG, length=f"{len(text):,}", limit=f"{LONGEST:,}")
    return turn
