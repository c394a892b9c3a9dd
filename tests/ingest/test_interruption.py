"""A run that is killed at any moment, or whose disk is full, leaves the old index and is finished by the next one."""

from __future__ import annotations

import builtins
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.errors import StorageFailed
from assistant.index import open_index
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.publish import generations
from ingest.run import Run
from ingest.verify import examine
from tests.fakes import HashEmbedder
from tests.ingest.small_home import best, few_unanswerable, small_home

ROOT = Path(__file__).parent.parent.parent
KILLS = 20
AMENDED = 6
SEED = 6
_LIMITS = (1, 4_000, 60_000, 170_000)  # bytes that a file may have on the full disk: of what grows to 200 KB


@dataclass
class Line:
    """The command line in processes that can be killed. `log` holds what they embedded."""

    process: subprocess.Popen[str]
    home: Path
    log: Path

    def start(self, *arguments: str, limit: int = 0) -> int:
        """Begin a command; its process id."""
        assert self.process.stdin and self.process.stdout
        told = {"arguments": ["--home", str(self.home), "ingest", *arguments], "limit": limit}
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """Exit code of the command begun last; negative for a signal."""
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def run(self, *arguments: str, limit: int = 0) -> int:
        self.start(*arguments, limit=limit)
        return self.end()

    def said(self) -> str:
        """All that the commands said; no more of them can be begun."""
        return self.process.communicate(timeout=120)[1]

    def embedded(self) -> list[str]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()] if self.log.is_file() else []


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """A small home, indexed."""
    with few_unanswerable():
        made = small_home(tmp_path / "home", tmp_path)
        run_steps(made)
        yield made


@pytest.fixture
def line(run: Run, tmp_path: Path) -> Iterator[Line]:
    log = tmp_path / "embedded.log"
    arguments = [sys.executable, "-m", "tests.ingest.small_home", str(log)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        yield Line(process, run.home.path, log)


def _documents(folder: Path, number: object) -> list[str]:
    """Files that no home has yet; each of more texts than are embedded together."""
    paths = []
    for name in "ab":
        path = folder / f"r{number}{name}.md"
        body = "".join(f"{number}回目の{name}の話、その{i}は土の記録です。\n\n" for i in range(2 * Run.batch))
        path.write_text(f"# 記録{number}{name}\n\n{body}", "utf-8")
        paths.append(str(path))
    return paths


def _left_over(run: Run) -> list[str]:
    """What a finished run must not leave: half-written files, generations without a card, one too many, a held lock."""
    found = [p.name for p in run.home.path.rglob("*.part")]
    whole = generations(run.settings)
    found += [p.name for p in whole if not (p / "card.json").is_file()]
    found += [p.name for p in whole[2:]] + [p.name for p in run.home.path.glob("ingest.holder")]
    with FileLock(run.home.path / "ingest.lock", timeout=0):
        return found


def test_killed_at_any_moment_the_old_index_answers_and_the_next_run_finishes(
    run: Run, line: Line, tmp_path: Path
) -> None:
    before = best(run.settings)
    assert "毎朝" in before[1]
    length = 0.0
    for name in ("warm", "timed"):
        began = time.monotonic()
        assert line.run("add", *_documents(tmp_path, name)) == 0
        length = time.monotonic() - began
    spread = random.Random(SEED)
    killed = 0
    for number in range(1, KILLS + 1):
        already = len(line.embedded())
        began = time.monotonic()
        pid = line.start("add", *_documents(tmp_path, number))
        time.sleep(length * (number - spread.random()) / KILLS)
        with suppress(ProcessLookupError):  # it was quicker this time
            os.kill(pid, signal.SIGKILL)
        if line.end() == -signal.SIGKILL:
            killed += 1
        else:
            length = min(length, time.monotonic() - began)
        assert best(run.settings) == before, f"after kill {number}"
        assert line.run() == 0
        assert _left_over(run) == [], f"after kill {number}"
        assert examine(run.settings, run.embedder) == []
        texts = line.embedded()[already:]
        assert len(texts) - len(set(texts)) <= Run.batch, "at most the batch that was under way is embedded again"
    assert killed > KILLS / 2, "the kills came too late to prove anything"


def test_killed_while_a_source_is_amended(run: Run, line: Line, tmp_path: Path) -> None:
    """One version answers at any time: the old one until the run has ended, then the one that the source list holds."""
    document, length = tmp_path / "amended.md", 0.0
    now = best(run.settings)[1]
    for number in range(AMENDED + 2):  # the first loads what is loaded late, the second is timed
        document.write_text(f"# 花壇\n\n花壇の水やりは毎朝{number + 5}時に行います。\n", "utf-8")
        began = time.monotonic()
        pid = line.start("add", str(document), "--id", "guide")
        if number > 1:
            time.sleep(length * (number - 1.5) / AMENDED)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if line.end() == -signal.SIGKILL:
            assert best(run.settings)[1] in (now, f"# 花壇\n\n花壇の水やりは毎朝{number + 5}時に行います。")
            assert line.run() == 0
        length = time.monotonic() - began if number == 1 else length
        now = best(run.settings)[1]
        assert now.split("\n")[-1] in (run.home.path / "files" / "guide.md").read_text("utf-8")
        assert _left_over(run) == [] and examine(run.settings, run.embedder) == []


def test_a_full_disk_says_so_and_leaves_the_old_index(run: Run, line: Line, tmp_path: Path) -> None:
    """A real process that may not write files above a size: Chroma, SQLite and our own files each hit it somewhere."""
    before = best(run.settings)
    for number, limit in enumerate(_LIMITS):
        assert line.run("add", *_documents(tmp_path, number), limit=limit) == StorageFailed.exit_code
        assert best(run.settings) == before
    assert line.run() == 0
    said = line.said()
    assert said.count("書き込めません") == len(_LIMITS) and "空き容量" in said and "Traceback" not in said
    assert _left_over(run) == [] and examine(run.settings, run.embedder) == []


class _Refusing:
    """Every write of this process is counted; the one with the number `fails` gets ENOSPC."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails: int) -> None:
        self.count, self._fails = 0, fails
        for module, name in ((builtins, "open"), (io, "open")):
            monkeypatch.setattr(module, name, self._opening(getattr(module, name)))
        for name in ("mkdir", "replace", "fsync"):
            monkeypatch.setattr(os, name, self._refused(getattr(os, name)))

    def _step(self) -> None:
        self.count += 1
        if self.count == self._fails:
            raise OSError(28, "No space left on device")

    def _refused(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if not os.path.isdir(args[0]):  # noqa: PTH112 - may be a descriptor; what is there needs no room
                self._step()
            return real(*args, **kwargs)

        return call

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if set(mode) & set("wax+"):
                self._step()
            return real(file, mode, *args, **kwargs)

        return call


def _work(run: Run, document: Path, change: int) -> None:
    """What a command does: take the lock, list the file, build the index."""
    document.write_text(f"# 追加\n\n{change}回目の追加の文書です。\n", "utf-8")
    with run.home.writer(1):
        add_file(run.home, document, Details(id="more"))
        run_steps(replace(run, embedder=HashEmbedder()))


def test_each_write_may_fail(run: Run, tmp_path: Path) -> None:
    """ENOSPC at each of our own writes in turn: said in words, the old index answers, the next run finishes."""
    before = best(run.settings)
    document = tmp_path / "more.md"
    with pytest.MonkeyPatch.context() as patch:
        counted = _Refusing(patch, fails=0)
        _work(run, document, 0)
        total = counted.count
    assert total > 40
    for number in [*range(2, 14), *range(14, total + 1, 4), total]:  # the first writes the document itself
        with pytest.MonkeyPatch.context() as patch, pytest.raises(StorageFailed, match="空き容量"):
            _Refusing(patch, fails=number)
            _work(run, document, number)
        assert best(run.settings) == before
    _work(run, document, total + 1)
    assert _left_over(run) == [] and examine(run.settings, run.embedder) == []
    index = open_index(run.settings, run.embedder)
    with closing(index.stores):
        assert f"{total + 1}回目" in index.text_of("more")


def test_two_processes_write_one_after_the_other(run: Run, line: Line, tmp_path: Path) -> None:
    """The second waits for the first, says so, and both have their documents in the index."""
    first, second = _documents(tmp_path, 1)[:2]
    with run.home.writer(1):
        line.start("add", first)
        time.sleep(2)  # long enough to come to the lock
        add_file(Home(run.home.path), Path(second), Details())
    assert line.end() == 0
    index = open_index(run.settings, run.embedder)
    with closing(index.stores):
        assert {"guide", "r1a", "r1b"} == set(index.card.sources)
    assert "ほかの取り込み" in line.said()
