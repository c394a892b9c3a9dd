"""Answers, cases and reports made by hand, for tests of the measuring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answers import Answer, Passage
from assistant.embeddings import EmbedderCard
from assistant.outcomes import Reason, Status
from eval.case_files import DialogTurn
from eval.configuration import CaseFolder, Configuration
from eval.results import OURS, Graded, Report, figures


def answer(text: str, status: Status = Status.ANSWERED, passages: Sequence[str] = ()) -> Answer:
    found = tuple(Passage(chunk_id=p, source_id="s", locator="l", text=p, score=1) for p in passages)
    return Answer(status=status, reason=Reason.FOUND, text=text, passages=found)


def turn(expected: str, **values: Any) -> DialogTurn:
    return DialogTurn.model_validate({"user": "では？", "expected": expected, **values})


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
