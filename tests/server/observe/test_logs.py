"""The log: one line a request, JSON, with the trace; nothing that people wrote, however a request ends."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.observe.logs import formatter, logger
from server.observe.trace import trace_of
from tests.server.forms import sign
from tests.server.guard.test_forms import routes
from tests.server.hollow import PAGE

MARK = "ヒミツノコトバ" + "x7q"
QUESTION = f"協働契約の{MARK}とは"


class Log:
    """What stood on standard error."""

    def __init__(self, handler: logging.StreamHandler[io.StringIO]) -> None:
        self._handler = handler

    @property
    def text(self) -> str:
        return self._handler.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@contextmanager
def logged(settings: Settings, level: int = logging.DEBUG) -> Iterator[Log]:
    """Everything that any library logs, rendered as the service renders it."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter(settings, terminal=False))
    root, ours = logging.getLogger(), logging.getLogger("kyodo")
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    ours.setLevel(level)
    logging.captureWarnings(True)
    try:
        yield Log(handler)
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        root.setLevel(before)
        ours.setLevel(logging.NOTSET)


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def _everything(client: TestClient) -> None:
    """The marker through every route, in every way that a route takes input."""
    app = client.app
    assert isinstance(app, FastAPI)
    told = {"X-Sign": sign(client)}
    body = {"question": QUESTION, "text": QUESTION, "brief": QUESTION, "document": "contract", "history": [QUESTION]}
    for route in routes(app.routes):
        path = route.path.replace("{seed}", "1")
        for name in route.param_convertors:
            path = path.replace(f"{{{name}}}", quote(MARK, safe=""))
        for method in route.methods or ():
            for sent in ({"json": body}, {"data": {**body, "sign": told["X-Sign"]}}, {"content": QUESTION.encode()}):
                for headers in (told, PAGE):
                    if method in ("GET", "HEAD"):
                        client.request(method, path, params={"q": QUESTION, "name": MARK}, headers=headers)
                    else:
                        client.request(method, path, headers=headers, **sent)
    client.get(f"/{MARK}")
    client.post("/api/ask", json={MARK: QUESTION})
    client.post("/api/ask", content=b"{" + QUESTION.encode(), headers={"Content-Type": "application/json"})
    client.post("/api/reviews", files={"file": (f"{MARK}.txt", QUESTION.encode())})


def test_no_route_writes_what_people_wrote(client: TestClient, service: Service) -> None:
    with logged(service.settings) as log:
        _everything(client)
    assert MARK not in log.text and quote(MARK) not in log.text and "\\u30d2" not in log.text
    asked = [line for line in log.lines if line.get("route") == "/api/ask" and line["status"] == 200]
    assert asked and any(line["event"] == "answer" for line in log.lines)


def _raising(error: Callable[[], Exception]) -> Callable[..., Any]:
    def raised(*_: object, **__: object) -> None:
        try:
            raise KeyError(QUESTION)
        except KeyError as cause:
            raise error() from cause

    return raised


@pytest.mark.parametrize(
    "error",
    [lambda: RuntimeError(QUESTION), lambda: ExceptionGroup(QUESTION, [OSError()])],
)
def test_an_exception_that_repeats_the_question_does_not(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception]
) -> None:
    for name in ("ask", "talk", "search", "draft", "review", "conversation"):
        monkeypatch.setattr(service, name, _raising(error))
    with logged(service.settings) as log:
        _everything(client)
        answered = client.post("/api/ask", json={"question": QUESTION})
    assert answered.status_code == 500 and MARK not in log.text
    failed = [line for line in log.lines if line["event"] == "unexpected error"]
    assert failed and "KeyError" in failed[0]["exception"] and "test_logs.py" in failed[0]["exception"]
    assert answered.headers["X-Trace-Id"] in {line["trace"] for line in failed}


def test_an_error_in_a_stream_is_logged_once_and_without_words(client: TestClient, service: Service) -> None:
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/test-stream")
    def stream() -> StreamingResponse:
        def parts() -> Iterator[str]:
            yield "data: a\n\n"
            raise RuntimeError(QUESTION)

        return StreamingResponse(parts(), media_type="text/event-stream")

    with logged(service.settings) as log:
        assert client.get("/test-stream").text == "data: a\n\n"
    assert MARK not in log.text and [line["event"] for line in log.lines].count("unexpected error") == 1


def test_with_the_setting_questions_are_logged(service: Service) -> None:
    loud = service.settings.model_copy(update={"log_questions": True})
    with TestClient(create_app(Service(loud, service.embedder))) as client, logged(loud) as log:
        client.post("/api/ask", json={"question": QUESTION})
        logger("test").error("failed", exc_info=RuntimeError(QUESTION))
    assert [line["question"] for line in log.lines if line["event"] == "answer"] == [QUESTION]
    assert QUESTION in log.lines[-1]["exception"]


def test_lines_of_other_libraries_lose_what_was_filled_in(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "uvicorn.error")
    with logged(service.settings) as log:
        logging.getLogger("somebody").warning("cannot read %s", QUESTION)
        logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: {QUESTION}")
        logging.getLogger("uvicorn.error").info("Started %d", 7)
        logging.getLogger("somebody").error("failed", exc_info=RuntimeError(QUESTION))
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(QUESTION, UserWarning, stacklevel=1)
    assert MARK not in log.text
    events = [line["event"] for line in log.lines]
    assert events[:4] == ["cannot read %s", "Task exception was never retrieved", "Started 7", "failed"]
    assert events[4].endswith("UserWarning") and "RuntimeError" in log.lines[3]["exception"]


def test_a_request_is_one_line_with_its_route_and_its_trace(client: TestClient, service: Service) -> None:
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/test-page/{identity}")
    def conversation(identity: str, request: Request) -> str:
        return trace_of(request)

    private = "0a" * 16
    with logged(service.settings, logging.INFO) as log:
        answered = client.get(f"/test-page/{private}", headers={"User-Agent": "somebody"})
        client.get("/static/css/base.css")
        client.get("/healthz")
    assert not [word for word in (private, "testclient", "somebody") if word in log.text]
    (line,) = [line for line in log.lines if line["logger"].startswith("kyodo")]
    assert line["method"] == "GET" and line["route"] == "/test-page/{identity}" and line["status"] == 200
    assert line["trace"] == answered.headers["X-Trace-Id"] == answered.json()
    assert line["ms"] >= 0 and len(line["client"]) == 8


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize(
    ("parent", "taken"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", True),
        (f"cc-{TRACE}-00f067aa0ba902b7-01-more", True),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", False),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", False),
        (f"00-{TRACE}-{'0' * 16}-01", False),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", False),
        (f"00-{TRACE}-00f067aa0ba902b7-01\n", False),
        (f"00-{TRACE}", False),
        ("", False),
    ],
)
def test_the_callers_trace_is_taken_if_it_is_one(client: TestClient, parent: str, taken: bool) -> None:
    answered = client.post("/api/ask", json={"question": "協働契約とは"}, headers={"traceparent": parent})
    assert (answered.headers["X-Trace-Id"] == TRACE) is taken
    assert answered.json()["trace"] == answered.headers["X-Trace-Id"]
