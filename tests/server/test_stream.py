"""Streams: many may wait, few threads work; a silent one gives a sign of life; nobody works for a reader who has gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import cast

import pytest
from anyio import CapacityLimiter

from assistant.chat.pipeline import Watch
from server import stream
from server.stream import Event, Work


def opened(work: Work, limiter: CapacityLimiter) -> AsyncGenerator[str]:
    return cast(AsyncGenerator[str], stream._events(work, str, limiter))


def test_two_hundred_streams_wait_on_four_threads() -> None:
    go = threading.Event()
    most, other = 0, sum(t.name.startswith("AnyIO") for t in threading.enumerate())  # of a server of other tests

    def work(watch: Watch) -> Event:
        nonlocal most
        watch("step")
        go.wait(10)
        most = max(most, sum(t.name.startswith("AnyIO") for t in threading.enumerate()))
        return "answer", "{}"

    async def all_of_them() -> list[list[str]]:
        limiter = CapacityLimiter(4)
        readers = [asyncio.create_task(_all(opened(work, limiter))) for _ in range(200)]
        await asyncio.sleep(0.2)
        go.set()
        return await asyncio.gather(*readers)

    read = asyncio.run(all_of_them())
    assert all(chunks[-1] == "event: answer\ndata: {}\n\n" and len(chunks) == 2 for chunks in read)
    assert most <= 4 + other


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


async def _all(events: AsyncGenerator[str]) -> list[str]:
    return [chunk async for chunk in events]


def test_a_silent_stream_gives_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.02)
    go = threading.Event()

    def work(watch: Watch) -> Event:
        go.wait(10)
        return "answer", "{}"

    async def first() -> str:
        events = opened(work, CapacityLimiter(1))
        chunk = await anext(events)
        go.set()
        await events.aclose()
        return chunk

    assert asyncio.run(first()) == ": \n\n"


def test_the_work_ends_when_its_reader_has_gone() -> None:
    ended = threading.Event()
    steps = 0

    def work(watch: Watch) -> Event:
        nonlocal steps
        try:
            for _ in range(1000):
                watch("step")
                steps += 1
                threading.Event().wait(0.01)
        finally:
            ended.set()
        return "answer", "{}"

    async def leave() -> None:
        events = opened(work, CapacityLimiter(1))
        await anext(events)
        await events.aclose()

    asyncio.run(leave())
    assert ended.wait(60) and steps < 1000


def test_work_that_nobody_waits_for_keeps_its_place_until_it_ends() -> None:
    go = threading.Event()
    order: list[str] = []

    def slow(watch: Watch) -> Event:
        watch("step")
        go.wait(10)
        order.append("slow ended")
        return "answer", "{}"

    def next_(watch: Watch) -> Event:
        order.append("next began")
        return "answer", "{}"

    async def leave_and_ask_again() -> None:
        limiter = CapacityLimiter(1)
        left = opened(slow, limiter)
        await anext(left)
        await left.aclose()
        asked = asyncio.create_task(_all(opened(next_, limiter)))
        await asyncio.sleep(0.1)
        go.set()
        await asked

    asyncio.run(leave_and_ask_again())
    assert order == ["slow ended", "next began"]


def test_what_waits_for_a_place_is_forgotten_with_its_reader() -> None:
    go, begun = threading.Event(), threading.Event()

    def holding(watch: Watch) -> Event:
        watch("step")
        go.wait(10)
        return "answer", "{}"

    def waiting(watch: Watch) -> Event:
        begun.set()
        return "answer", "{}"

    async def come_and_go() -> None:
        limiter = CapacityLimiter(1)
        first = asyncio.create_task(_all(opened(holding, limiter)))
        await _until(lambda: limiter.borrowed_tokens == 1)
        second = asyncio.create_task(_all(opened(waiting, limiter)))
        await _until(lambda: limiter.statistics().tasks_waiting == 1)
        second.cancel()
        with suppress(asyncio.CancelledError):
            await second
        await _until(lambda: limiter.statistics().tasks_waiting == 0)
        go.set()
        await first

    asyncio.run(come_and_go())
    assert not begun.is_set()
