"""Reading and embedding on Ray (extra `ray`): the same functions as elsewhere, a source or a batch of texts a task.

What joins sources to one another (records, chunks, questions) is quick and needs them all: this process does it.

`RAY_ADDRESS` names a cluster whose nodes have this version of the project installed; without it Ray starts on this
machine and listens on loopback only. Tasks get what they need with the call, so that nodes share no folder. A task whose
worker is lost is given to another. This process alone writes: it keeps the vectors and publishes the index.
"""

from __future__ import annotations

import importlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.embeddings import E5, Embedder, EmbedderCard, States, TokenReader, Vectors
from assistant.errors import WrongUse
from assistant.records import Source
from assistant.settings import Settings
from ingest.document import Document
from ingest.embed import embed_chunks
from ingest.home import Home
from ingest.mark import mark_pieces
from ingest.pipeline import run_steps
from ingest.publish import publish_index
from ingest.run import Run
from ingest.steps import (
    add_questions,
    build_chunks,
    build_records,
    clean_text,
    cut_pieces,
    list_sources,
    read_pages,
    split_sections,
)
from ingest.structure.report import Parsed

_OF_ONE_SOURCE = (read_pages, clean_text, split_sections)
_OF_ALL = (build_records, build_chunks, cut_pieces, add_questions)
_TEXTS = 16  # of one task
_RETRIES = 3  # workers that one task may lose
Make = Callable[[Any], Embedder]  # the choice of engine → an embedder; it is made once in each worker


def run_on_ray(run: Run, make: Make = E5) -> Run:
    """All steps; `make` makes the workers' embedder, whose card must be that of `run.embedder`.

    Raises what run_steps raises, and WrongUse (Ray is not installed, or the cluster does not answer).
    """
    run = run_steps(run, (list_sources,))
    if run.unchanged:
        return run
    with _cluster() as cluster:

        def read_on_ray(run: Run) -> Run:
            return _read_all(run, cluster)

        embedder = RayEmbedder(cluster, run.embedder.card, make, run.settings.engine)
        waves = replace(run, embedder=embedder, batch=_TEXTS * cluster.at_once)
        run = run_steps(waves, (read_on_ray, *_OF_ALL, embed_chunks, mark_pieces))
    return run_steps(run, (publish_index,))


@dataclass(frozen=True)
class Cluster:
    """A connection to Ray; `at_once` tasks are under way or wait for a worker."""

    ray: Any
    at_once: int

    def map(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Results in the order of `calls`, of which no more than `at_once` are in memory. Raises what the task raised."""
        task = self.ray.remote(max_retries=_RETRIES)(function)
        waiting: deque[Any] = deque()
        for call in calls:
            waiting.append(task.remote(*call))
            if len(waiting) == self.at_once:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def _result(self, future: Any) -> Any:
        try:
            return self.ray.get(future)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from error


@contextmanager
def _cluster() -> Iterator[Cluster]:
    address = os.environ.get("RAY_ADDRESS", "")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not address:  # what Ray calls thus keeps a single machine's Ray on loopback, on every system
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError as error:
        raise WrongUse(
            "Ray が入っていません。次を実行してから、もう一度試してください： pip install 'kyodo-navi[ray]'",
            "Ray is not installed; install the extra: pip install 'kyodo-navi[ray]'",
        ) from error
    alone = {} if address else {"include_dashboard": False}
    try:
        ray.init(address=address or "local", log_to_driver=False, configure_logging=False, **alone)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WrongUse(
            f"Ray につながりません（{address or 'この計算機'}）。RAY_ADDRESS を確かめてください。",
            f"Ray at {address or 'this machine'} does not answer; check RAY_ADDRESS",
        ) from error
    try:
        yield Cluster(ray, 2 * max(1, int(ray.cluster_resources().get("CPU", 1))))
    finally:
        ray.shutdown()


def _read_all(run: Run, cluster: Cluster) -> Run:
    """Each source read, cleaned and split in a task of its own; documents in the order of the sources."""
    run.progress.total(len(run.sources), "文書")
    parts: list[Part] = []
    for part in cluster.map(read, (_call(run.home, source) for source in run.sources)):
        parts.append(part)
        for warning in part.warnings:
            run.progress.warn(warning)
        run.progress.figures(documents=len(parts))
        run.progress.advance(1)
    return replace(
        run,
        documents=tuple(document for part in parts for document in part.documents),
        parsed=tuple(parsed for part in parts for parsed in part.parsed),
        warnings=run.warnings + tuple(warning for part in parts for warning in part.warnings),
    )


def _call(home: Home, source: Source) -> tuple[Source, bytes]:
    """A source with its file, unless that comes with the project."""
    return source, b"" if source.builtin else home.file_of(source).read_bytes()


@dataclass(frozen=True)
class Part:
    """What was read of one source."""

    documents: tuple[Document, ...]
    parsed: tuple[Parsed, ...]
    warnings: tuple[str, ...]


def read(source: Source, data: bytes) -> Part:
    """In a worker: one source read, cleaned and split, in a home that holds nothing else."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        if not source.builtin:
            path = home.file_of(source)
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
        run = run_steps(Run(Settings(home=home.path), home, E5(), sources=(source,)), _OF_ONE_SOURCE)
    return Part(run.documents, run.parsed, run.warnings)


@dataclass(frozen=True)
class RayEmbedder:
    """An `Embedder` whose texts are embedded by the workers of a cluster."""

    cluster: Cluster
    card: EmbedderCard
    make: Make
    choice: str
    engines: set[str] = field(default_factory=set)

    @property
    def engine(self) -> str:
        """Which engines computed in the workers; empty as long as none was needed."""
        return "、".join(sorted(self.engines))

    def passages(self, texts: list[str]) -> Vectors:
        return self._all(texts, is_question=False)

    def queries(self, texts: list[str]) -> Vectors:
        return self._all(texts, is_question=True)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.queries([text])[0], np.float32)

    def states(self, text: str, *, is_question: bool) -> States | None:
        """Read here, not in a worker: an array a text is more to send than to compute."""
        reader = _embedder(self.make, self.choice)
        return reader.states(text, is_question=is_question) if isinstance(reader, TokenReader) else None

    def _all(self, texts: list[str], *, is_question: bool) -> Vectors:
        parts = (texts[start : start + _TEXTS] for start in range(0, len(texts), _TEXTS))
        calls = ((self.make, self.choice, part, is_question) for part in parts)
        made = [np.empty((0, self.card.dimension), np.float32)]
        for vectors, engine in self.cluster.map(embed, calls):
            self.engines.add(engine)
            made.append(vectors)
        return np.concatenate(made)


def embed(make: Make, choice: str, texts: list[str], is_question: bool) -> tuple[Vectors, str]:
    """In a worker: vectors of `texts` (n), shape (n, d), and the engine that computed them."""
    embedder = _embedder(make, choice)
    return embedder.queries(texts) if is_question else embedder.passages(texts), embedder.engine


@cache
def _embedder(make: Make, choice: str) -> Embedder:
    return make(choice)
