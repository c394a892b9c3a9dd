"""A review as one HTML file: the document with its quotes marked, the findings beside it, links both ways. Nothing from
elsewhere, no script, every text of the document escaped."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

from jinja2 import Environment, StrictUndefined

from assistant.drafts import Review
from assistant.review.report.view import ItemRow, Remark, headlines, item_rows, remarks, subject, title_of
from prompts import say

_RANK = {"error": 0, "warning": 1, "advice": 2, "item": 3}


@dataclass(frozen=True)
class Mark:
    """text[start:end] is what a finding or an item rests on. `key` makes the addresses of the mark and its entry."""

    start: int
    end: int
    key: str
    kind: str
    tag: str
    label: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of the document that the same marks cover: those that begin here, and the weightiest kind of all."""

    text: str
    begins: tuple[Mark, ...]
    kind: str


def to_html(review: Review) -> str:
    """The report as a page for screen and print."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = resources.files("assistant.review.report").joinpath("report.html").read_text("utf-8")
    rows, found = item_rows(review), remarks(review)
    return environment.from_string(source).render(
        review=review,
        title=title_of(review),
        subject=subject(review),
        headlines=headlines(review),
        rows=rows,
        remarks=found,
        stretches=stretches(review.text, marks(rows, found)),
        say=say,
    )


def marks(rows: list[ItemRow], found: list[Remark]) -> list[Mark]:
    """The places of a document that its report speaks of, in the order of the text."""
    placed = [
        Mark(
            r.start,
            r.end,
            f"f{r.number}",
            r.finding.severity,
            str(r.number),
            say("review", "to_finding", number=r.number),
        )
        for r in found
        if r.start >= 0
    ]
    placed += [
        Mark(r.start, r.end, f"i{r.number}", "item", r.item.name, say("review", "to_item"))
        for r in rows
        if r.start >= 0
    ]
    return sorted(placed, key=lambda mark: (mark.start, _RANK[mark.kind]))


def stretches(text: str, placed: list[Mark]) -> list[Stretch]:
    """`text` cut where marks begin and end; marks may overlap."""
    cuts = sorted({0, len(text), *(m.start for m in placed), *(m.end for m in placed)})
    found = []
    for start, end in pairwise(cuts):
        kinds = sorted((m.kind for m in placed if m.start <= start < m.end), key=_RANK.__getitem__)
        begins = tuple(m for m in placed if m.start == start)
        found.append(Stretch(text[start:end], begins, kinds[0] if kinds else ""))
    return found
