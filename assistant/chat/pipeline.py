"""How an answer comes about, as one ordered tuple. Each step takes the turn and returns it with more in it, or stopped.

check_input → understand → retrieve → route → check_scope → answer_division → answer_count → check_spoken_to → compose → write_with_model → attach_divisions → verify_citations → add_notices
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from assistant.answers import Answer
from assistant.chat.answer_count import answer_count
from assistant.chat.answer_division import answer_division, attach_divisions
from assistant.chat.beside_division import beside_division
from assistant.chat.check_input import check_input
from assistant.chat.check_scope import check_scope
from assistant.chat.check_spoken_to import check_spoken_to
from assistant.chat.compose import compose
from assistant.chat.notices import add_notices
from assistant.chat.other_readings import OtherReading
from assistant.chat.retrieve import retrieve, understand
from assistant.chat.route import route
from assistant.chat.simplify_with_model import simplify_with_model
from assistant.chat.turn import Turn
from assistant.chat.verify_citations import verify_citations
from assistant.chat.write_with_model import known_names, write_with_model
from assistant.emergency import is_emergency
from assistant.models import ChatModel
from assistant.outcomes import STATUS_OF, Reason
from assistant.search.searcher import Searcher

WITH_EVIDENCE = (Reason.FOUND, Reason.DIVISION_FOUND, Reason.ASK_DIVISION)  # go on to the proof of their citations
Step = Callable[[Turn], Turn]
Watch = Callable[[str], None]  # is told the name of each step as it begins; what it raises ends the answer

# Each has words for those who wait in prompts/web/ask.toml (step_…).
STEPS: tuple[Step, ...] = (
    check_input,
    understand,
    retrieve,
    route,
    check_scope,
    answer_division,
    answer_count,
    check_spoken_to,
    compose,
    beside_division,
    write_with_model,
    attach_divisions,
    verify_citations,
    add_notices,
)


def unwatched(step: str) -> None:
    """Nobody looks on."""


def answer(
    searcher: Searcher,
    asked: str,
    model: ChatModel | None = None,
    *,
    easy: bool = False,
    said: str = "",
    others: tuple[OtherReading, ...] = (),
    watch: Watch = unwatched,
) -> Answer:
    """One question, one answer, in easy Japanese if wanted; `said` is a follow-up without the matter that was put to it,
    `others` are its other readings. Never raises for anything a person or a model can say."""
    turn = run_steps(Turn(asked, searcher, model, easy=easy, said=said, others=others), watch=watch)
    reason = turn.reason or Reason.FAILED
    told = Answer(
        status=STATUS_OF[reason],
        reason=reason,
        text=turn.text,
        citations=turn.citations,
        divisions=turn.divisions,
        passages=turn.passages,
        notices=turn.notices,
        urgent=turn.say("notice", "emergency") if is_emergency(asked) else "",
        language=turn.language,
        timings_ms=turn.timings_ms,
        question=turn.question.text if turn.question else "",
        model=turn.model_use,
    )
    if not easy:
        return told
    watch(simplify_with_model.__name__)
    return simplify_with_model(model, told, known_names(turn)) or told


def run_steps(turn: Turn, steps: tuple[Step, ...] = STEPS, watch: Watch = unwatched) -> Turn:
    """Carry out `steps` in order, each timed. A reason other than an answer's ends the turn at once."""
    for step in steps:
        watch(step.__name__)
        began = time.perf_counter()
        turn = step(turn)
        spent = round((time.perf_counter() - began) * 1000, 2)
        turn = replace(turn, timings_ms={**turn.timings_ms, step.__name__: spent})
        if turn.reason not in (None, *WITH_EVIDENCE):
            break
    return turn
