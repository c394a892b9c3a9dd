"""Is what is asked answered? The questions of pairs.tsv and conversations.tsv nearest to it tell: of these it is known.

A matter is asked about in so many ways that the questions written for it lie around nearly any other: nearer to those
that are answered, or to those that nothing answers. A question becomes one vector: some heads weigh its words (attention
pooling; Lin et al., 2017, arXiv 1703.03130), one projection puts together what they saw. Both are learned so that each
written question is told by the others (neighbourhood components; Goldberger et al., 2005): the log of how near the
answered ones are, against those that are not. Trained by assistant/match/train_known.py; figures in docs/decisions/0011.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.embeddings import States
from assistant.match.matcher import LONGEST_QUESTION

Floats = NDArray[np.float32]

KNOWN = "known.npz"
LEVELS = 127  # of a number of a kept vector, on either side of 0


class KnownQuestions:
    """Written questions as vectors, and whether the documents answer them. Safe between threads: nothing changes."""

    def __init__(
        self, weights: dict[str, Floats], keys: Floats, answered: NDArray[np.bool_], chunks: frozenset[str]
    ) -> None:
        """`keys` (n, d), each of length 1, written for `chunks`."""
        self.chunks = chunks
        self._w = weights
        self._keys = np.concatenate([keys[answered], keys[~answered]])
        self._answered = int(answered.sum())

    def __len__(self) -> int:
        return len(self._keys)

    def votes(self, readings: Sequence[States]) -> Floats:
        """Log odds that the question in each of these readings is answered, against "nothing answers it"; shape (readings,)."""
        asked = np.stack([embedded(self._w, states) for states in readings])
        near = self._w["heat"][0] * (asked @ self._keys.T)
        told: Floats = _total(near[:, : self._answered]) - _total(near[:, self._answered :]) + self._w["bias"][0]
        return told


def embedded(weights: dict[str, Floats], states: States) -> Floats:
    """The states of a question, (tokens, layers × 384), as one vector of length 1."""
    flat = np.asarray(states[:LONGEST_QUESTION], np.float32).reshape(-1, len(weights["mean"]))
    return pooled(weights, np.asarray((flat - weights["mean"]) @ weights["turn"], np.float32))


def pooled(weights: dict[str, Floats], tokens: Floats) -> Floats:
    """The tokens of a question, (tokens, n), as one vector of length 1."""
    looks = tokens @ weights["look"]  # (tokens, heads)
    shares = np.exp(looks - looks.max(0))
    seen = ((shares / shares.sum(0)).T @ tokens).reshape(-1)
    vector: Floats = seen @ weights["embed"]
    return vector / np.linalg.norm(vector)


def known_questions(chunk_ids: Collection[str]) -> KnownQuestions | None:
    """The questions written for chunks that there are; None where there are none of one kind or the other."""
    weights, keys, answered, chunks, of = _shipped()
    there = frozenset(chunks) & frozenset(chunk_ids)
    here = np.array([chunk in there for chunk in chunks])[of]
    if not (here & answered).any() or not (here & ~answered).any():
        return None
    return KnownQuestions(weights, keys[here], answered[here], there)


def _shipped() -> tuple[dict[str, Floats], Floats, NDArray[np.bool_], list[str], NDArray[np.uint16]]:
    """Weights; keys, and which are answered; the chunks, and which of them each key was written for."""
    data = resources.files("assistant.match").joinpath(KNOWN).read_bytes()
    with np.load(io.BytesIO(data)) as file:
        weights = {name: file[name].astype(np.float32) for name in ("mean", "turn", "look", "embed", "heat", "bias")}
        keys = file["keys"].astype(np.float32)
        keys /= np.linalg.norm(keys, axis=1, keepdims=True)
        return weights, keys, file["answered"], file["chunks"].tolist(), file["of"]


def _total(near: Floats) -> Floats:
    """Logarithm of the sum of the exponentials in each row."""
    most = near.max(1, keepdims=True)
    total: Floats = most[:, 0] + np.log(np.exp(near - most).sum(1))
    return total
