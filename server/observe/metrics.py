"""Figures for Prometheus, in a registry of the application's own. Several workers share theirs through a folder
(prometheus_client's multiprocess mode, switched on by server/run.py); only the process figures are then those of the
worker that answered."""

from __future__ import annotations

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assistant.answers import Answer
from assistant.index import read_card
from assistant.settings import Settings

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_STEP_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0)


class _Index(Collector):
    """What is indexed now, read from its card when somebody asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        card = read_card(self._settings)
        chunks = GaugeMetricFamily("kyodo_index_chunks", "Chunks in the index", labels=["generation"])
        if card is not None:
            chunks.add_metric([card.generation], card.chunks)
        yield chunks


class Metrics:
    """Labels are closed sets: route templates, methods, statuses, reasons, steps; never what people sent."""

    def __init__(self, settings: Settings) -> None:
        own = CollectorRegistry()
        self.requests = Counter("kyodo_requests", "Requests answered", ["route", "method", "status"], registry=own)
        self.seconds = Histogram(
            "kyodo_request_seconds", "Seconds a request took", ["route"], registry=own, buckets=_SECONDS
        )
        self.answers = Counter("kyodo_answers", "Answers to questions", ["status", "reason"], registry=own)
        self.steps = Histogram(
            "kyodo_step_seconds", "Seconds a step of an answer took", ["step"], registry=own, buckets=_STEP_SECONDS
        )
        self.limited = Counter("kyodo_rate_limited", "Requests refused for their rate", ["limit"], registry=own)
        self.busy = Counter("kyodo_busy", "Requests refused because too many answers were running", registry=own)
        self.streams = Gauge("kyodo_open_streams", "Open event streams", registry=own, multiprocess_mode="livesum")
        self._shown = own
        if folder := os.environ.get(SHARED):
            self._shown = CollectorRegistry()
            MultiProcessCollector(self._shown, folder)  # type: ignore[no-untyped-call]
        self._shown.register(_Index(settings))
        ProcessCollector(registry=self._shown)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self.requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        self.answers.labels(answer.status.value, answer.reason.value).inc()
        for step, milliseconds in answer.timings_ms.items():
            self.steps.labels(step).observe(milliseconds / 1000)

    def text(self) -> bytes:
        return generate_latest(self._shown)
