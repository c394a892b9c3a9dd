"""An application over an empty home, for tests that are about the service and not about answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from assistant.answers import Answer
from assistant.outcomes import Reason, Status
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from tests.fakes import HashEmbedder


class Parrot(Service):
    """Answers at once, without an index."""

    def ask(self, question: str, *, easy: bool = False) -> Answer:
        return Answer(status=Status.ANSWERED, reason=Reason.FOUND, text="答え", question=question)


@contextmanager
def hollow(home: Path, address: tuple[str, int] = ("testclient", 50000), **settings: Any) -> Iterator[TestClient]:
    """A client of a service with these settings; `address` is where its requests come from."""
    with TestClient(
        create_app(Parrot(Settings(home=home, **settings), HashEmbedder())),
        raise_server_exceptions=False,
        client=address,
    ) as client:
        yield client


PAGE = {"Accept": "text/html,application/xhtml+xml"}
QUESTION = {"question": "協働とは"}
