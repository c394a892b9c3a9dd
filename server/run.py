"""Start the service: check first, say where it is, then listen; with several workers, each is a process of its own."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from fastapi import FastAPI

from assistant.console import err
from assistant.embeddings import E5
from assistant.errors import WrongUse
from assistant.index import check_index
from assistant.service import Service
from assistant.settings import Settings
from prompts import say
from server.app import create_app
from server.guard.hosts import known_hosts
from server.guard.rates import Rates
from server.observe.logs import configure_logs
from server.observe.metrics import SHARED
from server.session import load_secret
from server.store.database import Database

_CONNECTIONS = 1000  # open at once in a process
_HEADERS = 32 * 1024  # bytes of request line and headers
_FINISH = 10  # seconds that running answers have when the service is stopped


def serve(settings: Settings) -> None:
    """Run until stopped. Raises NoIndex and WrongUse (a bad limit, a port that is taken) before listening."""
    configure_logs(settings)
    _check_port(settings.host, settings.port)
    app: FastAPI | str
    if settings.workers == 1:
        app = _opened(settings)
    else:
        check_index(settings, E5(settings.engine))
        Rates(settings)
        load_secret(settings)
        Database(settings).close()
        app = "server.run:worker"
    threading.Thread(target=_greet, args=(settings,), daemon=True).start()
    with _shared(settings):
        uvicorn.run(app, factory=isinstance(app, str), workers=settings.workers, **options(settings))


def options(settings: Settings) -> dict[str, Any]:
    """How uvicorn listens. h11 is the parser with a limit on headers; forwarded addresses count only from `proxy`."""
    return {
        "host": settings.host,
        "port": settings.port,
        "http": "h11",
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(settings.proxy),
        "forwarded_allow_ips": settings.proxy,
        "limit_concurrency": _CONNECTIONS,
        "h11_max_incomplete_event_size": _HEADERS,
        "timeout_graceful_shutdown": _FINISH,
    }


def worker() -> FastAPI:
    """The application of one worker process; its settings come with the environment."""
    settings = Settings()
    configure_logs(settings)
    return _opened(settings)


def _opened(settings: Settings) -> FastAPI:
    service = Service(settings, E5(settings.engine))
    service.ask("協働")  # opens index, dictionary and model, so that the first visitor does not wait
    service.draft("花壇の手入れをします。", "proposal")
    return create_app(service)


def _greet(settings: Settings) -> None:
    """Say where the service is, once it can be reached."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared only
    for _ in range(600):
        with suppress(OSError), socket.create_connection((reached, settings.port), 1):
            break
        time.sleep(0.1)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    err().print(say("serve", "open", url=f"http://{host}:{settings.port}"))
    if known_hosts(settings) == ("*",) and not settings.hosts:
        err().print(say("serve", "any_host"))


@contextmanager
def _shared(settings: Settings) -> Iterator[None]:
    """The environment of the workers: the settings of the command line, and a folder for figures they share."""
    if settings.workers == 1:
        yield
        return
    told = {"HOME": settings.home, "HOST": settings.host, "PORT": settings.port, "WORKERS": settings.workers}
    with tempfile.TemporaryDirectory(prefix="kyodo-metrics-") as folder:
        os.environ.update({f"KYODO_{name}": str(value) for name, value in told.items()} | {SHARED: folder})
        # Both engines of the embedder obey it; beside other workers one thread a text takes a tenth less of the processor.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        yield


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WrongUse(
                f"{host}:{port} は使えません（{error.strerror}）。ほかのポートを指定してください： kyodo serve --port 8001",
                f"cannot listen on {host}:{port} ({error.strerror}); choose another port: kyodo serve --port 8001",
            ) from error
