"""What the steps of one answer pass on: frozen, each step adds to it or stops it with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answers import Citation, Division, ModelUse, Passage
from assistant.chat.other_readings import OtherReading
from assistant.embeddings import Vectors
from assistant.models import ChatModel
from assistant.outcomes import Reason
from assistant.search.divisions import Candidate
from assistant.search.glossary import name_in
from assistant.search.language import Language, is_plain, language_of
from assistant.search.question import Question
from assistant.search.scored import Scored
from assistant.search.searcher import Searcher
from assistant.text import sanitize
from prompts import catalogue, say

_NAMES = frozenset({"organization", "title", "municipality", "attribute", "named"})  # values that are names
_ARTICLE = re.compile(r"条例第(\d+)条(?:第(\d+)項)?(?:第(\d+)号)?")


@dataclass(frozen=True)
class Turn:
    asked: str
    searcher: Searcher
    model: ChatModel | None = None
    easy: bool = False  # やさしい日本語 is wanted
    said: str = ""  # a follow-up as it was said, before its matter was put to it
    others: tuple[OtherReading, ...] = ()  # other readings of it, by which its passages are found too
    question: Question | None = None
    vector: Vectors | None = None
    aim: Vectors | None = None  # what the pieces of the answer are compared with
    scored: Scored | None = None
    passages: tuple[Passage, ...] = ()
    matched: Mapping[str, float] = field(default_factory=dict)  # piece id → log odds that it answers
    voted: float | None = None  # log odds by the written questions nearest to it that the documents answer it
    candidates: tuple[Candidate, ...] = ()
    text: str = ""
    citations: tuple[Citation, ...] = ()
    divisions: tuple[Division, ...] = ()
    notices: tuple[str, ...] = ()
    reason: Reason | None = None
    composed: bool = False  # of sentences chosen for the question: the only answers a model may write anew
    model_use: ModelUse | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)

    def stop(self, reason: Reason, **values: Any) -> Turn:
        """End here: the fixed sentence for `reason`, without citations or divisions."""
        return replace(
            self, reason=reason, text=self.say("reason", reason.value, **values), citations=(), divisions=(), notices=()
        )

    @property
    def is_follow_up(self) -> bool:
        """Was something spoken of before? Its passages are less sure than those of a first question."""
        return bool(self.said or self.others)

    @property
    def language(self) -> Language:
        """The language of what was asked; known before the question is understood."""
        return self.question.language if self.question else language_of(sanitize(self.asked))

    @property
    def is_easy(self) -> bool:
        """Is やさしい日本語 wanted, or the question written so?"""
        return self.language == "ja" and (self.easy or is_plain(sanitize(self.asked)))

    def say(self, group: str, name: str, /, **values: Any) -> str:
        """A message in the language of the question; in やさしい日本語 if it is easy."""
        language = self.language
        named = {key: name_in(language, str(values[key])) for key in _NAMES & values.keys()}
        named |= {key: self.place(values[key]) for key in {"locator"} & values.keys()}
        if group == "reason" and name in catalogue()["reason_other"] and not self.searcher.tells_of_centre:
            group = "reason_other"
        return say(group, name, "easy" if self.is_easy else language, **values | named)

    def place(self, locator: str) -> str:
        """An article's locator in the language of the question; every other locator as the document has it."""
        found = _ARTICLE.fullmatch(locator)
        if not found:
            return locator
        parts = zip(("article", "paragraph", "item"), found.groups(), strict=True)
        return "".join(self.say("place", name, n=n) for name, n in parts if n)

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
    def aimed_at(self) -> Vectors:
        """The question's vector; of a follow-up the mean with what was said: its matter tells no piece from another."""
        return self.meaning if self.aim is None else self.aim

    @property
    def scores(self) -> Scored:
        """The scores after the step `retrieve`."""
        if self.scored is None:
            raise RuntimeError("the step `retrieve` has not run")
        return self.scored
