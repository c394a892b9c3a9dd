"""Server-sent events around work that takes a while: its steps as they begin, at the end its result or its error.

The work runs in a thread of a bounded pool; a stream that waits for one, or for a step, holds none.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from fastapi.responses import StreamingResponse

from assistant.chat.pipeline import Watch
from assistant.errors import KyodoError
from server.errors import STATUS, error_response
from server.words import word

HEARTBEAT = 15.0  # seconds; proxies close a connection that is silent for longer than about a minute
_LOG = logging.getLogger(__name__)
_UNDER_WAY: set[asyncio.Task[Any]] = set()  # the loop itself would forget a task that nobody waits for
Event = tuple[str, str]  # its name, its data on one line
Work = Callable[[Watch], Event]


class Stopped(Exception):
    """Nobody waits for the answer any more."""


def event(name: str, data: dict[str, Any]) -> Event:
    return name, json.dumps(data, ensure_ascii=False)


def streamed(request: Request, work: Work, label: Callable[[str], str]) -> StreamingResponse:
    """`work` with its steps as events `step` {name, label}; errors as the event `error` in the shape of JSON errors."""
    return StreamingResponse(
        _events(work, label, request.app.state.answering),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(work: Work, label: Callable[[str], str], limiter: CapacityLimiter) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[Event | None] = asyncio.Queue()
    begun, stopped = threading.Event(), threading.Event()

    def watch(step: str) -> None:
        if stopped.is_set():
            raise Stopped
        loop.call_soon_threadsafe(waiting.put_nowait, event("step", {"name": step, "label": label(step)}))

    def run() -> Event:
        begun.set()
        return _finished(work, watch)

    task = asyncio.create_task(to_thread.run_sync(run, limiter=limiter))
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
    task.add_done_callback(lambda _: waiting.put_nowait(None))
    try:
        while True:
            try:
                found = await asyncio.wait_for(waiting.get(), HEARTBEAT)
            except TimeoutError:
                yield ": \n\n"
                continue
            if found is None:
                break
            yield _written(found)
        yield _written(task.result())
    finally:
        stopped.set()
        if not begun.is_set():  # a thread that works keeps its place until it has noticed, however slow a model is
            task.cancel()


def _finished(work: Work, watch: Watch) -> Event:
    """What the work ends with; in a stream that has begun there is no other status than an event."""
    try:
        return work(watch)
    except Stopped:
        return "stopped", "{}"
    except KyodoError as error:
        return _error(STATUS[type(error)], error.code, error.ja, error.en)
    except Exception as error:
        _LOG.error("an answer failed", exc_info=error)
        return _error(500, "failed", *(word("errors.failed_what", language) for language in ("ja", "en")))


def _error(status: int, code: str, ja: str, en: str) -> Event:
    return "error", bytes(error_response(status, code, ja, en).body).decode()


def _written(found: Event) -> str:
    name, data = found
    return f"event: {name}\ndata: {data}\n\n"
