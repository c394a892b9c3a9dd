"""One evaluation run: every case through the same pipeline that answers people, beside the peers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from assistant.answers import Answer
from assistant.service import Service
from eval.case_files import Dialog, load_all
from eval.configuration import configuration
from eval.grade import GRADERS, Scores, grade_citations, grade_turn
from eval.metrics.margin import margin
from eval.results import OURS, Graded, Report, Trace, figures

Advance = Callable[[int], None]
Own = Callable[[Answer], Scores]


class System(Protocol):
    """What is measured: ours, or a peer."""

    def ask(self, question: str) -> Answer: ...
    def talk(self, questions: Sequence[str]) -> list[Answer]: ...


@dataclass(frozen=True)
class Measured:
    """A system with its name, the files of cases it is measured by, and the scores that only it has."""

    name: str
    system: System
    files: tuple[str, ...]
    own: Own = lambda answer: {}


def run(
    service: Service,
    folders: Sequence[Path],
    *,
    peers: dict[str, System] | None = None,
    margins: bool = False,
    advance: Advance = lambda n: None,
) -> Report:
    """Answer every case of `folders` and score it; `margins` also records how near each question is to answerable ones."""
    loaded = {folder: load_all(folder) for folder in folders}
    index = service.searcher.index
    ours = Measured(OURS, service, (*GRADERS, "dialogs"), lambda answer: grade_citations(answer, index))
    others = [Measured(name, peer, ("facts", "refuse", "dialogs")) for name, peer in (peers or {}).items()]
    graded: list[Graded] = []
    for measured in (ours, *others):
        measured.system.ask("協働")  # opens what is opened once, so that the first case is timed like the others
        for folder, cases in loaded.items():
            for one in _grade(measured, folder.resolve().name, cases):
                graded.append(_with_margin(one, service) if margins and measured is ours else one)
                advance(1)
    own = [g for g in graded if g.system == OURS]
    return Report(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        configuration=configuration(service, folders, [m.name for m in others]),
        figures=figures(own),
        peers={m.name: figures([g for g in graded if g.system == m.name], peers=True) for m in others},
        folders={name: figures([g for g in own if g.folder == name]) for name in dict.fromkeys(g.folder for g in own)},
        graded=tuple(graded),
    )


def count(folders: Sequence[Path], systems: int) -> int:
    """How often `run` will advance at most, for the progress bar."""
    return systems * sum(
        sum(1 + len(c.turns) if isinstance(c, Dialog) else 1 for c in cases)
        for folder in folders
        for cases in load_all(folder).values()
    )


def _grade(measured: Measured, folder: str, loaded: dict[str, list[Any]]) -> Iterator[Graded]:
    for file in measured.files:
        for case in loaded[file]:
            if isinstance(case, Dialog):
                yield from _dialog(measured, folder, case)
                continue
            began = time.perf_counter()
            answer = measured.system.ask(case.question)
            spent = (time.perf_counter() - began) * 1000
            scores = {**GRADERS[file](answer, case), **measured.own(answer), "ms": spent}
            if file == "refuse":
                scores["must_refuse"] = float(not any(name.startswith("answer") for name in case.accept))
            yield _kept(
                Graded(
                    system=measured.name,
                    folder=folder,
                    file=file,
                    id=case.id,
                    question=case.question,
                    reason=case.reason,
                    groups=case.groups,
                    scores=scores,
                    trace=Trace.of(answer),
                )
            )


def _dialog(measured: Measured, folder: str, case: Dialog) -> Iterator[Graded]:
    """Every turn, then the conversation as a whole."""
    said = [turn.user for turn in case.turns]
    right = []
    for number, (turn, answer) in enumerate(zip(case.turns, measured.system.talk(said), strict=True)):
        scores = {**grade_turn(answer, turn), **measured.own(answer)}
        right.append(scores["dialog_turns"])
        yield _kept(
            Graded(
                system=measured.name,
                folder=folder,
                file="dialogs",
                id=f"{case.id}/{number + 1}",
                question=turn.user,
                reason=turn.note,
                groups={**case.groups, "expected": turn.expected},
                scores=scores,
                trace=Trace.of(answer, said[:number]),
            )
        )
    whole = {"dialog_conversations": float(all(right))}
    yield Graded(
        system=measured.name,
        folder=folder,
        file="dialogs",
        id=case.id,
        question=case.topic,
        groups=case.groups,
        scores=whole,
    )


def _kept(graded: Graded) -> Graded:
    """Without its trace where nothing was missed or a peer was asked."""
    return graded if graded.missed and graded.system == OURS else graded.model_copy(update={"trace": None})


def _with_margin(graded: Graded, service: Service) -> Graded:
    found = None if graded.file == "dialogs" else margin(service.searcher, graded.question)
    return graded if found is None else graded.model_copy(update={"scores": {**graded.scores, "margin": found}})
