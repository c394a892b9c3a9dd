"""Drafts and reviews of a run: every brief drafted, every document reviewed, by the program that people use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from assistant.drafts import DocumentKind, Draft, Form, Review
from eval.case_files import DraftCase, ReviewCase
from eval.grade_papers import Faults, body, grade_draft, grade_review
from eval.results import OURS, Graded, Trace, kept

CHARACTERS = 1_500  # of a text whose time is counted as it is; a longer one's in proportion
PAPER_FILES = ("drafts", "reviews")
_SHOWN = 80  # characters of a text by which a case is named


@runtime_checkable
class Writer(Protocol):
    """What is measured: drafts a brief, reviews a document."""

    def draft(self, brief: str, document: DocumentKind = "contract", form: Form | None = None) -> Draft: ...
    def review(self, text: str, document: DocumentKind = "contract", form: Form | None = None) -> Review: ...


def warm_up(writer: Writer) -> None:
    """Opens what is opened once, so that the first case is timed like the others."""
    writer.draft("花壇の世話をする。")
    writer.review("第1条（目的） 花壇の世話をする。")


def papers(writer: Writer, folder: str, loaded: dict[str, list[Any]]) -> Iterator[Graded]:
    """Every draft and review of a folder's cases."""
    for case in loaded.get("drafts", ()):
        yield _draft(writer, folder, case)
    for case in loaded.get("reviews", ()):
        yield _review(writer, folder, case)


def _draft(writer: Writer, folder: str, case: DraftCase) -> Graded:
    began = time.perf_counter()
    draft = writer.draft(case.brief, case.document, case.form)
    ms = (time.perf_counter() - began) * 1000
    scores, faults = grade_draft(draft, case)
    trace = _trace(draft.status, body(draft), ms, faults)
    return _graded(folder, "drafts", case, case.brief, {**scores, "draft_ms": _even(ms, case.brief)}, trace)


def _review(writer: Writer, folder: str, case: ReviewCase) -> Graded:
    text = case.document_text
    began = time.perf_counter()
    review = writer.review(text, case.document, case.form)
    ms = (time.perf_counter() - began) * 1000
    scores, faults = grade_review(review, case)
    said = [f"{i.item} {i.state} {i.article} 「{i.quote}」" for i in review.items]
    said += [f"{f.code} 「{f.quote}」" for f in review.findings]
    trace = _trace(review.status, "\n".join(said), ms, faults)
    return _graded(folder, "reviews", case, text, {**scores, "review_ms": _even(ms, text)}, trace)


def _even(ms: float, text: str) -> float:
    """Milliseconds for CHARACTERS of the text, or for all of a shorter one."""
    return ms * CHARACTERS / max(CHARACTERS, len(text))


def _trace(status: str, text: str, ms: float, faults: Faults) -> Trace:
    kept = {name: values for name, values in faults.items() if values}
    return Trace(status=status, reason="", text=text, passages=(), divisions=(), timings_ms={"whole": ms}, faults=kept)


def _graded(
    folder: str, file: str, case: DraftCase | ReviewCase, text: str, scores: dict[str, float], trace: Trace
) -> Graded:
    line = " ".join(text.split())
    graded = Graded(
        system=OURS,
        folder=folder,
        file=file,
        id=case.id,
        question=line[:_SHOWN] + "…" * (len(line) > _SHOWN),
        reason=case.reason,
        groups=case.groups,
        scores=scores,
        trace=trace,
    )
    return kept(graded)
