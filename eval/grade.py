"""A case and an answer become scores: one function a file of cases, each made of the scores in metrics/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.answers import Answer
from assistant.index import Index
from eval.case_files import DialogTurn, Fact, Refusal, Routing
from eval.metrics import citations, dialog, facts, rank, recall, refusal, routing

CHARACTERS = 2_000  # of passages that are graded
Scores = dict[str, float]


def grade_fact(answer: Answer, case: Fact) -> Scores:
    passages = [p.text for p in answer.passages]
    found = rank.first_supporting(passages, case.support)
    answered = answer.status.value == "answered"
    return {
        "facts_right": float(facts.right(answer, case)),
        "facts_supported": float(recall.supported(passages, case.support, CHARACTERS)),
        "facts_answered": float(answered),
        "facts_cited": float(bool(answer.citations) or not answered),
        "hit_at_1": float(found == 1),
        "hit_at_3": float(found is not None and found <= 3),
        "reciprocal_rank": 1 / found if found else 0.0,
        "length": float(len(answer.text)),
    }


def grade_routing(answer: Answer, case: Routing) -> Scores:
    return {f"routing_at_{k}": float(routing.within(answer.divisions, case, k)) for k in (1, 3)}


def grade_refusal(answer: Answer, case: Refusal) -> Scores:
    return {
        "refusal_handled": float(refusal.handled(answer, case)),
        "refusal_leaks": float(refusal.leaks(answer, case)),
    }


def grade_turn(answer: Answer, turn: DialogTurn) -> Scores:
    scores = {"dialog_turns": float(dialog.turn_right(answer, turn))}
    if turn.gold_support:
        passages = [p.text for p in answer.passages]
        scores["dialog_supported"] = float(recall.supported(passages, turn.gold_support, CHARACTERS))
    return scores


GRADERS: dict[str, Callable[[Answer, Any], Scores]] = {
    "facts": grade_fact,
    "routing": grade_routing,
    "refuse": grade_refusal,
}


def grade_citations(answer: Answer, index: Index) -> Scores:
    """1 where every citation of an answer holds; nothing where there is none."""
    if not answer.citations:
        return {}
    chunks = index.chunks([c.chunk_id for c in answer.citations])
    known = set(index.card.sources)
    held = [
        citations.valid(c, chunks.get(c.chunk_id), index.text_of(c.source_id) if c.source_id in known else "")
        for c in answer.citations
    ]
    return {"citations_valid": float(all(held))}
