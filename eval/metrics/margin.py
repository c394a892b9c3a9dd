"""Margin: how much nearer a question is to answerable examples than to unanswerable ones; None where it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from assistant.search.searcher import Searcher


def margin(searcher: Searcher, question: str) -> float | None:
    """Difference of mean cosines, about −0.1 to 0.1: what assistant/chat/check_scope.py compares with its limit."""
    understood = searcher.understand(question)
    if not understood.has_words:
        return None
    scored = searcher.score(understood, searcher.embed(understood))
    if not scored.asked or not scored.unanswerable:
        return None
    return mean(scored.asked) - mean(cosine for _, cosine in scored.unanswerable)


def curve(kept: Sequence[float], refused: Sequence[float], limits: Sequence[float]) -> list[tuple[float, float, float]]:
    """For each limit: share of answerable margins at or above it, share of unanswerable margins below it."""
    return [
        (limit, sum(m >= limit for m in kept) / len(kept), sum(m < limit for m in refused) / len(refused))
        for limit in limits
        if kept and refused
    ]
