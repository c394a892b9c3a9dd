"""Ingest on Ray gives the index that the local engine gives, also when a worker is killed; skipped without the extra."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import BadInputFile, WrongUse
from assistant.exact import Exact
from assistant.index import current_generation, open_index
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.on_ray import run_on_ray
from ingest.pipeline import run_steps
from ingest.run import Run
from ingest.verify import verify
from tests.fakes import HashEmbedder
from tests.made_up import as_text

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import json, os, signal, sys
from dataclasses import dataclass
from pathlib import Path
from assistant.errors import BadInputFile
from assistant.settings import Settings
from ingest.home import Home
from ingest.on_ray import run_on_ray
from ingest.run import Run
from tests.fakes import HashEmbedder

@dataclass(frozen=True)
class KillOnce:
    marker: str

    def __call__(self, choice):
        try:
            os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return HashEmbedder()
        os.kill(os.getpid(), signal.SIGKILL)

home = Home(Path(sys.argv[1]))
run = run_on_ray(Run(Settings(home=home.path), home, HashEmbedder()), KillOnce(str(home.path / "killed")))
again = run_on_ray(run)
home.file_of(home.load().added[-1]).write_bytes(b"")
try:
    run_on_ray(run, lambda choice: HashEmbedder())
    said = ""
except BadInputFile as error:
    said = error.ja
print(json.dumps({"embedded": run.embedded, "unchanged": again.unchanged, "said": said}))
"""
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed")


def _home(path: Path) -> Home:
    """The built-in corpus; a handbook in whose favour its quotation gives way; a guide with a question of this home."""
    home = Home(path)
    add_file(home, as_text("ampersand", path.parent), Details())
    document = path.parent / "guide.md"
    document.write_text("# 花壇\n\n花壇の水やりは毎朝行います。\n\n# 連絡\n\n区役所に相談します。\n", "utf-8")
    add_file(home, document, Details(id="guide"))
    home.questions_dir.mkdir()
    (home.questions_dir / "guide.questions.txt").write_text("@ 花壇\nいつ水をやりますか\n", "utf-8")
    return home


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = _home(tmp_path_factory.mktemp("local") / "home")
    return run_steps(Run(Settings(home=home.path), home, HashEmbedder()))


@pytest.fixture(scope="module")
def on_ray(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Any]]:
    """Its settings, and what the process that used Ray told."""
    home = _home(tmp_path_factory.mktemp("ray") / "home")
    command = [sys.executable, "-c", SCRIPT, str(home.path)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=plain | {"PYTHONPATH": str(ROOT), "HOME": str(home.path.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return Settings(home=home.path), json.loads(done.stdout.splitlines()[-1])


@needs_ray
def test_the_index_is_the_local_one(local: Run, on_ray: tuple[Settings, dict[str, Any]]) -> None:
    settings, told = on_ray
    index = open_index(settings, HashEmbedder())
    assert local.card and index.card.digest == local.card.digest
    assert index.card.model_dump(exclude={"generation", "created"}) == local.card.model_dump(
        exclude={"generation", "created"}
    )
    assert told["embedded"] == local.embedded
    assert verify(index) == []
    ours = local.settings.index_dir / str(current_generation(local.settings))
    for kind in ("chunks", "questions", "unanswerable"):
        here, there = (Exact.load(folder / "vectors", kind) for folder in (ours, index.folder))
        assert np.array_equal(here.ids, there.ids) and np.array_equal(here.vectors, there.vectors)
    names = ["questions.json", "unanswerable.json", "records.json", "rows.json", "sources.json", "texts/guide.txt"]
    for name in names:
        assert (ours / name).read_bytes() == (index.folder / name).read_bytes()


@needs_ray
def test_the_work_of_a_killed_worker_was_done_again(on_ray: tuple[Settings, dict[str, Any]]) -> None:
    assert (on_ray[0].home / "killed").exists(), "no worker was killed"


@needs_ray
def test_nothing_changed_nothing_done_and_an_error_comes_back_as_itself(
    on_ray: tuple[Settings, dict[str, Any]],
) -> None:
    assert on_ray[1]["unchanged"] is True
    assert "空のファイルです" in on_ray[1]["said"]


def test_without_ray_the_extra_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)  # an import of it fails
    with pytest.raises(WrongUse, match=r"kyodo-navi\[ray\]"):
        run_on_ray(Run(Settings(home=home.path), home, HashEmbedder()))


def test_an_error_travels_between_processes() -> None:
    error = pickle.loads(pickle.dumps(BadInputFile("空です。", "empty")))
    assert (type(error), error.ja, error.en, error.args) == (BadInputFile, "空です。", "empty", ("empty",))
