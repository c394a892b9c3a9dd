"""A model over HTTP: what comes back, what goes wrong, how long it takes. The server is real and on 127.0.0.1."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.models import LONGEST, LangChainModel, ModelFailed, open_model
from assistant.outcomes import ModelOutcome
from assistant.settings import Settings
from ingest.doctor import examine
from prompts import catalogue
from tests.openai_server import (
    Behaviour,
    OpenAIServer,
    breaks_off,
    hangs,
    never_ends,
    refuses,
    says_raw,
    serving,
    speaks,
)

Connect = Callable[..., LangChainModel]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving() as running:
        yield running


@pytest.fixture
def connect(server: OpenAIServer) -> Connect:
    def make(**more: Any) -> LangChainModel:
        given = {"model": "openai:m", "model_url": server.url, "model_seconds": 5.0, **more}
        return LangChainModel(Settings(**given))

    return make


@pytest.mark.parametrize("whole", [False, True], ids=["streamed", "whole"])
def test_a_reply_with_its_tokens_and_cost(server: OpenAIServer, connect: Connect, whole: bool) -> None:
    server.script = [speaks("協働は対等の立場で進めます。")]
    model = connect(model_options={"disable_streaming": whole}, model_price_in=2.0, model_price_out=10.0)
    reply = model.complete("係", "質問")
    assert reply.text == "協働は対等の立場で進めます。"
    assert (reply.tokens_in, reply.tokens_out, reply.cost) == (1_000, 50, 0.0025)
    assert bool(server.seen[0].get("stream")) is not whole
    assert [m["content"] for m in server.seen[0]["messages"]] == ["係", "質問"]


def test_options_go_to_the_model(server: OpenAIServer, connect: Connect) -> None:
    server.script = [speaks("はい")]
    assert connect(model_options={"temperature": 0.0}).complete("s", "u").cost is None
    assert server.seen[0]["temperature"] == 0.0 and server.seen[0]["model"] == "m"


def test_options_are_read_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYODO_MODEL_OPTIONS", '{"temperature": 0}')
    assert Settings().model_options == {"temperature": 0}


def test_the_key_of_another_service_is_not_sent(
    server: OpenAIServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    server.script = [speaks("はい"), speaks("はい")]
    connect().complete("s", "u")
    connect(model_key=SecretStr("ours")).complete("s", "u")
    assert [r["key"] for r in server.seen] == ["Bearer none", "Bearer ours"]


def test_the_key_hides_itself() -> None:
    settings = Settings(model="openai:m", model_key=SecretStr("very-secret"))
    assert "very-secret" not in repr(settings) + str(settings.model_dump())


@pytest.mark.parametrize(
    "trouble",
    [refuses(429), refuses(500), refuses(503), refuses(408), breaks_off("長い文です。", cleanly=False)],
    ids=["busy", "error", "unavailable", "timed-out", "cut off"],
)
def test_a_passing_trouble_is_tried_again(server: OpenAIServer, connect: Connect, trouble: Behaviour) -> None:
    server.script = [trouble, speaks("はい")]
    assert connect().complete("s", "u").text == "はい"


def test_retry_after_is_waited_for(server: OpenAIServer, connect: Connect) -> None:
    server.script = [refuses(429, Retry_After="1"), speaks("はい")]
    began = time.monotonic()
    assert connect().complete("s", "u").text == "はい"
    assert 1.0 <= time.monotonic() - began < 10.0


def test_a_wait_beyond_the_limit_is_not_begun(server: OpenAIServer, connect: Connect) -> None:
    server.script = [refuses(429, Retry_After="30"), speaks("はい")]
    model = connect()
    began = time.monotonic()
    with pytest.raises(ModelFailed) as failed:
        model.complete("s", "u")
    assert failed.value.outcome is ModelOutcome.BUSY
    assert len(server.seen) == 1 and time.monotonic() - began < 15.0


@pytest.mark.parametrize(
    ("trouble", "outcome", "attempts"),
    [
        (refuses(500), ModelOutcome.DOWN, 2),
        (refuses(429), ModelOutcome.BUSY, 2),
        (refuses(401), ModelOutcome.REFUSED, 1),
        (refuses(404), ModelOutcome.REFUSED, 1),
        (refuses(400), ModelOutcome.REFUSED, 1),
        (breaks_off("長い文です。", cleanly=False), ModelOutcome.DOWN, 2),
    ],
)
def test_a_lasting_trouble_has_its_name(
    server: OpenAIServer, connect: Connect, trouble: Behaviour, outcome: ModelOutcome, attempts: int
) -> None:
    server.script = [trouble] * 3
    with pytest.raises(ModelFailed) as failed:
        connect(model_retries=1).complete("s", "u")
    assert failed.value.outcome is outcome
    assert len(server.seen) == attempts


@pytest.mark.parametrize("body", ['{"choices": [', "<html>", "", "null", '{"choices": []}', '{"choices": null}'])
@pytest.mark.parametrize("whole", [False, True], ids=["streamed", "whole"])
def test_a_body_that_is_no_reply(server: OpenAIServer, connect: Connect, body: str, whole: bool) -> None:
    """A failure of the model or an empty reply, never another exception and never a made-up text."""
    server.script = [says_raw(body)]
    try:
        reply = connect(model_retries=0, model_options={"disable_streaming": whole}).complete("s", "u").text
    except ModelFailed as failed:
        assert failed.outcome in (ModelOutcome.NONSENSE, ModelOutcome.DOWN)
    else:
        assert reply == ""


def test_a_silent_server_is_left_in_time(server: OpenAIServer, connect: Connect) -> None:
    gone = threading.Event()
    server.script = [speaks("はい"), hangs(gone)]
    model = connect(model_seconds=3.0)
    model.complete("s", "u")
    began = time.monotonic()
    with pytest.raises(ModelFailed) as failed:
        model.complete("s", "u")
    assert failed.value.outcome is ModelOutcome.SLOW
    assert 2.5 < time.monotonic() - began < 30  # the server is silent for 60 s
    assert gone.wait(60), "the request was not cancelled"


def test_an_endless_reply_is_not_read_on(server: OpenAIServer, connect: Connect) -> None:
    gone = threading.Event()
    server.script = [never_ends(gone)]
    with pytest.raises(ModelFailed) as failed:
        connect(model_seconds=20.0).complete("s", "u")
    assert failed.value.outcome is ModelOutcome.NONSENSE
    assert gone.wait(60), "the connection stayed open"
    assert LONGEST == 40_000


def test_a_server_that_is_not_there() -> None:
    with serving() as server:
        url = server.url
    with pytest.raises(ModelFailed) as failed:
        LangChainModel(Settings(model="openai:m", model_url=url, model_retries=1)).complete("s", "u")
    assert failed.value.outcome is ModelOutcome.DOWN


@pytest.mark.parametrize("name", ["cohere:m", "no-such-provider:m", "nonsense", "openai:"])
def test_a_setting_that_names_no_model(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelFailed) as failed:
        LangChainModel(Settings(model=name)).complete("s", "u")
    assert failed.value.outcome is ModelOutcome.MISSING


def test_threads_share_a_model(server: OpenAIServer, connect: Connect) -> None:
    server.script = [speaks("はい")] * 12
    model = connect()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: model.complete("s", "u").text, range(12))) == {"はい"}


def test_a_model_answers_inside_a_running_loop(server: OpenAIServer, connect: Connect) -> None:
    import asyncio

    server.script = [speaks("はい")]

    async def inside() -> str:
        return connect().complete("s", "u").text

    assert asyncio.run(inside()) == "はい"


def test_without_a_model_nothing_is_loaded() -> None:
    assert open_model(Settings()) is None
    code = """
import sys
from assistant.embeddings import E5
from assistant.service import Service
from assistant.settings import Settings
Service(Settings(), E5())
Service(Settings(model='openai:m'), E5())
print([name for name in ('langchain', 'langchain_core', 'openai') if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_outcome_has_its_sentence() -> None:
    assert {outcome.value for outcome in ModelOutcome} <= set(catalogue()["model"])
    failing = {"ok", "slow", "busy", "down", "refused", "missing", "nonsense"}
    assert {f"model_{outcome}" for outcome in failing} <= set(catalogue()["doctor"]) & set(catalogue()["doctor_advice"])


def test_the_doctor_says_whether_the_model_is_there(server: OpenAIServer, settings: Settings) -> None:
    def finding(**more: Any) -> tuple[bool, str, str]:
        found = next(f for f in examine(settings.model_copy(update=more)) if f.name == "言語モデル")
        return found.ok, found.state, found.advice

    assert finding() == (True, catalogue()["doctor"]["model_none"], "")
    server.script = [speaks("はい"), refuses(401), refuses(500), speaks("")]
    ok, state, advice = finding(model="openai:m", model_url=server.url)
    assert ok and state.startswith("openai:m") and not advice
    for _ in range(3):
        ok, state, advice = finding(model="openai:m", model_url=server.url)
        assert not ok and advice and server.url not in state
    assert not finding(model="no-such-provider:m")[0]
