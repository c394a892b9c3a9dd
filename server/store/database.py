"""The database behind the pages: a file in the home folder, or PostgreSQL by one URL. `Database.session()` is a transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from assistant.settings import Settings
from server.store.tables import Base

_BUSY_MS = 5000  # how long a writer waits for the one before it


def new_id() -> str:
    """128 random bits as 32 hexadecimal digits: a link that cannot be guessed."""
    return secrets.token_hex(16)


class Database:
    """One engine; safe between threads."""

    def __init__(self, settings: Settings) -> None:
        url = settings.database or f"sqlite:///{settings.home / 'web.db'}"
        if not settings.database:
            settings.home.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, pool_pre_ping=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
        Base.metadata.create_all(self.engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Commits at the end, rolls back on an error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.close()
