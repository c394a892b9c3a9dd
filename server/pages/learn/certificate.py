"""/learn/certificate: what is left to do, or the certificate with a name on it, for printing on one page of A4."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.errors import WrongUse
from assistant.learn.certificate import as_html, as_part, certificate
from assistant.learn.course import load_course
from assistant.learn.progress import standing
from assistant.learn.rounds import Learner
from assistant.learn.store import clean_name
from server.guard.csrf import SIGNED
from server.pages.learn.parts import FormDep, LearnerDep, NotebookDep, page, to
from server.render import language_of

router = APIRouter()
PATH = "/learn/certificate"


@router.get(PATH, response_class=HTMLResponse)
def show(request: Request, learner: LearnerDep) -> HTMLResponse:
    return _show(request, learner)


def _show(request: Request, learner: Learner, status: int = 200, name: str = "", mistake: str = "") -> HTMLResponse:
    course = load_course()
    if learner.progress.finished is None:
        return page(request, "unfinished.html", learner=learner, standing=standing(course, learner.progress))
    made = certificate(course, learner.progress)
    return page(
        request, "certificate.html", status, paper=as_part(made, level=2), name=name or made.name, mistake=mistake
    )


@router.post(PATH, dependencies=[SIGNED])
def set_name(request: Request, form: FormDep, learner: LearnerDep, notebook: NotebookDep) -> Response:
    """Put a name on the certificate, or take it away again."""
    said = str(form.get("name", ""))
    try:
        name = clean_name(said)
    except WrongUse as error:
        return _show(request, learner, 422, said, error.ja if language_of(request) == "ja" else error.en)
    notebook.change(lambda now: now.with_progress(now.progress.model_copy(update={"name": name})))
    return to(f"{PATH}#paper")


@router.get(f"{PATH}.html")
def download(learner: LearnerDep) -> Response:
    """The certificate as a file with its own style. Raises WrongUse where the course is not finished."""
    made = as_html(certificate(load_course(), learner.progress))
    headers = {"Content-Disposition": 'attachment; filename="certificate.html"', "Cache-Control": "no-store"}
    return Response(made, media_type="text/html; charset=utf-8", headers=headers)
