"""Speed and size, on this machine, in one run; each figure beside the goal it is held to."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from assistant.embeddings import E5
from assistant.service import Service
from assistant.settings import Settings
from eval.case_files import Fact, default_folder, load
from eval.grade import CHARACTERS
from eval.metrics.recall import supported
from eval.peer import Peer


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    goal: str


def bench(say: Callable[[str], None]) -> Iterator[Figure]:
    """All figures, as they are measured."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        say("索引を同梱のベクトルで作る")
        yield Figure("索引（同梱のベクトル） index, shipped vectors", _kyodo(settings, "ingest"), "s", "≤ 10")
        yield Figure("索引（変わりなし） index, unchanged", _kyodo(settings, "ingest"), "s", "≤ 2 + 起動")
        yield Figure("kyodo ask（プロセス全体） as a process", _kyodo(settings, "ask", "協働契約とは"), "s", "≤ 3")
        yield from _questions(settings, say)
        say("サービスを動かして記憶の大きさを見る")
        yield from _service(settings)
    with tempfile.TemporaryDirectory() as folder:
        say("索引をベクトルの計算から作る（1～3分）")
        seconds = _kyodo(Settings(home=Path(folder)), "ingest", "--no-shipped")
        yield Figure("索引（ベクトルから） index, no vectors", seconds, "s", "≤ 150")


def _kyodo(settings: Settings, *words: str) -> float:
    """Seconds of one `kyodo` process."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "kyodo", "--home", str(settings.home), *words]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))  # noqa: S603 - our own command
    return time.perf_counter() - began


def _questions(settings: Settings, say: Callable[[str], None]) -> Iterator[Figure]:
    service = Service(settings, E5(settings.engine))
    cases: list[Fact] = load(default_folder(), "facts", Fact)
    service.ask("協働")
    say("質問に答える（自分と比較相手）")
    ours: list[float] = []
    theirs: list[float] = []
    found = peer_found = 0
    peer = Peer(service.searcher.index, service.embedder)
    for case in cases:
        with _timed(ours):
            answer = service.ask(case.question)
        with _timed(theirs):
            passages = peer.passages(case.question)
        found += supported([p.text for p in answer.passages], case.support, CHARACTERS)
        peer_found += supported(passages, case.support, CHARACTERS)
    ours.sort()
    theirs.sort()
    middle, late = len(ours) // 2, int(len(ours) * 0.95)
    yield Figure("1問 p50 / one question", ours[middle], "ms", "≤ 60")
    yield Figure("1問 p95", ours[late], "ms", "≤ 200")
    yield Figure("素朴な比較相手 1問 p50 / naive peer", theirs[middle], "ms", "（比較）")
    yield Figure("根拠が先頭2,000字にある / support found", found / len(cases), "share", "≥ 0.90")
    yield Figure("素朴な比較相手の同じ値 / naive peer", peer_found / len(cases), "share", "（比較）")


def _service(settings: Settings) -> Iterator[Figure]:
    """Memory of the service after a few questions, read where the system tells it (Linux)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kyodo", "--home", str(settings.home), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        for case in load(default_folder(), "facts", Fact)[:20]:
            _get(f"http://127.0.0.1:{port}/?q={quote(case.question)}")
        status = Path(f"/proc/{server.pid}/status")
        if status.exists():
            resident = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
            yield Figure("サービスのメモリ service at rest", int(resident.split()[1]) / 1024, "MiB", "≤ 600")
    finally:
        server.terminate()
        server.wait(10)


def _get(url: str) -> None:
    """Fetch a page of our own service, waiting up to half a minute for it to listen."""
    for _ in range(150):
        try:
            with urlopen(url) as page:  # noqa: S310 - loopback
                page.read()
            return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(url)


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    times.append((time.perf_counter() - began) * 1000)
