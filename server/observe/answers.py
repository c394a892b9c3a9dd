"""An answer on its way out: counted, logged without its question, and given the trace id of its request."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from assistant.answers import Answer
from assistant.settings import Settings
from server.observe.logs import logger
from server.observe.metrics import Metrics
from server.observe.trace import trace_of

_LOG = logger("answer")


def observed(request: HTTPConnection, answer: Answer) -> Answer:
    """The answer with `trace`. Call it once for every answer that a request made."""
    metrics: Metrics = request.app.state.metrics
    settings: Settings = request.app.state.service.settings
    metrics.answer(answer)
    told = {"question": answer.standalone or answer.question} if settings.log_questions else {}
    _LOG.info(
        "answer",
        status=answer.status.value,
        reason=answer.reason.value,
        language=answer.language,
        ms=round(sum(answer.timings_ms.values()), 1),
        **told,
    )
    return answer.model_copy(update={"trace": trace_of(request)})
