"""Rank: at which place the first passage stands that holds a support of the fact."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text import compact


def first_supporting(passages: Sequence[str], support: Sequence[str]) -> int | None:
    """1 for the best passage, 2 for the next …; None if no passage holds any of `support`."""
    wanted = [compact(text) for text in support]
    for rank, passage in enumerate(passages, 1):
        if any(text in compact(passage) for text in wanted):
            return rank
    return None
