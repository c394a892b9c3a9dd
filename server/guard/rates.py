"""How often: questions, drafts and reviews of one client and of all, and five times as often everything else.

Moving windows of the library `limits`, counted in memory (each process its own) or in a store that several share.
"""

from __future__ import annotations

import math
import time

import anyio
import anyio.to_thread
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import WrongUse
from assistant.settings import Settings
from server.errors import failure
from server.guard.clients import network_of
from server.observe.logs import logger
from server.observe.metrics import Metrics

_LOG = logger("rates")
_FREE = ("/static/", "/healthz", "/readyz", "/metrics")
_WORK = (
    *("/ask", "/api/ask", "/api/search"),
    *("/drafts", "/d", "/api/drafts"),
    *("/reviews", "/r", "/api/reviews"),
)
_LOOSER = 5
_SWEEP = 10.0  # seconds between two looks for clients that are gone
_AT_ONCE = 8  # threads that may wait for a shared store


def is_work(scope: Scope) -> bool:
    """Does this request make an answer, a draft or a review?"""
    path: str = scope["path"]
    return scope["method"] == "POST" and (path == "/" or any(path == p or path.startswith(f"{p}/") for p in _WORK))


class Rates:
    """The limits of the settings. Raises WrongUse for a limit or a store that cannot be read."""

    def __init__(self, settings: Settings) -> None:
        self.client = _limits("KYODO_RATE_CLIENT", settings.rate_client)
        self.total = _limits("KYODO_RATE_TOTAL", settings.rate_total)
        url = settings.rate_store.get_secret_value() or "memory://"
        try:
            self._storage = storage_from_string(url)
            self._limiter = MovingWindowRateLimiter(self._storage)
        except (ConfigurationError, NotImplementedError, ValueError) as error:
            raise WrongUse(
                "設定 KYODO_RATE_STORE の置き場所を使えません。例：redis://127.0.0.1:6379（ライブラリー redis が要ります）",
                "setting KYODO_RATE_STORE cannot be used; an example: redis://127.0.0.1:6379 (needs the library redis)",
            ) from error
        self._threads = anyio.CapacityLimiter(_AT_ONCE)
        self._swept = time.monotonic()

    async def hit(self, client: str, *, work: bool) -> tuple[str, int] | None:
        """Count a request. None if it may go on, else which limit it met and after how many seconds to try again."""
        if isinstance(self._storage, MemoryStorage):
            self._sweep(self._storage)
            return self._hit(client, work)
        try:
            return await anyio.to_thread.run_sync(self._hit, client, work, limiter=self._threads)
        except Exception:  # a store that is away must not close the service; each library has errors of its own
            _LOG.exception("rate store failed; the request was let through")
            return None

    def _hit(self, client: str, work: bool) -> tuple[str, int] | None:
        """The total is looked at before the client is counted, so that refused strangers leave nothing behind."""
        kind = "work" if work else "other"
        clients = [(self._scaled(item, work), kind, client) for item in self.client]
        total = [(self._scaled(item, work), kind, "all") for item in self.total]
        for limit in total:
            if not self._limiter.test(*limit):
                return "total", self._seconds(*limit)
        for limit in clients:
            if not self._limiter.hit(*limit):
                return "client", self._seconds(*limit)
        for limit in total:
            self._limiter.hit(*limit)
        return None

    def _scaled(self, item: RateLimitItem, work: bool) -> RateLimitItem:
        return item if work else type(item)(item.amount * _LOOSER, item.multiples)

    def _seconds(self, item: RateLimitItem, kind: str, who: str) -> int:
        """Until the oldest request leaves the window."""
        return max(1, math.ceil(self._limiter.get_window_stats(item, kind, who).reset_time - time.time()))

    def _sweep(self, storage: MemoryStorage) -> None:
        """The library empties the lists of clients that are gone and keeps their keys for ever; this drops them."""
        if time.monotonic() - self._swept > _SWEEP:
            self._swept = time.monotonic()
            for key in [key for key, events in list(storage.events.items()) if not events]:
                del storage.events[key]


def _limits(setting: str, told: str) -> list[RateLimitItem]:
    if told.strip() in ("", "0"):
        return []
    try:
        return parse_many(told)
    except ValueError as error:
        raise WrongUse(
            f"設定 {setting} の「{told}」を読めません。例：120/minute、10/second;1000/hour、制限しないときは 0",
            f"setting {setting}: {told!r} is no rate; examples: 120/minute, 10/second;1000/hour, 0 for none",
        ) from error


class RateLimit:
    """ASGI middleware that answers 429 with `Retry-After`."""

    def __init__(self, app: ASGIApp, rates: Rates, metrics: Metrics) -> None:
        self.app = app
        self.rates = rates
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(_FREE):
            refused = await self.rates.hit(network_of(scope), work=is_work(scope))
            if refused is not None:
                limit, seconds = refused
                self.metrics.limited.labels(limit).inc()
                headers = {"Retry-After": str(seconds)}
                response = failure(Request(scope), 429, "rate_limited", headers=headers, seconds=seconds)
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)
