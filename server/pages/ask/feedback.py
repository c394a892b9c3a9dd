"""What a visitor says of an answer, from the form beside it."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from server.deps import DatabaseDep, VisitorDep
from server.guard.csrf import SIGNED
from server.pages.ask.page import Composer, FeedbackForm, answer_page, conversation_page
from server.render import language_of, render
from server.store import conversations
from server.store.feedback import LONGEST, Verdict, add_feedback
from server.words import word

router = APIRouter()


class Said(BaseModel):
    """The fields of the form; `alone` is sent by the page of the one answer."""

    turn: str = ""
    verdict: str = ""
    reason: str = ""
    expected: str = ""
    alone: bool = False


@router.post("/feedback", dependencies=[SIGNED])
def post(request: Request, database: DatabaseDep, visitor: VisitorDep, said: Annotated[Said, Form()]) -> Response:
    """Keep it and go back to where the answer stands, with thanks."""
    errors = _errors(request, said.verdict, said.reason, said.expected)
    form = FeedbackForm(said.turn, said.verdict, said.reason.strip(), said.expected.strip(), errors)
    with database.session() as session:
        row = conversations.turn(session, form.turn)
        if row is None:
            return render(request, "ask/missing.html", 404, page="ask")
        own = conversations.conversation_of(session, visitor, row.conversation) is not None and not said.alone
        if not form.errors:
            known = next(v for v in get_args(Verdict) if v == form.verdict)
            add_feedback(session, row, known, form.reason, form.expected)
    if form.errors:
        if own:
            composer = Composer(conversation=row.conversation)
            return conversation_page(request, visitor, composer, status=422, feedback=form)
        return answer_page(request, row.id, status=422, feedback=form)
    where = f"/c/{row.conversation}?thanks={row.n}" if own else f"/a/{row.id}?thanks=true"
    return RedirectResponse(f"{where}#thanks", 303)


def _errors(request: Request, verdict: str, reason: str, expected: str) -> dict[str, str]:
    language = language_of(request)
    errors = {}
    if verdict not in get_args(Verdict):
        errors["verdict"] = word("ask.feedback_choose", language)
    for name, text in (("reason", reason), ("expected", expected)):
        if len(text) > LONGEST:
            errors[name] = word("ask.feedback_long", language, n=len(text), limit=LONGEST)
    return errors
