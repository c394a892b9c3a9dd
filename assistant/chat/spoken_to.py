"""How likely any piece is to answer what is asked: the matcher's word (docs/decisions/0010)."""

from __future__ import annotations

from assistant.chat.turn import Turn

ANSWERS = 1.0  # log odds of a piece from which examples of what cannot be answered give way


def odds(turn: Turn) -> float:
    """Log odds of the piece that answers best; minus infinity where nothing was matched."""
    return max(turn.matched.values(), default=float("-inf"))
