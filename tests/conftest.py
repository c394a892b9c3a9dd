"""Fixtures: one index of the built-in corpus for the whole run, small homes of their own for everything that writes."""

from __future__ import annotations

import functools
import os
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from filelock import FileLock

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
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have together."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def once(shared: Path) -> Iterator[None]:
    """The model is loaded once a process and the templates are compiled once a run, not for each service that a test makes."""
    from assistant.e5 import engine

    (shared / "templates").mkdir(exist_ok=True)
    compiled = jinja2.FileSystemBytecodeCache(str(shared / "templates"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "open_engine", functools.cache(engine.open_engine))
        remembering = functools.partialmethod(jinja2.Environment.__init__, bytecode_cache=compiled)
        patch.setattr(jinja2.Environment, "__init__", remembering)
        yield


@pytest.fixture(scope="session")
def embedder() -> E5:
    return E5()


@pytest.fixture(scope="session")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: E5) -> Run:
    """The built-in corpus, indexed with the shipped vectors: once a run, and copied for each process."""
    whole, kept = shared / "built", shared / "built.pickle"
    with FileLock(shared / "built.lock"):
        if not kept.exists():
            shutil.rmtree(whole, ignore_errors=True)
            made = run_steps(Run(Settings(home=whole), Home(whole), embedder))
            kept.write_bytes(pickle.dumps(replace(made, embedder=None)))  # type: ignore[arg-type]
    path = tmp_path_factory.mktemp("home")
    shutil.copytree(whole, path, dirs_exist_ok=True)
    fast = Settings(home=path, rate_client="", rate_total="")  # tests ask faster than people may
    found: Run = pickle.loads(kept.read_bytes())
    return replace(found, settings=fast, home=Home(path), embedder=embedder)


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
