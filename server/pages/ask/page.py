"""The pages of 聞く as they are rendered: start, conversation, one answer; and the parts that scripts put into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.answers import Answer
from assistant.chat.check_input import LONGEST
from assistant.errors import KyodoError
from assistant.service import Service
from server.asking import STORAGE, Told
from server.errors import STATUS
from server.japan import local
from server.pages.ask.view import Shown, show_turn, show_turns
from server.render import fragment, language_of, render
from server.session import visitor_of
from server.store import conversations
from server.store.database import Database
from server.store.tables import Turn
from server.words import keys, word

_EARLIER = 10  # conversations listed on the start page
_SCRIPT = "ask.script_"  # words that the scripts say


@dataclass(frozen=True)
class Composer:
    """The question form: what stands in it and what is wrong with it."""

    question: str = ""
    conversation: str = ""
    easy: bool = False
    error: str = ""
    failure: KyodoError | None = None

    def wrong(self, error: str) -> Composer:
        return replace(self, error=error)

    def failed(self, failure: KyodoError) -> Composer:
        return replace(self, failure=failure)

    def emptied(self) -> Composer:
        return replace(self, question="")


@dataclass(frozen=True)
class FeedbackForm:
    """What somebody said of the answer `turn`, to be put right."""

    turn: str = ""
    verdict: str = ""
    reason: str = ""
    expected: str = ""
    errors: dict[str, str] = field(default_factory=dict)  # field → message


def start_page(
    request: Request, service: Service, database: Database, visitor: str, composer: Composer
) -> HTMLResponse:
    """The empty form with examples, earlier conversations and what is in the documents; a missing index is said."""
    sources = []
    try:
        sources = [s for s in service.searcher.index.sources.values() if not s.expected and not s.version_of]
    except KyodoError as error:
        composer = composer.failed(error)
    earlier: list[dict[str, Any]] = []
    with suppress(*STORAGE), database.session() as session:
        found = conversations.conversations_of(session, visitor, _EARLIER)
        earlier = [{"id": c.id, "asked": turn.asked, "day": _day(request, c.created)} for c, turn in found]
    status = STATUS[type(composer.failure)] if composer.failure else 200
    return _page(request, composer, status, sources=sources, earlier=earlier)


def conversation_page(
    request: Request,
    visitor: str,
    composer: Composer,
    *,
    status: int = 200,
    unsaved: Answer | None = None,
    thanks: int | None = None,
    feedback: FeedbackForm | None = None,
) -> HTMLResponse:
    """The turns so far with the form below; `unsaved` is an answer that storage did not take."""
    service, database = request.app.state.service, request.app.state.database
    turns: Sequence[Turn] = ()
    with suppress(*STORAGE), database.session() as session:
        if composer.conversation and conversations.conversation_of(session, visitor, composer.conversation):
            turns = conversations.turns_of(session, composer.conversation)
    if not turns and unsaved is None:
        return _with_status(start_page(request, service, database, visitor, composer), status)
    try:
        shown = show_turns(turns, service.searcher.index, language_of(request))
        if unsaved:
            shown.append(_unsaved(request, unsaved, len(turns) + 1))
    except KyodoError as error:
        shown, composer, status = [], composer.failed(error), STATUS[type(error)]
    if turns and status == 200:
        composer = replace(composer, easy=turns[-1].easy)
    return _page(request, composer, status, shown=shown, thanks=thanks, feedback=feedback)


def answer_page(
    request: Request,
    identity: str,
    *,
    status: int = 200,
    thanks: bool = False,
    feedback: FeedbackForm | None = None,
) -> HTMLResponse:
    """One answer to read; 404 as a page where there is none."""
    with request.app.state.database.session() as session:
        row = conversations.turn(session, identity)
        own = row is not None and conversations.conversation_of(session, visitor_of(request), row.conversation)
    if row is None:
        return render(request, "ask/missing.html", 404, page="ask")
    shown = show_turn(row, request.app.state.service.searcher.index, language_of(request))
    return render(
        request,
        "ask/answer.html",
        status,
        page="ask",
        turn=shown,
        conversation=row.conversation if own else "",
        created=_day(request, row.created),
        thanks=row.n if thanks else None,
        feedback=feedback or FeedbackForm(),
        alone=True,
    )


def turn_html(request: Request, told: Told) -> tuple[str, int]:
    """A new turn as a script puts it into the page, and its number; 0 if it could not be kept."""
    service, database = request.app.state.service, request.app.state.database
    shown = _unsaved(request, told.answer, 0)
    if told.turn is not None:
        turns: Sequence[Turn] = (told.turn,)
        with suppress(*STORAGE), database.session() as session:
            turns = conversations.turns_of(session, told.turn.conversation)
        found = show_turns(turns, service.searcher.index, language_of(request))
        shown = next(turn for turn in found if turn.n == told.turn.n)
    html = fragment(request, "ask/turn.html", turn=shown, thanks=None, feedback=FeedbackForm(), alone=False)
    return html, shown.n


def error_summary(request: Request, message: str) -> str:
    return fragment(request, "ask/errors.html", errors=[("question", message)])


def step_label(request: Request) -> Callable[[str], str]:
    """How the visitor is told of a step of the pipeline."""
    language = language_of(request)
    return lambda step: word(f"ask.step_{step}", language)


def _unsaved(request: Request, answer: Answer, n: int) -> Shown:
    row = Turn(
        id="", conversation="", n=n, asked=answer.question, easy=False, answer=answer.model_dump(mode="json"), past={}
    )
    return show_turn(row, request.app.state.service.searcher.index, language_of(request))


def _page(request: Request, composer: Composer, status: int, **context: Any) -> HTMLResponse:
    language = language_of(request)
    script = {key.removeprefix(_SCRIPT): told[language] for key, told in keys().items() if key.startswith(_SCRIPT)}
    told = {"shown": [], "sources": [], "earlier": [], "thanks": None, **context}
    told["feedback"] = told.get("feedback") or FeedbackForm()
    return render(
        request,
        "ask/page.html",
        status,
        page="ask",
        composer=composer,
        script=script,
        limit=LONGEST,
        alone=False,
        **told,
    )


def _with_status(response: HTMLResponse, status: int) -> HTMLResponse:
    response.status_code = max(status, response.status_code)
    return response


def _day(request: Request, moment: datetime) -> str:
    """A day in Japan, where the visitors are."""
    at = local(moment)
    return word("ask.day", language_of(request), year=at.year, month=at.month, day=at.day, time=f"{at:%H:%M}")
