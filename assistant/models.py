"""A language model, if the settings name one: any chat model of LangChain behind one small protocol.

Nothing of LangChain is imported before the first question goes out. Time limit and retries are kept here and not by the
providers' clients, so that they are the same for all of them: a wait that `Retry-After` asks for counts against the
limit, and one that would go beyond it is not begun. A request that runs out of time is cancelled, its connection closed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from assistant.outcomes import ModelOutcome
from assistant.settings import Settings

LONGEST = 40_000  # characters of one reply; more is not read
_PAUSE = 0.5  # seconds before the first further attempt, doubled for each one after it
_WORTH_REPEATING = frozenset({408, 409, 425, 429})
_NO_KEY = (
    "none"  # local servers ask for none; without a value the client would take another service's from its environment
)


@dataclass(frozen=True)
class Reply:
    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None


class ModelFailed(Exception):
    """The model gave no reply that can be used; `outcome` says why."""

    def __init__(self, outcome: ModelOutcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


class ChatModel(Protocol):
    """What the steps need of a model. `complete` raises ModelFailed and nothing else."""

    @property
    def name(self) -> str: ...
    def complete(self, system: str, user: str) -> Reply: ...


def open_model(settings: Settings) -> ChatModel | None:
    """The model that the settings name, not yet loaded; None if they name none."""
    return LangChainModel(settings) if settings.model else None


class LangChainModel:
    """One of LangChain's chat models. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.model
        self._settings = settings
        self._lock = threading.Lock()
        self._chat: Any = None

    def complete(self, system: str, user: str) -> Reply:
        chat = self._loaded()
        try:
            return _on_loop(lambda: self._in_time(chat, [("system", system), ("user", user)]))
        except ModelFailed:
            raise
        except Exception as error:  # whatever a provider's client raises, the answer without a model is there
            raise ModelFailed(_outcome(error)) from error

    def _loaded(self) -> Any:
        with self._lock:
            if self._chat is None:
                try:
                    from langchain.chat_models import init_chat_model

                    self._chat = init_chat_model(self.name, **self._options())
                except Exception as error:  # each provider has its own for a missing package, key or region
                    raise ModelFailed(ModelOutcome.MISSING) from error
            return self._chat

    def _options(self) -> dict[str, Any]:
        settings, key = self._settings, self._settings.model_key.get_secret_value()
        options: dict[str, Any] = {"timeout": settings.model_seconds, "max_retries": 0}
        if settings.model_url:
            options["base_url"] = settings.model_url
            if not self.name.startswith("bedrock"):  # which signs with the credentials of the AWS profile
                options["api_key"] = _NO_KEY
            if self.name.startswith("openai:"):
                options["stream_usage"] = True  # left out by default when a server is not the provider's own
        if key:
            options["api_key"] = key
        return options | settings.model_options

    async def _in_time(self, chat: Any, messages: list[tuple[str, str]]) -> Reply:
        async with asyncio.timeout(self._settings.model_seconds) as limit:
            attempt = 0
            while True:
                try:
                    return await self._read(chat, messages)
                except Exception as error:
                    pause = _retry_after(error) or _PAUSE * 2**attempt
                    late = asyncio.get_running_loop().time() + pause >= (limit.when() or 0)
                    if attempt >= self._settings.model_retries or late or not _may_pass(error):
                        raise
                    await asyncio.sleep(pause)
                    attempt += 1

    async def _read(self, chat: Any, messages: list[tuple[str, str]]) -> Reply:
        text, read, written = "", 0, 0
        async with aclosing(chat.astream(messages)) as chunks:
            async for chunk in chunks:
                text += str(chunk.text)
                usage = chunk.usage_metadata or {}
                read += usage.get("input_tokens", 0)
                written += usage.get("output_tokens", 0)
                if len(text) > LONGEST:
                    raise ModelFailed(ModelOutcome.NONSENSE)
        return Reply(text, read, written, self._cost(read, written))

    def _cost(self, read: int, written: int) -> float | None:
        price_in, price_out = self._settings.model_price_in, self._settings.model_price_out
        if not price_in and not price_out:
            return None
        return round((read * price_in + written * price_out) / 1_000_000, 6)


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """One event loop for all models: the clients keep their connections, and these belong to the loop they were made in."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop


def _on_loop(work: Callable[[], Awaitable[Reply]]) -> Reply:
    """Wait for `work` in this thread while it runs on the loop; what ends the wait cancels the work."""

    async def run() -> Reply:
        return await work()

    waiting: Future[Reply] = asyncio.run_coroutine_threadsafe(run(), _loop())
    try:
        return waiting.result()
    finally:
        waiting.cancel()


def _status(error: BaseException) -> int | None:
    """The HTTP status in an exception of any provider's client: an attribute of its own, or in botocore's dictionary."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        response = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    candidates = (getattr(error, "status_code", None), getattr(error, "code", None), response)
    return next((c for c in candidates if isinstance(c, int)), None)


def _retry_after(error: BaseException) -> float | None:
    """Seconds that the server asks to wait; a date instead of seconds is left to the pause of our own."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after", ""))
    return float(value) if value.replace(".", "", 1).isdigit() else None


def _may_pass(error: BaseException) -> bool:
    """May another attempt go better? Not where the request itself was refused or the reply was read to its end."""
    status = _status(error)
    if status is None:
        return not isinstance(error, ModelFailed)
    return status >= 500 or status in _WORTH_REPEATING


def _outcome(error: BaseException) -> ModelOutcome:
    status = _status(error)
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return ModelOutcome.SLOW
    if status is None:
        return ModelOutcome.NONSENSE if isinstance(error, ValueError) else ModelOutcome.DOWN
    if status in (429, 503):
        return ModelOutcome.BUSY
    return ModelOutcome.DOWN if status >= 500 else ModelOutcome.REFUSED
