"""Fixtures: one index of the built-in corpus for the whole run, small homes of their own for everything that writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.embeddings import E5
from assistant.index import Index
from assistant.search.searcher import Searcher
from assistant.service import Service
from assistant.settings import Settings
from ingest.home import Home
from ingest.pipeline import PURE_STEPS, run_steps
from ingest.run import Run
from tests import chroma_server


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees a person's settings or home."""
    for name in list(os.environ):
        if name.startswith("KYODO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KYODO_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def embedder() -> E5:
    return E5()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: E5) -> Run:
    """The built-in corpus, indexed with the shipped vectors."""
    path = tmp_path_factory.mktemp("home")
    fast = Settings(home=path, rate_client="", rate_total="")  # tests ask faster than people may
    return run_steps(Run(fast, Home(path), embedder))


@pytest.fixture(scope="session")
def pure(built: Run) -> Run:
    """The pure steps carried out a second time, in another home."""
    home = Home(built.home.path / "elsewhere")
    return run_steps(Run(Settings(home=home.path), home, built.embedder), PURE_STEPS)


@pytest.fixture(scope="session")
def service(built: Run, embedder: E5) -> Service:
    return Service(built.settings, embedder)


@pytest.fixture(scope="session")
def searcher(service: Service) -> Searcher:
    return service.searcher


@pytest.fixture(scope="session")
def index(searcher: Searcher) -> Index:
    return searcher.index


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Chroma server that runs as long as the tests do."""
    with chroma_server.running(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def settings(home: Home) -> Settings:
    return Settings(home=home.path, lock_seconds=0.2)


@pytest.fixture
def small(home: Home, settings: Settings, tmp_path: Path, embedder: E5) -> Iterator[Run]:
    """A home with one small document and no built-in corpus, indexed."""
    from ingest.add import Details, add_file

    home.save(home.load().model_copy(update={"builtin": False}))
    document = tmp_path / "guide.md"
    document.write_text(
        "# 花壇の手引き\n\n花壇の水やりは毎朝行います。\n\n# 連絡\n\n困ったときは区役所に相談します。\n", "utf-8"
    )
    add_file(home, document, Details(id="guide"))
    yield run_steps(Run(settings, home, embedder))
