"""Brings a database to the newest schema at start. Several processes may start at once: the first does it, the others wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from assistant.errors import WrongUse
from prompts import say

HEAD = "head"
_LOCK = 0x6B796F64  # of PostgreSQL's advisory locks, ours: "kyod"


def scripts() -> ScriptDirectory:
    """The revisions of this program. There is no env.py: the connection is given, nothing is configured in a file."""
    return ScriptDirectory(str(Path(__file__).parent))


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at; None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = HEAD) -> None:
    """Carry out the missing revisions up to `to`, all or none.

    Raises WrongUse for a database of a newer program. A database that is up to date is only read.
    """
    script = scripts()
    wanted = script.get_current_head() if to == HEAD else to
    with engine.connect() as connection:
        found = revision_of(connection)
    if found == wanted:
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        ja, en = (say("store", name, found=found, known=wanted) for name in ("newer", "newer_en"))
        raise WrongUse(ja, en)

    def missing(heads: object, context: MigrationContext) -> list[MigrationStep]:
        now = context.get_current_revision()  # read again under the lock: another process may have been first
        return [] if now == wanted else list(script._upgrade_revs(to, now))  # type: ignore[arg-type]

    with _alone(engine) as connection:
        context = MigrationContext.configure(connection, opts={"fn": missing})
        with Operations.context(context):
            context.run_migrations()


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that no other process can begin before this one ends."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # A table that is made anew must not take the rows that hang on it along.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
