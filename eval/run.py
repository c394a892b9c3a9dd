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
from eval.case_files import KINDS, Dialog, load_folders
from eval.configuration import configuration
from eval.grade import GRADERS, Scores, grade_citations, grade_turn
from eval.metrics.margin import margin
from eval.papers import PAPER_FILES, Writer, papers, warm_up
from eval.results import OURS, Graded, Report, Trace, figures, kept

Advance = Callable[[int], None]
Loaded = dict[Path, dict[str, list[Any]]]  # folder → file → cases
Own = Callable[[Answer], Scores]
PEER_FILES = ("facts", "refuse", "dialogs")  # a peer knows no divisions and writes no drafts


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
    writer: Writer | None = None,
    files: Sequence[str] = tuple(KINDS),
    margins: bool = False,
    advance: Advance = lambda n: None,
) -> Report:
    """Answer every case in `files` of `folders` and score it. `writer` drafts and reviews, the service itself if None;
    `margins` also records how near each question is to answerable ones."""
    loaded = load_folders(folders, files)
    index = service.searcher.index
    ours = Measured(OURS, service, (*GRADERS, "dialogs"), lambda answer: grade_citations(answer, index))
    others = [Measured(name, peer, PEER_FILES) for name, peer in (peers or {}).items()]
    graded: list[Graded] = []
    for measured in (ours, *others):
        for one in _questions(measured, loaded):
            graded.append(_with_margin(one, service) if margins and measured is ours else one)
            advance(1)
    for one in _papers(writer or service, loaded):
        graded.append(one)
        advance(1)
    own = [g for g in graded if g.system == OURS]
    return Report(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        configuration=configuration(service, folders, [m.name for m in others], files),
        figures=figures(own),
        peers={m.name: figures([g for g in graded if g.system == m.name], peers=True) for m in others},
        folders={name: figures([g for g in own if g.folder == name]) for name in dict.fromkeys(g.folder for g in own)},
        graded=tuple(graded),
    )


def count(folders: Sequence[Path], systems: int, files: Sequence[str] = tuple(KINDS)) -> int:
    """How often `run` will advance at most, for the progress bar."""
    return systems * sum(
        sum(1 + len(c.turns) if isinstance(c, Dialog) else 1 for c in cases)
        for loaded in load_folders(folders, files).values()
        for cases in loaded.values()
    )


def _questions(measured: Measured, loaded: Loaded) -> Iterator[Graded]:
    if any(cases.get(file) for cases in loaded.values() for file in measured.files):
        measured.system.ask("協働")  # opens what is opened once, so that the first case is timed like the others
    for folder, cases in loaded.items():
        yield from _grade(measured, folder.resolve().name, cases)


def _papers(writer: Writer | None, loaded: Loaded) -> Iterator[Graded]:
    """Drafts and reviews; none without a writer."""
    if writer and any(cases.get(file) for cases in loaded.values() for file in PAPER_FILES):
        warm_up(writer)
        for folder, cases in loaded.items():
            yield from papers(writer, folder.resolve().name, cases)


def _grade(measured: Measured, folder: str, loaded: dict[str, list[Any]]) -> Iterator[Graded]:
    for file in measured.files:
        for case in loaded.get(file, ()):
            if isinstance(case, Dialog):
                yield from _dialog(measured, folder, case)
                continue
            began = time.perf_counter()
            answer = measured.system.ask(case.question)
            spent = (time.perf_counter() - began) * 1000
            scores = {**GRADERS[file](answer, case), **measured.own(answer), "ms": spent}
            if file == "refuse":
                scores["must_refuse"] = float(not any(name.startswith("answer") for name in case.accept))
            yield kept(
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
        yield kept(
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


def _with_margin(graded: Graded, service: Service) -> Graded:
    found = margin(service.searcher, graded.question) if graded.file in GRADERS else None
    return graded if found is None else graded.model_copy(update={"scores": {**graded.scores, "margin": found}})
