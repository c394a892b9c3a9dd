"""/metrics: what is counted, by what labels, and who may read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from assistant.service import Service
from server.app import create_app
from tests.server.hollow import QUESTION, hollow


def _figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, name
    return float(found[1])


def test_what_is_counted(service: Service) -> None:
    always = Service(service.settings.model_copy(update={"metrics": "on"}), service.embedder)
    with TestClient(create_app(always)) as client:
        client.post("/api/ask", json={"question": "協働契約には何を定めなければなりませんか"})
        client.post("/api/ask", json={"question": ""})
        client.get("/sources/a-secret/an-id")
        client.request("BREW", "/nothing")
        text = client.get("/metrics").text
    assert _figure(text, 'kyodo_requests_total{method="POST",route="/api/ask",status="200"}') == 2
    assert _figure(text, 'kyodo_requests_total{method="other",route="-",status="404"}') == 1
    assert _figure(text, 'kyodo_request_seconds_count{route="/api/ask"}') == 2
    assert _figure(text, 'kyodo_answers_total{reason="found",status="answered"}') == 1
    assert _figure(text, 'kyodo_step_seconds_count{step="retrieve"}') == 1
    card = service.searcher.index.card
    assert _figure(text, f'kyodo_index_chunks{{generation="{card.generation}"}}') == card.chunks
    assert _figure(text, "process_resident_memory_bytes") > 1e6
    assert "a-secret" not in text


def test_streams_are_counted_while_they_are_open(tmp_path: Path) -> None:
    with hollow(tmp_path, metrics="on") as client:
        app = client.app
        assert isinstance(app, FastAPI)
        seen: list[float] = []

        @app.get("/test-stream")
        def stream() -> StreamingResponse:
            def parts() -> object:
                seen.append(_figure(app.state.metrics.text().decode(), "kyodo_open_streams"))
                yield "data: a\n\n"

            return StreamingResponse(parts(), media_type="text/event-stream")  # type: ignore[arg-type]

        client.get("/test-stream")
        assert seen == [1] and _figure(client.get("/metrics").text, "kyodo_open_streams") == 0


def test_refusals_are_counted(tmp_path: Path) -> None:
    with hollow(tmp_path, rate_client="1/minute", metrics="on") as client:
        for _ in range(3):
            client.post("/api/ask", json=QUESTION)
        text = client.get("/metrics").text
    assert _figure(text, 'kyodo_rate_limited_total{limit="client"}') == 2 and _figure(text, "kyodo_busy_total") == 0


def test_two_applications_count_apart(tmp_path: Path) -> None:
    with hollow(tmp_path / "a", metrics="on") as one, hollow(tmp_path / "b", metrics="on") as other:
        one.post("/api/ask", json=QUESTION)
        assert "kyodo_answers_total{" in one.get("/metrics").text
        assert "kyodo_answers_total{" not in other.get("/metrics").text


LOCAL = {"Host": "localhost:8000"}


@pytest.mark.parametrize(
    ("setting", "address", "headers", "status"),
    [
        ("loopback", "127.0.0.1", LOCAL, 200),
        ("loopback", "::1", {"Host": "[::1]:8000"}, 200),
        ("loopback", "192.0.2.1", LOCAL, 404),
        ("loopback", "127.0.0.1", {"Host": "navi.example.jp"}, 404),
        ("loopback", "127.0.0.1", {**LOCAL, "X-Forwarded-For": "192.0.2.1"}, 404),
        ("loopback", "127.0.0.1", {**LOCAL, "Forwarded": "for=192.0.2.1"}, 404),
        ("off", "127.0.0.1", LOCAL, 404),
        ("on", "192.0.2.1", LOCAL, 200),
    ],
)
def test_who_may_read(tmp_path: Path, setting: str, address: str, headers: dict[str, str], status: int) -> None:
    with hollow(tmp_path, (address, 1), metrics=setting, hosts="localhost,navi.example.jp,[::1]") as client:
        assert client.get("/metrics", headers=headers).status_code == status
