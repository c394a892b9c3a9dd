"""Answers, drafts, reviews, cases and reports made by hand, for tests of the measuring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answers import Answer, Passage
from assistant.drafts import Code, DocumentKind, Draft, Finding, Form, Item, ItemState, Review
from assistant.embeddings import EmbedderCard
from assistant.outcomes import Reason, Status
from eval.case_files import DialogTurn, DraftCase, ReviewCase
from eval.configuration import CaseFolder, Configuration
from eval.results import OURS, Graded, Report, figures


def answer(text: str, status: Status = Status.ANSWERED, passages: Sequence[str] = ()) -> Answer:
    found = tuple(Passage(chunk_id=p, source_id="s", locator="l", text=p, score=1) for p in passages)
    return Answer(status=status, reason=Reason.FOUND, text=text, passages=found)


def turn(expected: str, **values: Any) -> DialogTurn:
    return DialogTurn.model_validate({"user": "では？", "expected": expected, **values})


def draft(*texts: str, missing: Sequence[Item] = (), problems: Sequence[Code] = (), **values: Any) -> Draft:
    """A contract with a section a text; it notes the 規則 unless `notes` says otherwise."""
    section = {"key": "k", "heading": "見出し", "state": "given", "basis": "", "demand": "custom"}
    made = {
        "status": "drafted",
        "document": "contract",
        "form": None,
        "notes": ["規則で定める事項は、まだ分かりません。"],
    }
    return Draft.model_validate(
        {
            **made,
            "sections": [{**section, "text": text} for text in texts],
            "missing": missing,
            "problems": [_finding(code) for code in problems],
            **values,
        }
    )


def review(missing: Sequence[Item] = (), codes: Sequence[Code] = (), quotes: dict[Item, str] | None = None) -> Review:
    """A review that calls `missing` missing and those of `quotes` present, with these words."""
    present = [ItemState(item=item, state="present", quote=quote) for item, quote in (quotes or {}).items()]
    items = (*present, *(ItemState(item=item, state="missing") for item in missing))
    return Review(document="contract", items=items, findings=tuple(_finding(code) for code in codes))


def _finding(code: Code) -> Finding:
    return Finding(code=code, message="", basis="")


def draft_case(**values: Any) -> DraftCase:
    made = {
        "id": "p",
        "document": "contract",
        "brief": "",
        "must_contain": [],
        "must_flag_missing": [],
        "problem_codes": [],
    }
    return DraftCase.model_validate({**made, **values})


def review_case(**values: Any) -> ReviewCase:
    made = {
        "id": "c",
        "document": "contract",
        "document_text": "",
        "missing_items": [],
        "evidence": {},
        "finding_codes": [],
    }
    return ReviewCase.model_validate({**made, **values})


class Clerk:
    """A writer that says one thing of everything."""

    def draft(self, brief: str, document: DocumentKind = "contract", form: Form | None = None) -> Draft:
        return draft(brief, missing=[Item.LIABILITY], problems=[Code.S5_4], document=document, form=form)

    def review(self, text: str, document: DocumentKind = "contract", form: Form | None = None) -> Review:
        return review([Item.METHOD], [Code.DEFERRED], {Item.PURPOSE: text[:20]})


def graded(identity: str, file: str = "facts", **scores: float) -> Graded:
    return Graded(system=OURS, folder="cases", file=file, id=identity, question=f"{identity}の質問", scores=scores)


def configuration(**values: Any) -> Configuration:
    made = {
        "version": "1.2.3",
        "code": "c0de",
        "python": "3.11.0",
        "platform": "Linux x86_64",
        "libraries": {"numpy": "2.1"},
        "settings": {"port": "8000"},
        "embedder": EmbedderCard(name="e", dimension=3, query_prefix="", passage_prefix=""),
        "index": "1dea",
        "sources": {"s": "5a"},
        "weights": {"dense": 1.0},
        "folders": (CaseFolder(name="cases", place="cases", files={"facts": "fa"}),),
        "peers": (),
    }
    return Configuration.model_validate({**made, **values})


def report(cases: Sequence[Graded], **values: Any) -> Report:
    made = {
        "created": "2026-01-02T03:04:05+00:00",
        "configuration": configuration(),
        "figures": figures(cases),
        "peers": {},
        "folders": {"cases": figures(cases)},
        "graded": tuple(cases),
    }
    return Report.model_validate({**made, **values})
