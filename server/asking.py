"""A question asked on a page: answered with the conversation before it, counted, kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from assistant.answers import Answer
from assistant.chat.history import TURNS, History, Past
from assistant.chat.pipeline import Watch, unwatched
from assistant.errors import StorageFailed, StoreUnreachable
from assistant.outcomes import Reason
from assistant.service import Service
from server.store import conversations, outcomes
from server.store.database import Database
from server.store.tables import Turn

# Not a question yet, or one that must not be kept: the visitor puts the text right and sends it again.
PUT_RIGHT = frozenset({Reason.EMPTY_QUESTION, Reason.NO_WORDS, Reason.TOO_LONG, Reason.PERSONAL_DATA})

_ONCE = re.compile(r"[0-9a-f]{32}")
# What a storage that fails raises; an answer is worth more than its record.
STORAGE = (SQLAlchemyError, StorageFailed, StoreUnreachable)


@dataclass(frozen=True)
class Asked:
    """What a form sends. `again` is the number of the turn whose question is asked once more, easy or not; a `whole` one
    stands for itself and is not read as a follow-up."""

    question: str
    visitor: str
    conversation: str = ""
    easy: bool = False
    again: int | None = None
    whole: bool = False
    once: str = ""  # drawn anew for each page; the same form sent twice is one question
    observe: Callable[[Answer], Answer] = lambda answer: answer  # count it and name its request


@dataclass(frozen=True)
class Told:
    """The answer with its turn: `None` if it is to be put right or could not be kept."""

    answer: Answer
    turn: Turn | None

    @property
    def put_right(self) -> bool:
        return self.answer.reason in PUT_RIGHT


def ask(service: Service, database: Database, asked: Asked, watch: Watch = unwatched) -> Told:
    """Answer and keep. Raises what Service.conversation().ask raises; a storage that fails costs only the record."""
    if (sent := _sent_before(database, asked)) is not None:
        return Told(conversations.answer_of(sent), sent)
    turns = _turns(database, asked)
    first = next((row for row in turns if row.n == asked.again), None)
    if first and (pair := pair_of(first, turns)) and pair.easy == asked.easy:
        return Told(conversations.answer_of(pair), pair)
    before = (
        [row for row in turns if row.again is None and (first is None or row.n < first.n)] if not asked.whole else []
    )
    conversation = service.conversation(easy=asked.easy, history=History(conversations.past_of(before)[-TURNS:]))
    answer = asked.observe(conversation.ask(first.asked if first else asked.question, watch))
    if answer.reason in PUT_RIGHT:
        with suppress(*STORAGE), database.session() as session:
            outcomes.add_answer(session, answer.model_copy(update={"question": "", "standalone": ""}))
        return Told(answer, None)
    return Told(answer, _keep(database, asked, answer, conversation.history.past[-1], first))


def pair_of(turn: Turn, turns: Sequence[Turn]) -> Turn | None:
    """The other turn with the same question: the easy one of a standard one, or the other way round."""
    return next((row for row in turns if row.n == turn.again or row.again == turn.n), None)


def _turns(database: Database, asked: Asked) -> Sequence[Turn]:
    """The turns of the conversation, if it is this visitor's."""
    if asked.conversation:
        with suppress(*STORAGE), database.session() as session:
            if conversations.conversation_of(session, asked.visitor, asked.conversation):
                return conversations.turns_of(session, asked.conversation)
    return ()


def _sent_before(database: Database, asked: Asked) -> Turn | None:
    """The turn that this very form has already become."""
    if _ONCE.fullmatch(asked.once):
        with suppress(*STORAGE), database.session() as session:
            row = conversations.turn(session, asked.once)
            if row and row.asked == asked.question.strip():
                own = conversations.conversation_of(session, asked.visitor, row.conversation)
                return row if own is not None else None
    return None


def _keep(database: Database, asked: Asked, answer: Answer, past: Past, first: Turn | None) -> Turn | None:
    try:
        with database.session() as session:
            fresh = _ONCE.fullmatch(asked.once) and conversations.turn(session, asked.once) is None
            turn = conversations.add_turn(
                session,
                asked.visitor,
                asked.conversation or None,
                answer,
                past,
                easy=asked.easy,
                again=first.n if first else None,
            )
            if fresh:
                turn.id = asked.once
            outcomes.add_answer(session, answer)
    except STORAGE:
        return _sent_before(database, asked)  # the other of two equal forms was quicker
    return turn
