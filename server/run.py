"""Start the service: check first, say where it is, then listen."""

from __future__ import annotations

import socket

import uvicorn

from assistant.console import err
from assistant.errors import WrongUse
from assistant.service import Service
from server.app import create_app


def serve(service: Service, host: str, port: int) -> None:
    """Run until stopped. Raises NoIndex before listening, and WrongUse if the port is taken."""
    service.ask("協働")  # opens index, dictionary and model, so that the first visitor does not wait
    _check_port(host, port)
    err().print(f"協働ナビを開きました： http://{host}:{port}   （止めるには Ctrl-C / Ctrl-C stops）")
    uvicorn.run(create_app(service), host=host, port=port, log_level="warning", server_header=False)


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
