"""Load: a server of its own on loopback, many users at once, open event streams, memory over many questions."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count, islice, product
from pathlib import Path
from typing import Any

from eval.case_files import all_folders, load_all

Say = Callable[[str], None]
_WAIT = 120.0  # seconds for an answer, and for the server to open
# What people put before and after a question. With them the cases' questions are enough for a long run without one twice.
_BEFORE = (
    "",
    "すみません、",
    "教えてください。",
    "はじめて聞きます。",
    "確認です。",
    "区民です。",
    "NPOです。",
    "至急です。",
)
_AFTER = (
    "",
    "よろしくお願いします。",
    "ありがとうございます。",
    "急ぎません。",
    "できれば詳しく。",
    "短くお願いします。",
)


@dataclass
class Round:
    """One measurement: `seconds` of every answer, the errors, how long it took."""

    name: str
    users: int
    took: float = 0.0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.took if self.took else 0.0

    def quantile(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


@dataclass(frozen=True)
class Wanted:
    """What to measure; 0 leaves a part out."""

    users: int = 16
    seconds: float = 60.0
    streams: int = 200
    questions: int = 10_000
    workers: int = 1


def questions(seed: int = 1) -> Iterator[str]:
    """The questions of every folder of cases in random order, then the same with polite words around; none twice."""
    known: set[str] = set()
    for cases in (load_all(folder) for folder in all_folders()):
        for name in ("facts", "routing", "refuse"):
            known.update(case.question for case in cases[name])
        known.update(turn.user for case in cases["dialogs"] for turn in case.turns)
    known.discard("")
    rng = random.Random(seed)  # noqa: S311 - an order, no secret
    for before, after in product(_BEFORE, _AFTER):
        drawn = sorted(known)
        rng.shuffle(drawn)
        yield from (f"{before}{question}{after}" for question in drawn)


@contextmanager
def server(home: Path, workers: int) -> Iterator[tuple[int, int]]:
    """(process id, port) of a server without rate limits over the index in `home`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "KYODO_RATE_CLIENT": "0", "KYODO_RATE_TOTAL": "0", "KYODO_LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "kyodo", "--home", str(home), "serve", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--workers", str(workers)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        _open(process, port)
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _open(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if _request(HTTPConnection("127.0.0.1", port, timeout=5), "GET", "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not open")


def _request(connection: HTTPConnection, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
    data = None if body is None else json.dumps(body).encode()
    connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
    answered = connection.getresponse()
    return answered.status, answered.read()


class Questions:
    """Hands out questions to threads until a number or a moment is reached."""

    def __init__(self, source: Iterator[str], most: int | None = None, until: float = float("inf")) -> None:
        self._source = islice(source, most)
        self._until = until
        self._lock = threading.Lock()

    def next(self) -> str | None:
        with self._lock:
            return next(self._source, None) if time.monotonic() < self._until else None


def ask(port: int, users: int, waiting: Questions, name: str) -> Round:
    """`users` ask one question after another, each over a connection of its own, until there are no more."""
    told = Round(name, users)

    def user() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=_WAIT)
        while (question := waiting.next()) is not None:
            began = time.perf_counter()
            try:
                status, body = _request(connection, "POST", "/api/ask", {"question": question})
                if status != 200 or json.loads(body)["status"] == "error":
                    told.errors.append(f"{status} {question}")
            except (OSError, HTTPException, ValueError) as error:
                told.errors.append(f"{type(error).__name__} {question}")
                connection.close()
            told.seconds.append(time.perf_counter() - began)

    _together(users, user, told)
    return told


def _together(users: int, user: Callable[[], None], told: Round) -> None:
    threads = [threading.Thread(target=user) for _ in range(users)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.took = time.perf_counter() - began


def stream(port: int, users: int, waiting: Questions) -> Round | None:
    """`users` event streams open at the same time, each read to its end; None where there is no such route."""
    status, _ = _request(HTTPConnection("127.0.0.1", port, timeout=_WAIT), "GET", "/api/ask/stream")
    if status == 404:
        return None
    told = Round("event streams", users)
    opened = threading.Barrier(users)

    def user() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=_WAIT)
        connection.connect()
        opened.wait(_WAIT)
        began = time.perf_counter()
        try:
            status, body = _request(connection, "POST", "/api/ask/stream", {"question": waiting.next()})
            if status != 200 or b"event: error" in body or b"event: " not in body:
                told.errors.append(f"{status} {body[-200:].decode(errors='replace')}")
        except (OSError, HTTPException) as error:
            told.errors.append(type(error).__name__)
        told.seconds.append(time.perf_counter() - began)

    _together(users, user, told)
    return told


def processor(process: int) -> float:
    """Seconds of processor time of a process and its children; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor(child) for child in _children(process))


def _children(process: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()]
    except OSError:
        return []


def resident(process: int) -> float | None:
    """MiB of a process and its children; None where the system does not tell (all but Linux)."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return None
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return own / 1024 + sum(resident(child) or 0 for child in _children(process))


def measure(home: Path, wanted: Wanted, say: Say) -> dict[str, Any]:
    """All parts, as one JSON value."""
    source = questions()
    figures: dict[str, Any] = {"workers": wanted.workers}
    with server(home, wanted.workers) as (process, port):
        say("サービスを温める warming up")
        ask(port, wanted.users, Questions(source, 100), "warm-up")
        if wanted.seconds:
            say(f"{wanted.users}人が{wanted.seconds:g}秒間 users at once")
            until, before = time.monotonic() + wanted.seconds, processor(process)
            told = ask(port, wanted.users, Questions(source, until=until), "users at once")
            spent = 1000 * (processor(process) - before) / max(1, len(told.seconds))
            figures["users"] = {**_told(told), "processor_ms": round(spent, 1)}
        if wanted.streams:
            say(f"{wanted.streams}本の接続 event streams")
            streamed = stream(port, wanted.streams, Questions(source, wanted.streams))
            figures["streams"] = _told(streamed) if streamed else None
            if streamed is None:
                say("  POST /api/ask/stream はないので省略 skipped: no such route")
        if wanted.questions:
            figures["memory"] = list(_memory(process, port, wanted, source, say))
    return figures


def _memory(process: int, port: int, wanted: Wanted, source: Iterator[str], say: Say) -> Iterator[dict[str, Any]]:
    """Resident memory after each thousand of the questions."""
    for thousand in count(1):
        asked = min(1000, wanted.questions - (thousand - 1) * 1000)
        if asked <= 0:
            return
        told = ask(port, wanted.users, Questions(source, asked), "memory")
        after = {"questions": (thousand - 1) * 1000 + asked, "mib": resident(process), "errors": len(told.errors)}
        say(f"  {after['questions']:,}問後 {after['mib'] or float('nan'):.0f} MiB  {told.rate:.1f}/s")
        yield after


def _told(told: Round) -> dict[str, Any]:
    return {
        "at_once": told.users,
        "answers": len(told.seconds),
        "errors": len(told.errors),
        "first_errors": told.errors[:5],
        "per_second": round(told.rate, 1),
        "p50": round(told.quantile(0.5), 3),
        "p95": round(told.quantile(0.95), 3),
        "longest": round(max(told.seconds, default=float("nan")), 3),
    }


def home_with_index(folder: Path) -> Path:
    """A home with the built-in corpus, so that nothing of the load lands in a person's database."""
    command = [sys.executable, "-m", "kyodo", "--home", str(folder), "ingest"]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))  # noqa: S603 - our own command
    return folder


def load_table(figures: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rows of name, figure and goal."""
    goals = {"users": ("16人が60秒間 users at once", "≥ 25/s、p95 ≤ 1 s"), "streams": ("接続 event streams", "200本")}
    for key, (name, goal) in goals.items():
        told = figures.get(key)
        if told:
            yield f"{name}：回答 answers", f"{told['answers']}（{told['per_second']}/s）", goal
            yield f"{name}：p50 / p95", f"{told['p50']:.2f} / {told['p95']:.2f} s", goal
            yield f"{name}：誤り errors", str(told["errors"]), "0"
            if told.get("processor_ms"):
                yield f"{name}：1問の計算時間 processor time", f"{told['processor_ms']:.0f} ms", "≤ 80（2コア）"
    memory = figures.get("memory")
    if memory:
        first, last = memory[0], memory[-1]
        shown = f"{first['mib'] or 0:.0f} → {last['mib'] or 0:.0f} MiB"
        yield f"{first['questions']:,}問後から{last['questions']:,}問後 memory", shown, "増えない flat"
        yield "誤り errors", str(sum(part["errors"] for part in memory)), "0"
