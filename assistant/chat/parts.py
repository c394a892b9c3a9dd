"""Questions that ask several things at once: the piece that speaks best to each of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.search.counters import asked_counter, with_counter
from assistant.search.question import Question, cue
from assistant.text import fold
from assistant.tokens import pairs, words

_BREAK = re.compile(r"[、。？?,]|(?<=か)(?=どの|どこ|どう|何|いく)")
_OWN = 1.0  # weight of a part's own words beside the score for the whole question
_COUNTED = 0.8  # weight of a number with the counter that is asked for: 何件 → 306 件


@lru_cache(maxsize=10_000)
def tokens_of(said: str) -> frozenset[str]:
    """Words and pairs of a text."""
    return frozenset(words(said)) | frozenset(pairs(said))


def parts_of(question: Question) -> list[str]:
    """The things asked, each with what stands before it; empty where only one is, or where the question was read anew."""
    if question.written:
        return []
    parts, begun = [], ""
    for clause in _BREAK.split(question.folded):
        begun += clause
        if cue("asked_thing").search(clause):
            parts.append(begun)
            begun = ""
    return parts if len(parts) > 1 else []


def best_of_parts(question: Question, named: str, said: Sequence[str], scores: Sequence[float]) -> list[int]:
    """For each thing asked the number of the piece that speaks to it; `said` and `scores` are the pieces', best first.

    The words of `named`, the project that all of them are about, tell no piece from another.
    """
    texts = [tokens_of(text) for text in said]
    frequency = Counter(token for tokens in texts for token in tokens)
    best = []
    for part in parts_of(question):
        weight = {t: math.log(1 + len(said) / frequency[t]) for t in tokens_of(part) - tokens_of(named) if frequency[t]}
        total = sum(weight.values()) or 1.0
        shared = [sum(weight.get(t, 0.0) for t in tokens) / total for tokens in texts]
        counter = asked_counter(part)
        counted = with_counter(counter) if counter else None
        whole = [
            score + _OWN * own + _COUNTED * bool(counted and counted.search(fold(text)))
            for score, own, text in zip(scores, shared, said, strict=True)
        ]
        best.append(whole.index(max(whole)))
    return best
