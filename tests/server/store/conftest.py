"""Every test of the store runs on SQLite and, where a server can be had, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from server.store.database import Database
from tests.server.store.postgres import MISSING, Cluster, cluster, programs


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    folder = programs()
    if folder is None:
        pytest.skip(MISSING)
    with cluster(folder) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of an empty database."""
    if request.param == "sqlite":
        return Settings(home=tmp_path / "home")
    running: Cluster = request.getfixturevalue("postgres")
    return Settings(home=tmp_path / "home", database=running.database())


@pytest.fixture
def database(stored: Settings) -> Iterator[Database]:
    database = Database(stored)
    yield database
    database.close()
