"""Divisions for the question: always ranked, answered with only where the question asks for one."""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.turn import Turn
from assistant.search.divisions import rank_divisions

SHOWN = 5


def route(turn: Turn) -> Turn:
    """The best divisions as candidates."""
    found = rank_divisions(turn.searcher, turn.understood, turn.scores)
    return replace(turn, candidates=tuple(found[:SHOWN]))
