"""How many answers at once: more wait, then hear 503; slow and huge bodies hold nothing without bound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from assistant.settings import Settings
from server.guard import body
from server.guard.body import BodyLimit
from server.guard.room import Room
from server.observe.metrics import Metrics
from tests.server.hollow import hollow

Messages = list[dict[str, Any]]


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """For errors, which need templates."""
    with hollow(tmp_path) as client:
        found = client.app
        assert isinstance(found, FastAPI)
        return found


def _scope(app: FastAPI, path: str = "/api/ask", **headers: str) -> dict[str, Any]:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": path, "headers": told, "app": app, "query_string": b""}


async def _send(guard: Any, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]]) -> Messages:
    sent: Messages = []

    async def send(message: Any) -> None:
        sent.append(message)

    await guard(scope, receive, send)
    return sent


async def _nothing() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _ok(scope: Any, receive: Any, send: Any) -> None:
    size = 0
    while (message := await receive()).get("more_body"):
        size += len(message["body"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size + len(message["body"])).encode()})


def _limit(app: FastAPI, tmp: Path, room: Any, places: int, wait: float) -> Room:
    return Room(room, places, Metrics(Settings(home=tmp)), wait)


def test_who_finds_no_place_waits_and_then_hears_503(app: FastAPI, tmp_path: Path) -> None:
    running = most = 0

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.4)
        running -= 1
        await _ok(scope, receive, send)

    async def together(wait: float) -> list[int]:
        room = _limit(app, tmp_path, slow, 2, wait)
        done = await asyncio.gather(*(_send(room, _scope(app), _nothing) for _ in range(8)))
        assert all((b"retry-after", b"10") in sent[0]["headers"] for sent in done if sent[0]["status"] == 503)
        return sorted(sent[0]["status"] for sent in done)

    assert asyncio.run(together(wait=60)) == [200] * 8
    assert asyncio.run(together(wait=0.6)) == [200] * 4 + [503] * 4
    assert most == 2


def test_pages_need_no_place_and_a_failed_answer_gives_its_place_back(app: FastAPI, tmp_path: Path) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError

    async def run() -> None:
        room = _limit(app, tmp_path, broken, 1, 0.05)
        for _ in range(3):
            with pytest.raises(RuntimeError):
                await _send(room, _scope(app), _nothing)
        held = _limit(app, tmp_path, _ok, 1, 0.05)
        await held._places.acquire()
        for path in ("/api/learn/answers", "/api/ask/stream"):
            assert (await _send(held, _scope(app, path), _nothing))[0]["status"] == 200
        assert (await _send(held, _scope(app, "/api/drafts/export"), _nothing))[0]["status"] == 503

    asyncio.run(run())


def _chunks(size: int, count: int, pause: float = 0.0) -> Callable[[], Awaitable[Any]]:
    left = count

    async def receive() -> Any:
        nonlocal left
        await asyncio.sleep(pause)
        left -= 1
        return {"type": "http.request", "body": b"a" * size, "more_body": left > 0}

    return receive


def test_a_slow_body_ends(app: FastAPI) -> None:
    guard = BodyLimit(_ok, seconds=0.2)
    sent = asyncio.run(_send(guard, _scope(app), _chunks(1, 1000, 0.05)))
    assert sent[0]["status"] == 408 and guard.held == 0


def test_a_body_that_is_told_to_be_too_large_is_not_read(app: FastAPI) -> None:
    async def never() -> Any:
        raise AssertionError("the body was read")

    told = _scope(app, content_length=str(body.LARGEST + 1))
    assert asyncio.run(_send(BodyLimit(_ok), told, never))[0]["status"] == 413
    sent = asyncio.run(_send(BodyLimit(_ok), _scope(app, content_length="5"), _chunks(1024, 1000)))
    assert sent[0]["status"] == 413  # the length was wrong


def test_all_bodies_together_are_bounded_and_questions_still_come_in(app: FastAPI) -> None:
    async def run() -> list[int]:
        guard = BodyLimit(_ok, held=300_000)
        many = [_send(guard, _scope(app), _chunks(50_000, 4, 0.02)) for _ in range(4)]
        small = asyncio.create_task(_send(guard, _scope(app), _chunks(1000, 5, 0.02)))
        done = [*(await asyncio.gather(*many)), await small]
        assert guard.held == 0
        return [sent[0]["status"] for sent in done]

    *large, small = asyncio.run(run())
    assert small == 200 and {200, 503} == set(large)


def test_a_whole_body_arrives_as_it_was_sent(app: FastAPI) -> None:
    sent = asyncio.run(_send(BodyLimit(_ok), _scope(app), _chunks(1000, 7)))
    assert sent[1]["body"] == b"7000"


def test_documents_may_be_larger(app: FastAPI) -> None:
    guard = BodyLimit(_ok)
    form = {"content_type": "multipart/form-data; boundary=x"}
    for path in ("/reviews", "/api/reviews", "/api/reviews/export"):
        assert guard.limits(_scope(app, path, **form)) == (body.LARGEST_UPLOAD, body.SECONDS_UPLOAD)
        assert guard.limits(_scope(app, path))[0] == body.LARGEST_TEXT
    assert guard.limits(_scope(app, "/reviewsx", **form))[0] == body.LARGEST


def test_who_goes_away_while_sending_needs_no_answer(app: FastAPI) -> None:
    async def gone() -> Any:
        return {"type": "http.disconnect"}

    assert asyncio.run(_send(BodyLimit(_ok), _scope(app), gone)) == []
