"""What the steps of one draft pass on: frozen, each step adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answers import Division
from assistant.clauses.corrections import Corrected
from assistant.clauses.paper import Paper
from assistant.drafts import Added, DocumentKind, Example, Finding, Form, FormAdvice, Given, Principle, Section
from assistant.models import ChatModel
from assistant.search.searcher import Searcher

Values = Mapping[str, tuple[Given, ...]]


@dataclass(frozen=True)
class Writing:
    """`fields` are a form's answers: key → text; they stand beside the brief and win over it. `paper` is the brief,
    `whole` the brief with the answers behind it: what is checked. `values` are what is told
    by key: the five items, name, partner, unit, representative, period, background, wishes …"""

    brief: str
    document: DocumentKind
    form: Form | None
    fields: Mapping[str, str]
    searcher: Searcher
    model: ChatModel | None = None
    corrected: Corrected = field(default_factory=lambda: Corrected("", ()))
    paper: Paper = field(default_factory=lambda: Paper("", "brief", ()))
    whole: Paper = field(default_factory=lambda: Paper("", "brief", ()))
    values: Values = field(default_factory=dict)
    left_open: frozenset[str] = frozenset()  # the items of which the brief says that they are not known yet
    problems: tuple[Finding, ...] = ()
    advice: FormAdvice | None = None
    sections: tuple[Section, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()  # key, sentence
    notes: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    divisions: tuple[Division, ...] = ()
    principles: tuple[Principle, ...] = ()
    added: tuple[Added, ...] = ()  # the matters of the 施行規則

    @property
    def form_is_a_guess(self) -> bool:
        """Does the form only fit what is told, neither chosen nor named by the user?"""
        return self.form is not None and "form" not in self.fields and self.form not in self.brief

    @property
    def comprehensive(self) -> bool:
        """Is it an agreement on cooperation in general? One with a form (共催型) is about a single project."""
        return self.document == "agreement" and self.form is None

    def told(self, key: str) -> str:
        """The first value of `key`, "" if nothing is told."""
        found = self.values.get(key, ())
        return found[0].text if found else ""
