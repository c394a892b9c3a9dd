"""A server on 127.0.0.1 that speaks the protocol of OpenAI's chat completions, and misbehaves where it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PIECE = 7  # characters of one event of a stream


class Handler(BaseHTTPRequestHandler):
    """One request: what was sent is kept, the next behaviour of the queue answers."""

    protocol_version = "HTTP/1.1"
    server: OpenAIServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.seen.append({"path": self.path, "key": self.headers["authorization"], **body})
        self.server.script.pop(0)(self, body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal of the tests."""

    def whole(self, status: int, body: str, **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def event(self, value: object) -> None:
        data = f"data: {value if isinstance(value, str) else json.dumps(value)}\n\n".encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def end_stream(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    def gone(self, seconds: float) -> bool:
        """Did the other side close the connection within `seconds`?"""
        self.connection.settimeout(seconds)
        try:
            return not self.connection.recv(1)
        except TimeoutError:
            return False
        except OSError:
            return True


Behaviour = Callable[[Handler, dict[str, Any]], None]


class OpenAIServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Behaviour] = []
        self.seen: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def serving() -> Iterator[OpenAIServer]:
    server = OpenAIServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _chunk(delta: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
        **more,
    }


USAGE = {"prompt_tokens": 1_000, "completion_tokens": 50, "total_tokens": 1_050}


def speaks(text: str) -> Behaviour:
    """Answers with `text`, as a stream where one is asked for."""

    def behave(to: Handler, body: dict[str, Any]) -> None:
        if not body.get("stream"):
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            to.whole(200, json.dumps({**_chunk({}), "object": "chat.completion", "choices": [choice], "usage": USAGE}))
            return
        to.begin_stream()
        for i in range(0, len(text), _PIECE):
            to.event(_chunk({"content": text[i : i + _PIECE]}))
        to.event({**_chunk({}), "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        to.event(_chunk({}, choices=[], usage=USAGE))
        to.event("[DONE]")
        to.end_stream()

    return behave


def refuses(status: int, **headers: str) -> Behaviour:
    """An error in the provider's form."""
    return lambda to, body: to.whole(status, json.dumps({"error": {"message": "no", "code": "x"}}), **headers)


def says_raw(body: str) -> Behaviour:
    """200 with a body that is not what the protocol says."""
    return lambda to, _: to.whole(200, body)


def breaks_off(text: str, *, cleanly: bool) -> Behaviour:
    """Half a stream; `cleanly` ends the transfer as if nothing were missing."""

    def behave(to: Handler, body: dict[str, Any]) -> None:
        to.begin_stream()
        to.event(_chunk({"content": text[: len(text) // 2]}))
        if cleanly:
            to.end_stream()
        to.close_connection = True

    return behave


def hangs(gone: threading.Event) -> Behaviour:
    """Says nothing; `gone` is set when the other side has given up and closed the connection."""

    def behave(to: Handler, body: dict[str, Any]) -> None:
        if to.gone(60):
            gone.set()
        to.close_connection = True

    return behave


def never_ends(gone: threading.Event) -> Behaviour:
    """A stream without end."""

    def behave(to: Handler, body: dict[str, Any]) -> None:
        to.begin_stream()
        try:
            while True:
                to.event(_chunk({"content": "あ" * 1_000}))
                time.sleep(0.001)
        except OSError:
            gone.set()
            to.close_connection = True

    return behave
