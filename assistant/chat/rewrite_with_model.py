"""A follow-up question made complete by a language model, in the words of the conversation and no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import facts
from assistant.chat.claims import read_json
from assistant.models import ChatModel, ModelFailed
from assistant.text import compact, one_line, sanitize
from assistant.tokens import words
from prompts import prompt

_TURNS = 6  # of the conversation, the latest
_LONGEST = 500  # characters of each


class _Rewritten(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=300)]


def rewrite_with_model(model: ChatModel | None, history: Sequence[str], question: str) -> str | None:
    """`question` complete by itself; `history` is what was said before, oldest first. Never raises.

    None without a model or history, if the model fails, and if its question brings in a word, number or name that nobody
    said, loses one of the question's own, or changes a negation or condition. The result is a question like any other: every check still lies before it.
    """
    if model is None or not history:
        return None
    said = [text[:_LONGEST] for text in history[-_TURNS:]]
    told = prompt("rewrite", {"history": said, "question": question})
    try:
        rewritten = _Rewritten.model_validate(read_json(model.complete(told.system, told.user).text))
    except (ModelFailed, ValidationError, ValueError, RecursionError):
        return None
    text = one_line(sanitize(rewritten.question))
    return text if _faithful(text, question, "\n".join([*said, question])) else None


def _faithful(text: str, question: str, said: str) -> bool:
    there = facts.numbers(said)
    return (
        not facts.unknown_words(text, frozenset(words(said)))
        and all(run in compact(text) for run in facts.runs(question) if len(run) > 1)
        and all(facts.number_in(number, facts.numbers(text)) for number in facts.numbers(question))
        and all(facts.number_in(number, there) for number in facts.numbers(text))
        and facts.foreign_names(text) <= facts.foreign_names(said)
        and facts.negations(text) == facts.negations(question)
        and facts.kept_turns(text) == facts.kept_turns(question)
    )
