"""Read the question, score every chunk for it, keep the best as passages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.chat.turn import Turn
from assistant.embeddings import Vectors
from assistant.outcomes import Reason

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
    scored = turn.searcher.score(turn.understood, vector).blended(
        [(turn.searcher.scored(other.text), other.weight) for other in turn.beside]
    )
    passages = tuple(turn.searcher.passages(scored, PASSAGES))
    return replace(turn, vector=vector, aim=_aim(turn, vector), scored=scored, passages=passages)


def _aim(turn: Turn, vector: Vectors) -> Vectors | None:
    if not turn.said:
        return None
    both = vector + turn.searcher.embedder.query(turn.said)
    return np.asarray(both / np.linalg.norm(both), np.float32)
