"""How a review comes about: the document in labelled clauses, the items it tells, what the checks find."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.clauses.examine import examine
from assistant.clauses.label import labelled
from assistant.clauses.paper import Paper
from assistant.clauses.structure import read_document
from assistant.drafts import DocumentKind, Form, ItemState, Review
from assistant.law_records import Requirement
from assistant.quotations import named
from assistant.review.items import item_states, words
from assistant.search.language import language_of
from assistant.search.searcher import Searcher
from assistant.text import sanitize

LONGEST = 200_000  # characters of a document
_SHORTEST = 40
_ENOUGH = 2  # items that make a document a contract or proposal, whatever it calls itself


def review(searcher: Searcher, text: str, document: DocumentKind = "contract", form: Form | None = None) -> Review:
    """One review; offsets count in `text` as it is returned. Never raises for anything a document can hold."""
    text = sanitize(text)
    declined = _unfit(text)
    if declined:
        return Review(status="declined", document=document, form=form, notes=(declined,), text=text)
    ordinances = searcher.index.records.ordinances
    paper = labelled(read_document(text, document, form, ordinances[0] if ordinances else None), searcher.embedder)
    items = item_states(paper, searcher.index.records.requirements)
    if not _is_collaboration(paper, items):
        notes = (words("notes")["not_a_contract"],)
        return Review(status="declined", document=document, form=form, notes=notes, text=text)
    made = Review(
        document=document,
        form=form,
        title=paper.title,
        items=items,
        findings=tuple(examine(paper)),
        notes=_notes(document, form, searcher.index.records.requirements),
        text=text,
    )
    return named(searcher.index.records.replaced, made)


def _unfit(text: str) -> str:
    """Why a text cannot be reviewed; "" if it can."""
    if len(text.strip()) < _SHORTEST:
        return words("notes")["too_short"]
    if len(text) > LONGEST:
        return words("notes")["too_long"].format(length=f"{len(text):,}", limit=f"{LONGEST:,}")
    if language_of(text[:2_000]) not in ("ja", "easy"):
        return words("notes")["language"]
    return ""


def _is_collaboration(paper: Paper, items: tuple[ItemState, ...]) -> bool:
    """Is it a contract or proposal at all: does it tell some of the items, and is a side of the city in it?"""
    present = sum(item.state == "present" for item in items)
    named = any(word in paper.text for word in ("協働", "横浜市", "協定", "提案", "甲", "区"))
    return present >= _ENOUGH and named


def _notes(document: DocumentKind, form: Form | None, requirements: Sequence[Requirement]) -> tuple[str, ...]:
    told = words("notes")
    found = [told["checked"]]
    for rule in dict.fromkeys(requirement.rule for requirement in requirements):
        found.append(told["rule"].format(rule=rule))
    if document == "proposal":
        found.append(told["advice_only"])
    if form:
        found.append(told["form_told"].format(form=form))
    return tuple(found)
