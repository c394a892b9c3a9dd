"""How well the pieces ranked best speak to the question, word by word (assistant/match/).

A question in kana or in another language is matched in both its ways of writing, a follow-up in all its readings: what a
piece has by their mean counts a little more than what it has by the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from assistant.chat.rank import rank_pieces
from assistant.chat.turn import Turn
from assistant.embeddings import States, TokenReader
from assistant.match.matcher import open_matcher

OF_MEAN = 0.6  # share of the mean over the readings in a piece's log odds; the rest is the best reading's
_MATCHED = 16  # pieces: the right one is among them in .93 of the questions, among 24 in no more


def match(turn: Turn) -> Turn:
    """The log odds that a piece answers, by the id of the piece; none where the index or the engine tells nothing of tokens."""
    kept = turn.searcher.index.marks
    if kept is None or turn.matched:
        return turn
    ranked = [one.piece.id for one in rank_pieces(turn)[:_MATCHED]]
    marks = {identity: found for identity in ranked if (found := kept.of(identity)) is not None}
    readings = list(_readings(turn)) if marks else []
    if not readings:
        return turn
    each = np.stack([open_matcher().scores(states, list(marks.values())) for states in readings])
    odds = OF_MEAN * each.mean(0) + (1 - OF_MEAN) * each.max(0)
    return replace(turn, matched={identity: float(one) for identity, one in zip(marks, odds, strict=True)})


def best_odds(turn: Turn) -> float:
    """Log odds of the piece that answers best; minus infinity where nothing was matched."""
    return max(turn.matched.values(), default=float("-inf"))


def _readings(turn: Turn) -> Iterator[States]:
    """The states of the question in each of its readings and ways of writing."""
    reader = turn.searcher.embedder
    if not isinstance(reader, TokenReader):
        return
    question = turn.understood
    others = (turn.searcher.understand(other.text).text for other in turn.others)
    for text in (question.text, question.written, *others):
        if text and (states := reader.states(text, is_question=True)) is not None:
            yield states
