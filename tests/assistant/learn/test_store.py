"""Progress on disk: one file a learner, safe names, no lost work between processes, damaged files set aside."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.errors import LockTimeout, StorageFailed, WrongUse
from assistant.learn.progress import Progress
from assistant.learn.store import LONGEST_NAME, Store, file_name


def test_what_is_changed_is_kept(store: Store) -> None:
    assert store.load() == Progress()
    assert not store.path.exists()
    store.change(lambda progress: progress.with_read("taito", date(2026, 4, 1)))
    assert Store(store.folder).load().read == {"taito": date(2026, 4, 1)}
    assert {p.suffix for p in store.folder.iterdir()} <= {".json", ".lock"}


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/b\\c:d*e?", "CON", ".", "山田 花子", "😀", "<script>", "a" * LONGEST_NAME, "nul.json"],
)
def test_names_make_safe_file_names(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "learn", name)
    store.change(Progress.with_round)
    assert list(tmp_path.rglob("*.json")) == [store.path]
    assert store.path.parent == tmp_path / "learn"
    assert not set(store.path.name) & set('/\\:*?"<>| ') and len(store.path.name.encode()) < 200
    assert Store(tmp_path / "learn", name).load().name == name


def test_names_are_told_apart_and_the_same_name_is_the_same_file() -> None:
    assert len({file_name(name) for name in ("", "abe", "Abe", "a/b", "ab", "a:b")}) == 6
    assert Store(Path("x"), " 山田\n花子 ").name == Store(Path("x"), "山田花子").name
    with pytest.raises(WrongUse, match="at most"):
        Store(Path("x"), "あ" * (LONGEST_NAME + 1))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"round": -1}', b'{"version": 2}', b'{"new": 1}'])
def test_a_damaged_file_is_set_aside_and_not_lost(store: Store, content: bytes) -> None:
    store.folder.mkdir(parents=True)
    store.path.write_bytes(content)
    assert store.load() == Progress()
    (aside,) = store.set_aside
    assert aside.read_bytes() == content and not store.path.exists()
    assert store.change(Progress.with_round).round == 1
    store.path.write_bytes(content)
    store.load()
    assert len({p for p in store.folder.iterdir() if ".damaged-" in p.name}) == 2


def test_two_processes_do_not_write_over_each_other(store: Store) -> None:
    code = """
import sys
from pathlib import Path
from assistant.learn.store import Store
store = Store(Path(sys.argv[1]))
for n in range(40):
    store.change(lambda p: p.with_round().with_answer(f"{sys.argv[2]}-{n}", True))
"""
    running = [subprocess.Popen([sys.executable, "-c", code, str(store.folder), who]) for who in "ab"]
    assert [process.wait(60) for process in running] == [0, 0]
    kept = store.load()
    assert kept.round == 80 and len(kept.boxes) == 80
    assert json.loads(store.path.read_text("utf-8"))["round"] == 80
    assert not store.set_aside


def test_a_lock_that_stays_and_a_place_that_refuses_are_said_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "learn", lock_seconds=0.1)
    store.load()
    with FileLock(store.path.with_suffix(".lock")), pytest.raises(LockTimeout, match="another window"):
        store.load()
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StorageFailed, match="cannot write"):
        Store(tmp_path / "file" / "learn").change(Progress.with_round)


def test_a_write_that_fails_leaves_the_old_file_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.change(Progress.with_round)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assistant.learn.store.os.fsync", full)
    with pytest.raises(StorageFailed, match="No space"):
        store.change(Progress.with_round)
    assert store.load().round == 1
    assert not list(store.folder.glob("*.part"))
