"""Rate limits: per client and in total, the right Retry-After, IPv6 networks, proxies, a store that is away."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from limits.storage import MemoryStorage

from assistant.errors import WrongUse
from assistant.settings import Settings
from server.guard import rates
from server.guard.clients import network_of
from server.guard.rates import Rates
from tests.server.hollow import PAGE, QUESTION, hollow


def _ask(client: TestClient, times: int) -> list[int]:
    return [client.post("/api/ask", json=QUESTION).status_code for _ in range(times)]


def test_a_client_that_asks_too_often_hears_when_to_ask_again(tmp_path: Path) -> None:
    with hollow(tmp_path, rate_client="3/5 second") as client:
        assert _ask(client, 4) == [200, 200, 200, 429]
        refused = client.post("/api/ask", json=QUESTION)
        assert refused.json()["error"]["code"] == "rate_limited"
        assert refused.headers["Retry-After"] in ("1", "2", "3", "4", "5")
        page = client.post("/ask", data={"question": "協働"}, headers=PAGE)
        assert page.status_code == 429 and "<title>エラー：少しお待ちください" in page.text
        assert f"{page.headers['Retry-After']}秒ほど待って" in page.text
        time.sleep(int(refused.headers["Retry-After"]) + 0.1)
        assert _ask(client, 1) == [200]


def test_other_pages_are_limited_five_times_as_loosely_and_files_not_at_all(tmp_path: Path) -> None:
    with hollow(tmp_path, rate_client="2/minute") as client:
        assert [client.get("/nothing").status_code for _ in range(11)] == [404] * 10 + [429]
        assert _ask(client, 1) == [200]  # counted apart
        for path in ("/static/css/base.css", "/healthz", "/readyz", "/metrics"):
            assert all(client.get(path).status_code != 429 for _ in range(15))


def test_the_total_counts_all_clients_and_a_refused_client_does_not_use_it_up() -> None:
    limits = Rates(Settings(rate_client="2/minute", rate_total="5/minute"))
    told = [limits._hit(client, True) for client in ("a", "a", "a", "a", "b", "b", "c", "d")]
    assert [t and t[0] for t in told] == [None, None, "client", "client", None, None, None, "total"]
    assert told[-1] and 55 <= told[-1][1] <= 60


def test_several_limits_at_once() -> None:
    limits = Rates(Settings(rate_client="2/second;3/minute", rate_total=""))
    assert [limits._hit("a", True) is None for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("off", ["", "0", " "])
def test_limits_can_be_switched_off(off: str) -> None:
    limits = Rates(Settings(rate_client=off, rate_total=off))
    assert all(limits._hit("a", True) is None for _ in range(2000))


def test_memory_goes_back_when_the_window_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_SWEEP", 0.05)
    limits = Rates(Settings(rate_client="100/second", rate_total=""))

    async def many(count: int) -> None:
        for number in range(count):
            await limits.hit(f"client {number}", work=True)

    asyncio.run(many(500))
    storage = limits._storage
    assert isinstance(storage, MemoryStorage) and len(storage.events) >= 400
    time.sleep(1.1)
    for _ in range(3):
        asyncio.run(many(1))
        time.sleep(0.1)
    assert len(storage.events) == 1


def test_strangers_beyond_the_total_leave_nothing_behind() -> None:
    limits = Rates(Settings(rate_client="2/minute", rate_total="5/minute"))
    for number in range(50):
        limits._hit(f"client {number}", True)
    storage = limits._storage
    assert isinstance(storage, MemoryStorage) and len(storage.events) == 6


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("rate_client", "often"),
        ("rate_total", "10/fortnight"),
        ("rate_store", "nowhere://"),
        ("rate_store", "redis://user:password@127.0.0.1"),  # the library is not among ours
    ],
)
def test_a_bad_limit_is_told_at_the_start(setting: str, value: str) -> None:
    with pytest.raises(WrongUse) as told:
        Rates(Settings.model_validate({setting: value}))
    assert f"KYODO_{setting.upper()}" in told.value.ja and f"KYODO_{setting.upper()}" in told.value.en
    assert "password" not in str(told.value)


def test_a_store_that_is_away_lets_requests_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away(MemoryStorage):
        def acquire_entry(self, *_: object, **__: object) -> bool:
            raise ConnectionError("away")

    monkeypatch.setattr(rates, "storage_from_string", Away)
    monkeypatch.setattr(rates, "MemoryStorage", tuple)  # so that it counts as a shared one
    with hollow(tmp_path, rate_client="1/minute") as client:
        assert _ask(client, 3) == [200, 200, 200]


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_who_a_client_is(host: str, network: str) -> None:
    assert network_of({"type": "http", "client": (host, 1)}) == network


def test_without_an_address_it_is_local() -> None:
    assert network_of({"type": "http", "client": None}) == "local"
