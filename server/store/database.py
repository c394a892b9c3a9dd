"""The database behind the pages: a file in the home folder, or PostgreSQL by one URL. `Database.session()` is a transaction."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import StorageFailed, StoreUnreachable, WrongUse
from assistant.settings import Settings
from prompts import say
from server.store.failures import told
from server.store.migrations.upgrade import upgrade

_BUSY_MS = 5000  # how long a writer waits for the one before it
_CONNECT_SECONDS = 5
_LOG = logging.getLogger(__name__)
T = TypeVar("T")


def new_id() -> str:
    """128 random bits as 32 hexadecimal digits: a link that cannot be guessed."""
    return secrets.token_hex(16)


class Database:
    """One engine; safe between threads. Raises WrongUse, StorageFailed or StoreUnreachable where it cannot begin."""

    def __init__(self, settings: Settings) -> None:
        self.engine = _engine(settings)
        try:
            with _translated():
                upgrade(self.engine)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Commits at the end, rolls back on an error. Raises StorageFailed or StoreUnreachable."""
        with _translated(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def tried(self, work: Callable[[Session], T]) -> T | None:
        """What `work` gives in a transaction; None where the database refuses. For what an answer does not depend on:
        asking must not fail because keeping failed."""
        try:
            with self.session() as session:
                return work(session)
        except (StorageFailed, StoreUnreachable) as error:
            _LOG.warning("not kept: %s", error.en)
            return None

    def close(self) -> None:
        self.engine.dispose()


def _engine(settings: Settings) -> Engine:
    if not settings.database:
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(say("store", "readonly"), say("store", "readonly_en")) from error
    try:
        url = settings.database or f"sqlite:///{settings.home / 'web.db'}"
        waiting = {"connect_timeout": _CONNECT_SECONDS} if url.startswith("postgresql") else {}
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=waiting)
    except ImportError as error:
        raise WrongUse(say("store", "no_driver"), say("store", "no_driver_en")) from error
    except (ArgumentError, ValueError) as error:
        raise WrongUse(say("store", "bad_url"), say("store", "bad_url_en")) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        if (kind := told(error)) is None:
            raise
        raise kind from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # with WAL a lost power supply costs the last moments, never the file
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what people have deleted does not stay in the file
    cursor.close()
