"""The question form, the conversations of a visitor, and single answers behind a link.

A question is sent by POST and never stands in an address: `GET /?q=` only fills the field.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from assistant.chat.pipeline import Watch
from assistant.errors import KyodoError
from server.asking import Asked, Told, ask
from server.deps import DatabaseDep, ServiceDep, VisitorDep
from server.errors import STATUS
from server.guard.csrf import SIGNED
from server.observe.answers import observed
from server.pages.ask.page import Composer, answer_page, conversation_page, start_page, step_label, turn_html
from server.pages.ask.page import error_summary as summary
from server.render import render
from server.store import conversations
from server.stream import Event, event, streamed

router = APIRouter()


class Question(BaseModel):
    """The fields of the form. Asked says what they mean."""

    question: str = ""
    conversation: str = ""
    easy: bool = False
    again: int | None = None
    whole: bool = False
    once: str = ""


@router.get("/")
def index(request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep, q: str = "") -> Response:
    return start_page(request, service, database, visitor, Composer(question=q))


@router.post("/ask", dependencies=[SIGNED])
async def post(
    request: Request, service: ServiceDep, database: DatabaseDep, visitor: VisitorDep, form: Annotated[Question, Form()]
) -> Response:
    """A redirect to the answer; for `Accept: text/event-stream` the steps and the answer as events."""
    asked = Asked(visitor=visitor, observe=partial(observed, request), **form.model_dump())

    def work(watch: Watch) -> Event:
        return _answered(request, ask(service, database, asked, watch))

    if "text/event-stream" in request.headers.get("accept", ""):
        return streamed(request, work, step_label(request))
    return await to_thread.run_sync(_in_one_go, request, asked, limiter=request.app.state.answering)


def _in_one_go(request: Request, asked: Asked) -> Response:
    service, database = request.app.state.service, request.app.state.database
    composer = Composer(question=asked.question, conversation=asked.conversation, easy=asked.easy)
    try:
        told = ask(service, database, asked)
    except KyodoError as error:
        return conversation_page(request, asked.visitor, composer.failed(error), status=STATUS[type(error)])
    if told.put_right:
        return conversation_page(request, asked.visitor, composer.wrong(told.answer.text), status=422)
    if told.turn is None:
        return conversation_page(request, asked.visitor, composer.emptied(), unsaved=told.answer)
    return RedirectResponse(_address(told), 303)


def _answered(request: Request, told: Told) -> Event:
    """The last event of a stream: what the script puts into the page."""
    if told.put_right:
        text = told.answer.text
        error = {"code": told.answer.reason.value, "message": text, "message_en": text}
        return event("error", {"error": error, "field": "question", "html": summary(request, text)})
    html, n = turn_html(request, told)
    return event("answer", {"html": html, "n": n, "url": _address(told) if told.turn else None})


def _address(told: Told) -> str:
    return f"/c/{told.turn.conversation}#answer-{told.turn.n}" if told.turn else "/"


@router.get("/c/{identity}", response_class=HTMLResponse)
def conversation(
    request: Request, database: DatabaseDep, visitor: VisitorDep, identity: str, thanks: int | None = None
) -> Response:
    """A conversation; only its visitor may read it."""
    with database.session() as session:
        if conversations.conversation_of(session, visitor, identity) is None:
            return render(request, "ask/missing.html", 404, page="ask")
    return conversation_page(request, visitor, Composer(conversation=identity), thanks=thanks)


@router.get("/a/{identity}", response_class=HTMLResponse)
def answer(request: Request, identity: str, thanks: bool = False) -> Response:
    """One answer, for everybody who has the link."""
    return answer_page(request, identity, thanks=thanks)
