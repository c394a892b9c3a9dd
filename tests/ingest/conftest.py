"""Every test of an index runs twice: with a local database, and on a Chroma server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.settings import Settings
from ingest.home import Home
from tests.ingest.small_home import few_unanswerable


@pytest.fixture(params=["local", "server"])
def settings(home: Home, request: pytest.FixtureRequest) -> Settings:
    url = request.getfixturevalue("chroma_url") if request.param == "server" else ""
    return Settings(home=home.path, lock_seconds=0.2, chroma_url=url)


@pytest.fixture
def few() -> Iterator[None]:
    """For homes whose answers do not matter: few of the unanswerable questions, which take a second to index."""
    with few_unanswerable():
        yield
