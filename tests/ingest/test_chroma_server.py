"""The same index on a Chroma server, by one setting. The server is started here and listens on loopback."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import pytest

from assistant.errors import StoreUnreachable, WrongUse
from assistant.index import open_index
from assistant.outcomes import Status
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from ingest.verify import verify
from tests.fakes import HashEmbedder

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    chroma = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(chroma), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the Chroma server stopped"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the Chroma server did not answer within 30 seconds")


@pytest.fixture
def run(home: Home, tmp_path: Path, chroma_url: str) -> Run:
    home.save(home.load().model_copy(update={"builtin": False}))
    path = tmp_path / "guide.md"
    path.write_text("# 花壇\n\n花壇の水やりは毎朝行います。\n", "utf-8")
    add_file(home, path, Details(id="guide"))
    return Run(Settings(home=home.path, chroma_url=chroma_url), home, HashEmbedder())


def test_index_answer_rebuild_and_clear_up(run: Run) -> None:
    for _ in range(4):
        card = run_steps(replace(run, rebuild=True)).card
    index = open_index(run.settings, run.embedder)
    assert verify(index) == []
    assert card and index.card == card
    assert not (index.folder / "chroma").exists(), "nothing is stored locally"
    service = Service(run.settings, run.embedder)
    answer = service.ask("花壇の水やりは毎朝行いますか")
    assert answer.status is Status.ANSWERED and "毎朝" in answer.text
    service.searcher.index.stores.close()
    index.stores.close()
    port = int(run.settings.chroma_url.rsplit(":", 1)[1])
    client: Any = chromadb.HttpClient(host="127.0.0.1", port=port)
    names = [c.name for c in client.list_collections()]
    client.close()
    gc.collect()  # Chroma leaves sockets of its own open; they go here, where their warning is expected
    assert len([n for n in names if n.endswith("-chunks")]) == 2, "old generations are removed from the server"


def test_a_server_that_does_not_answer(run: Run) -> None:
    gone = run.settings.model_copy(update={"chroma_url": f"http://127.0.0.1:{_free_port()}"})
    with pytest.raises(StoreUnreachable, match="chroma run"):
        run_steps(replace(run, settings=gone))


def test_an_address_of_another_form_is_refused(run: Run) -> None:
    wrong = run.settings.model_copy(update={"chroma_url": "localhost:8000"})
    with pytest.raises(WrongUse, match="KYODO_CHROMA_URL"):
        run_steps(replace(run, settings=wrong))
