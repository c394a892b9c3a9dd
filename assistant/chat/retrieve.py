"""Read the question, score every chunk for it, keep the best as passages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.chat.turn import Turn
from assistant.embeddings import Vectors
from assistant.outcomes import Reason
from assistant.search.scored import Scored

PASSAGES = 15  # more than 2,000 characters' worth


def understand(turn: Turn) -> Turn:
    """The question normalised and read; stops where no letter or word is in it (emoji, punctuation)."""
    question = turn.searcher.understand(turn.asked)
    if not question.has_words:
        return turn.stop(Reason.NO_WORDS)
    return replace(turn, question=question)


def retrieve(turn: Turn) -> Turn:
    """Scores of all chunks and the best passages; of a turn of a conversation by its other readings too."""
    vector = turn.searcher.embed(turn.understood)
    scored = turn.searcher.score(turn.understood, vector)
    others = [(other, *_read(turn, other.text)) for other in turn.others if other.weight]
    scored = scored.blended([(other_scored, other.weight) for other, _, other_scored in others])
    passages = tuple(turn.searcher.passages(scored, PASSAGES))
    said = next((read for other, read, _ in others if other.text == turn.said), None)
    return replace(turn, vector=vector, aim=_aim(turn, vector, said), scored=scored, passages=passages)


def _read(turn: Turn, text: str) -> tuple[Vectors, Scored]:
    question = turn.searcher.understand(text)
    vector = turn.searcher.embed(question)
    return vector, turn.searcher.score(question, vector)


def _aim(turn: Turn, vector: Vectors, said: Vectors | None) -> Vectors | None:
    """The mean of the question's vector and of the turn's as it was `said`, which another reading may have needed already."""
    if not turn.said:
        return None
    both = vector + (turn.searcher.embedder.query(turn.said) if said is None else said)
    return np.asarray(both / np.linalg.norm(both), np.float32)
