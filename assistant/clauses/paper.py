"""A text cut into clauses: what the classifier labels and the checks read. Offsets count characters of the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.drafts import Finding, Form
from assistant.law_records import OrdinanceRecord

PaperKind = Literal["brief", "proposal", "contract", "agreement"]
Part = Literal["title", "preamble", "body", "signature", "attachment"]


@dataclass(frozen=True)
class Clause:
    """One statement: text[start:end] of its paper, verbatim. `heading` and `article` are what it stands under
    (「費用の分担」, 「第4条」, 「2」), empty in a brief; `labels` are what it tells, with their `scores`; `part` is where in
    the document it stands."""

    text: str
    start: int
    end: int
    heading: str = ""
    article: str = ""
    labels: frozenset[str] = frozenset()
    part: Part = "body"
    scores: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Heading:
    """A title, or what stands before clauses: `text` without number and signs; start and end hold these too."""

    text: str
    start: int
    end: int
    part: Part = "body"


@dataclass(frozen=True)
class Paper:
    """A brief or a document with its clauses and headings, both in the order of the text. `ordinance` is the ordinance
    of the index, None without one."""

    text: str
    kind: PaperKind
    clauses: tuple[Clause, ...]
    form: Form | None = None
    ordinance: OrdinanceRecord | None = None
    headings: tuple[Heading, ...] = ()

    @property
    def title(self) -> str:
        return next((heading.text for heading in self.headings if heading.part == "title"), "")

    def of(self, *labels: str) -> list[Clause]:
        """The clauses that have one of `labels`, in their order."""
        return [clause for clause in self.clauses if clause.labels & set(labels)]

    def within(self, *parts: Part) -> list[Clause]:
        """The clauses of these parts of the document, in their order."""
        return [clause for clause in self.clauses if clause.part in parts]


def whole_sentences(paper: Paper) -> Paper:
    """`paper` with the parts of a sentence, cut where what it tells changes, put together again."""
    joined: list[Clause] = []
    for clause in paper.clauses:
        above = joined[-1] if joined else None
        if above and above.end == clause.start and above.text[-1:] not in "。！？!?":
            labels = above.labels | clause.labels
            joined[-1] = replace(above, text=above.text + clause.text, end=clause.end, labels=labels)
        else:
            joined.append(clause)
    return replace(paper, clauses=tuple(joined))


Check = Callable[[Paper], list[Finding]]
