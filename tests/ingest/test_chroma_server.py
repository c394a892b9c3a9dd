"""The same index on a Chroma server, by one setting. The server is started here and listens on loopback."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import pytest

from assistant.errors import StoreUnreachable, WrongUse
from assistant.index import open_index
from assistant.outcomes import Status
from assistant.search.searcher import Searcher
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.publish import publish_index
from ingest.run import Run
from ingest.verify import verify
from tests.chroma_server import free_port
from tests.fakes import HashEmbedder

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def run(home: Home, tmp_path: Path, chroma_url: str) -> Run:
    home.save(home.load().model_copy(update={"builtin": False}))
    path = tmp_path / "guide.md"
    path.write_text("# 花壇\n\n花壇の水やりは毎朝行います。\n", "utf-8")
    add_file(home, path, Details(id="guide"))
    return Run(Settings(home=home.path, chroma_url=chroma_url), home, HashEmbedder())


def test_index_answer_rebuild_and_clear_up(run: Run) -> None:
    made = []
    for _ in range(4):
        card = run_steps(replace(run, rebuild=True)).card
        made.append(card.generation if card else "")
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
    kept = [generation for generation in made if f"kyodo-{generation}-chunks" in names]
    assert kept == made[-2:], "old generations are removed from the server"


def test_a_server_that_does_not_answer(run: Run) -> None:
    gone = run.settings.model_copy(update={"chroma_url": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(StoreUnreachable, match="chroma run"):
        run_steps(replace(run, settings=gone))


def test_an_address_of_another_form_is_refused(run: Run) -> None:
    wrong = run.settings.model_copy(update={"chroma_url": "localhost:8000"})
    with pytest.raises(WrongUse, match="KYODO_CHROMA_URL"):
        run_steps(replace(run, settings=wrong))


def test_the_built_in_corpus_is_found_as_in_a_local_index(
    built: Run, searcher: Searcher, home: Home, chroma_url: str
) -> None:
    """The server searches its graph, which may miss a far neighbour: nearly every first passage must be the same."""
    settings = Settings(home=home.path, chroma_url=chroma_url)
    publish_index(replace(built, settings=settings, home=home))
    index = open_index(settings, built.embedder)
    assert verify(index) == []
    on_server = Searcher(index, built.embedder)
    questions = [question.text for question in index.expected[::400]]
    ours = [[p.chunk_id for p in on_server.search(question, 3)] for question in questions]
    theirs = [[p.chunk_id for p in searcher.search(question, 3)] for question in questions]
    same = sum(a[0] == b[0] for a, b in zip(ours, theirs, strict=True))
    assert same >= len(questions) - 1
    assert ours == [[p.chunk_id for p in on_server.search(question, 3)] for question in questions], (
        "one graph, one answer"
    )
    index.stores.close()
    gc.collect()
