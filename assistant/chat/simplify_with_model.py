"""An answer in plain Japanese (やさしい日本語) by a language model; refused as a whole if a fact of any line changed.

Plain words are other words, so the words themselves cannot be held against the answer. Held are numbers, dates and
articles, names, what stands in 「」, long compounds, negations, conditions, duties and permissions. The citations stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answers import Answer
from assistant.chat import facts
from assistant.chat.claims import read_json
from assistant.models import ChatModel, ModelFailed
from assistant.outcomes import Status
from assistant.text import compact, one_line
from assistant.tokens import proper_nouns
from prompts import prompt, say

_MARK = re.compile(r"［[0-9]+］")
_NAME_LENGTH = 3  # kanji in a row from which a new compound may be a name


class _Lines(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    lines: Annotated[list[str], Field(max_length=50)]


def simplify_with_model(model: ChatModel | None, answer: Answer, known: Sequence[str] = ()) -> Answer | None:
    """`answer` with its text in plain Japanese and a notice; `known` are names of organizations and divisions. Never raises.

    None without a model, for anything but an answer, and if the model fails or changes what must stay.
    """
    if model is None or answer.status is not Status.ANSWERED:
        return None
    lines = answer.text.split("\n")
    told = prompt("simplify", {"lines": [_MARK.sub("", line) for line in lines]})
    try:
        plain = _Lines.model_validate(read_json(model.complete(told.system, told.user).text)).lines
    except (ModelFailed, ValidationError, ValueError, RecursionError):
        return None
    names = tuple(compact(name) for name in known if name)
    if len(plain) != len(lines) or not all(map(lambda a, b: _same(_MARK.sub("", a), b, names), lines, plain)):
        return None
    text = "\n".join(one_line(new) + "".join(_MARK.findall(old)) for old, new in zip(lines, plain, strict=True))
    notice = say("model", "simplified", name=model.name)
    return answer.model_copy(update={"text": text, "notices": (*answer.notices, notice)})


def _same(old: str, new: str, known: tuple[str, ...]) -> bool:
    """Does `new` say nothing that `old` does not, as far as can be told without understanding it?"""
    return (
        bool(new.strip()) == bool(old.strip())
        and len(new) <= 2 * len(old) + 50
        and facts.readable(new)
        and _facts(old, known) == _facts(new, known)
        and facts.quoted(new) <= facts.quoted(old)
        and facts.foreign_names(new) <= facts.foreign_names(old)
        and proper_nouns(new) <= proper_nouns(old)
        and all(run in compact(old) for run in facts.runs(new) if len(run) >= _NAME_LENGTH)
    )


def _facts(text: str, known: tuple[str, ...]) -> tuple[object, ...]:
    """What must be equal in both."""
    return (
        Counter(facts.numbers(text)),
        facts.names(text, known),
        facts.has_contact(text),
        facts.negations(text).total(),
        facts.kept_turns(text),
        facts.added_turns(text),
        facts.is_past(text),
    )
