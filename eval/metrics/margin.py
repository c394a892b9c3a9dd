"""Margin: how far a question lies above the limit below which it is refused; None where it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from assistant.chat.check_examples import surplus
from assistant.search.searcher import Searcher


def margin(searcher: Searcher, question: str) -> float | None:
    """About −1 to 2; the limit in force is 0 (assistant/chat/check_examples.py)."""
    understood = searcher.understand(question)
    if not understood.has_words:
        return None
    found = surplus(searcher.score(understood, searcher.embed(understood)))
    return found if isfinite(found) else None


def curve(kept: Sequence[float], refused: Sequence[float], limits: Sequence[float]) -> list[tuple[float, float, float]]:
    """For each limit: share of answerable margins at or above it, share of unanswerable margins below it."""
    return [
        (limit, sum(m >= limit for m in kept) / len(kept), sum(m < limit for m in refused) / len(refused))
        for limit in limits
        if kept and refused
    ]
