"""What one question scores for every chunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from assistant.search.weights import MEANT

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Scored:
    """Scores of all searchable chunks for one question, in the index's row order."""

    ids: tuple[str, ...]
    row_of: Mapping[str, int]
    total: Scores
    dense: Scores  # cosine, 0 where the chunk was not among the nearest
    lexical: Scores
    exact: Scores
    asked: tuple[float, ...]  # cosines of the nearest expected questions, nearest first
    unanswerable: tuple[tuple[str, float], ...]  # the nearest unanswerable questions: id, cosine
    worded: float  # how much more the best answerable questions share its words than the best unanswerable ones

    @property
    def margin(self) -> float:
        """How much nearer the question is to those that can be answered than to those that cannot."""
        if not self.asked or not self.unanswerable:
            return float("inf")
        return MEANT * (mean(self.asked) - mean(cosine for _, cosine in self.unanswerable)) + self.worded

    def blended(self, others: Sequence[tuple[Scored, float]]) -> Scored:
        """With the weighted mean of the totals; all else stays that of this question, whose weight is 1."""
        if not others:
            return self
        total = self.total + sum(weight * other.total for other, weight in others)
        return replace(self, total=np.asarray(total / (1 + sum(weight for _, weight in others)), np.float32))

    def best(self, limit: int) -> list[tuple[str, float]]:
        least = min(limit, len(self.total)) - 1
        if least < 0:
            return []
        among = np.flatnonzero(self.total >= -np.partition(-self.total, least)[least])
        order = among[np.argsort(-self.total[among], kind="stable")][:limit]
        return [(self.ids[i], float(self.total[i])) for i in order]

    def of(self, identity: str) -> float:
        row = self.row_of.get(identity)
        return float("-inf") if row is None else float(self.total[row])
