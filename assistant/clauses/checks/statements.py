"""The sentences of a paper as checks read them: verbatim for the quotation, and evened out for the patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.clauses.amounts import plain
from assistant.clauses.paper import Clause, Paper
from assistant.text import sentences

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Statement:
    """One sentence: `text` is verbatim from `start` of the paper, `even` is for patterns (half-width digits, no white
    space). `block` counts runs of clauses under the same heading, so that a sentence knows its neighbours."""

    text: str
    start: int
    even: str
    heading: str
    labels: frozenset[str]
    block: int

    @property
    def headed(self) -> str:
        """Heading and sentence: what a sentence tells where its heading names the subject."""
        return f"{self.heading}：{self.even}"


@lru_cache(maxsize=4)  # every check reads the same paper
def statements(paper: Paper) -> tuple[Statement, ...]:
    """All sentences of the clauses of `paper`, in their order."""
    found: list[Statement] = []
    block, under = -1, None
    for clause in paper.clauses:
        if (clause.article, clause.heading) != under:
            block, under = block + 1, (clause.article, clause.heading)
        found += _of(clause, block)
    return tuple(found)


def lines(text: str) -> list[Statement]:
    """All sentences of a whole text, also those that no clause holds (a comment, a note behind the signatures)."""
    return _of(Clause(text, 0, len(text)), 0)


def _of(clause: Clause, block: int) -> list[Statement]:
    found, at = [], 0
    heading = even(clause.heading)
    for piece in sentences(clause.text):
        at = clause.text.index(piece, at)
        found.append(Statement(piece, clause.start + at, even(piece), heading, clause.labels, block))
        at += len(piece)
    return found


def even(text: str) -> str:
    """`text` with half-width digits and without white space."""
    return _SPACE.sub("", plain(text))
