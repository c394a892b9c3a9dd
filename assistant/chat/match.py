"""How well the pieces ranked best speak to the question, word by word, and what the written questions say (assistant/match/).

A question in kana or in another language is matched in both its ways of writing, a follow-up in all its readings: what a
piece has by their mean counts a little more than what it has by the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.chat.rank import rank_pieces
from assistant.chat.turn import Turn
from assistant.embeddings import States, TokenReader
from assistant.match.matcher import open_matcher

OF_MEAN = 0.6  # share of the mean over the readings in a piece's log odds; the rest is the best reading's
# From these on an attribute or a number that no pattern finds is taken to be there (docs/decisions/0011).
_SURE_ODDS, _SURE_VOTE = 1.0, 1.0
_MATCHED = 16  # pieces: the right one is among them in .93 of the first questions, among 24 in no more
_MATCHED_LATER = 32  # … of a follow-up, which is found less surely (docs/decisions/0012)


def match(turn: Turn) -> Turn:
    """The log odds that a piece answers, by the id of the piece, and what the written questions vote; nothing where the index
    or the engine tells nothing of tokens."""
    kept = turn.searcher.index.marks
    if kept is None or turn.matched:
        return turn
    most = _MATCHED_LATER if turn.is_follow_up else _MATCHED
    ranked = [one.piece.id for one in rank_pieces(turn)[:most]]
    marks = {identity: found for identity in ranked if (found := kept.of(identity)) is not None}
    readings = list(_readings(turn)) if marks else []
    if not readings:
        return turn
    odds = _together(np.stack([open_matcher().scores(states, list(marks.values())) for states in readings]))
    matched = {identity: float(one) for identity, one in zip(marks, odds, strict=True)}
    return replace(turn, matched=matched, voted=_voted(turn, readings))


def _voted(turn: Turn, readings: Sequence[States]) -> float | None:
    """What the written questions tell of this one. They know nothing of a document that somebody added: None where one of
    the passages is of a chunk that no question was written for."""
    known = turn.searcher.known
    if known is None or not all(passage.chunk_id in known.chunks for passage in turn.passages):
        return None
    return float(_together(known.votes(readings)))


def _together(each: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of the readings, shape (readings, …), one: their mean, and the best of them."""
    both: NDArray[np.float32] = OF_MEAN * each.mean(0) + (1 - OF_MEAN) * each.max(0)
    return both


def best_odds(turn: Turn) -> float:
    """Log odds of the piece that answers best; minus infinity where nothing was matched."""
    return max(turn.matched.values(), default=float("-inf"))


def surely_answered(turn: Turn) -> bool:
    """Do a piece, word by word, and the written questions both say that it is answered?"""
    return best_odds(turn) >= _SURE_ODDS and turn.voted is not None and turn.voted >= _SURE_VOTE


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
