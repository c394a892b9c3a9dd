"""What the steps of one answer pass on: frozen, each step adds to it or stops it with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answers import Citation, Division, Passage
from assistant.embeddings import Vectors
from assistant.outcomes import Reason
from assistant.search.divisions import Candidate
from assistant.search.question import Question
from assistant.search.searcher import Scored, Searcher
from prompts import say


@dataclass(frozen=True)
class Turn:
    asked: str
    searcher: Searcher
    question: Question | None = None
    vector: Vectors | None = None
    scored: Scored | None = None
    passages: tuple[Passage, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    text: str = ""
    citations: tuple[Citation, ...] = ()
    divisions: tuple[Division, ...] = ()
    notices: tuple[str, ...] = ()
    reason: Reason | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)

    def stop(self, reason: Reason, **values: Any) -> Turn:
        """End here: the fixed sentence for `reason`, without citations or divisions."""
        return replace(
            self, reason=reason, text=say("reason", reason.value, **values), citations=(), divisions=(), notices=()
        )

    @property
    def understood(self) -> Question:
        """The question after the step `understand`."""
        if self.question is None:
            raise RuntimeError("the step `understand` has not run")
        return self.question

    @property
    def meaning(self) -> Vectors:
        """The question's vector after the step `retrieve`."""
        if self.vector is None:
            raise RuntimeError("the step `retrieve` has not run")
        return self.vector

    @property
    def scores(self) -> Scored:
        """The scores after the step `retrieve`."""
        if self.scored is None:
            raise RuntimeError("the step `retrieve` has not run")
        return self.scored
