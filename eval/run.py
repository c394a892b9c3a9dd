"""One evaluation run: every case through the same pipeline that answers people, beside the naive peer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.answers import Answer
from assistant.service import Service
from eval.case_files import Fact, Refusal, Routing, load
from eval.metrics import facts, recall, refusal, routing

CHARACTERS = 2_000  # of passages that are graded


@dataclass
class Misses:
    """Cases that did not pass, by measure, with what was said instead."""

    of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, measure: str, case: Fact | Routing | Refusal, answer: Answer) -> None:
        divisions = [f"{d.organization} {d.division}" for d in answer.divisions[:3]]
        self.of.setdefault(measure, []).append(
            {
                "id": case.id,
                "question": case.question,
                "status": answer.status,
                "text": answer.text,
                "divisions": divisions,
            }
        )


class Report(BaseModel):
    """What a run found. Shares are 0–1; `n` counts the cases behind each; lengths in characters, times in ms."""

    created: str
    index: str
    cases: str
    figures: dict[str, float]
    n: dict[str, int]
    misses: dict[str, list[dict[str, Any]]]


def run(service: Service, folder: Path, *, peer: bool, advance: Callable[[int], None]) -> Report:
    """Answer every case of `folder` and score it."""
    loaded: dict[str, list[Any]] = {
        "facts": load(folder, "facts", Fact),
        "routing": load(folder, "routing", Routing),
        "refuse": load(folder, "refuse", Refusal),
    }
    answers: dict[str, Answer] = {}
    times: list[float] = []
    service.ask("協働")  # opens what is opened once, so that the first case is timed like the others
    for cases in loaded.values():
        for case in cases:
            began = time.perf_counter()
            answers[case.id] = service.ask(case.question)
            times.append((time.perf_counter() - began) * 1000)
            advance(1)
    misses = Misses()
    figures = _facts(loaded["facts"], answers, misses)
    figures |= _routing(loaded["routing"], answers, misses)
    figures |= _refusal(loaded["refuse"], answers, misses)
    figures |= {"ms_p50": _quantile(times, 0.5), "ms_p95": _quantile(times, 0.95)}
    if peer:
        figures |= _peer(service, loaded["facts"])
    return Report(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        index=service.searcher.index.card.digest[:12],
        cases=folder.name,
        figures={name: round(value, 4) for name, value in figures.items()},
        n={name: len(cases) for name, cases in loaded.items()},
        misses=misses.of,
    )


def _facts(cases: list[Fact], answers: dict[str, Answer], misses: Misses) -> dict[str, float]:
    if not cases:
        return {}
    good = {"facts_supported": 0, "facts_right": 0, "facts_answered": 0, "facts_cited": 0}
    lengths = []
    for case in cases:
        answer = answers[case.id]
        passed = {
            "facts_supported": recall.supported([p.text for p in answer.passages], case.support, CHARACTERS),
            "facts_right": facts.right(answer, case),
            "facts_answered": answer.status.value == "answered",
            "facts_cited": bool(answer.citations) or answer.status.value != "answered",
        }
        for measure, ok in passed.items():
            good[measure] += ok
            if not ok:
                misses.add(measure, case, answer)
        lengths.append(float(len(answer.text)))
    shares = {measure: count / len(cases) for measure, count in good.items()}
    return {**shares, "length_p50": _quantile(lengths, 0.5), "length_p90": _quantile(lengths, 0.9)}


def _routing(cases: list[Routing], answers: dict[str, Answer], misses: Misses) -> dict[str, float]:
    figures = {}
    for k in (1, 3):
        good = 0
        for case in cases:
            ok = routing.within(answers[case.id].divisions, case, k)
            good += ok
            if not ok:
                misses.add(f"routing_at_{k}", case, answers[case.id])
        if cases:
            figures[f"routing_at_{k}"] = good / len(cases)
    return figures


def _refusal(cases: list[Refusal], answers: dict[str, Answer], misses: Misses) -> dict[str, float]:
    if not cases:
        return {}
    good = 0
    for case in cases:
        ok = refusal.handled(answers[case.id], case)
        good += ok
        if not ok:
            misses.add("refusal_handled", case, answers[case.id])
    leaked = sum(refusal.leaks(answers[c.id], c) for c in cases)
    return {"refusal_handled": good / len(cases), "refusal_leaks": leaked / len(cases)}


def _peer(service: Service, cases: list[Fact]) -> dict[str, float]:
    if not cases:
        return {}
    from eval.peer import Peer  # LangChain takes a second to import, and only this needs it

    peer = Peer(service.searcher.index, service.embedder)
    good, times = 0, []
    for case in cases:
        began = time.perf_counter()
        found = peer.passages(case.question)
        times.append((time.perf_counter() - began) * 1000)
        good += recall.supported(found, case.support, CHARACTERS)
    return {"peer_facts_supported": good / len(cases), "peer_ms_p50": _quantile(times, 0.5)}


def _quantile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lies (nearest rank); 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def save(report: Report, folder: Path) -> Path:
    """Write a report where `compare` and people find it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.created.replace(':', '')}.json"
    path.write_text(json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1), "utf-8")
    return path
