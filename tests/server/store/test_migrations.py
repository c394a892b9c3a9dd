"""The schema: brought up to date at start, by one of several processes, and the same as the tables in the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from assistant.errors import WrongUse
from assistant.settings import Settings
from server.store.database import Database
from server.store.migrations.make import VERSIONS, render
from server.store.migrations.upgrade import revision_of, scripts, upgrade
from server.store.tables import Base


def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    """After a change of tables.py: make migration."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert revision_of(connection) == scripts().get_current_head()


def test_one_line_of_revisions() -> None:
    assert len(scripts().get_heads()) == 1


def test_a_start_over_an_up_to_date_database_changes_nothing(database: Database, stored: Settings) -> None:
    again = Database(stored)
    assert inspect(again.engine).get_table_names() == inspect(database.engine).get_table_names()
    again.close()


def one_more(folder: Path, monkeypatch: pytest.MonkeyPatch, upgrade: str) -> Path:
    """The revisions there are and a further one, 9999, with this function `upgrade`; its file."""
    (folder / "versions").mkdir()
    for path in VERSIONS.glob("r*.py"):
        (folder / "versions" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    revision = folder / "versions" / "r9999_more.py"
    head = scripts().get_current_head()
    revision.write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = '9999', {head!r}\n{upgrade}"
    )
    monkeypatch.setattr("server.store.migrations.upgrade.__file__", str(folder / "upgrade.py"))
    return revision


def test_a_database_of_an_earlier_revision_is_brought_up_to_date(
    stored: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A further revision appears beside the ones there are; what is kept stays."""
    revision = one_more(
        tmp_path_factory.mktemp("revisions"),
        monkeypatch,
        "def upgrade():\n"
        "    with op.batch_alter_table('visitors', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('more', sa.Text()))\n",
    )
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO visitors (id, created, seen) VALUES ('a', '2030-01-01 00:00:00', '2030-01-01 00:00:00')"
        )
        connection.exec_driver_sql("INSERT INTO conversations VALUES ('c', 'a', '2030-01-01 00:00:00')")
    if database.engine.dialect.name == "postgresql":  # it alters in place; making a table anew is for SQLite
        revision.write_text(revision.read_text("utf-8").replace("recreate='always'", "recreate='never'"), "utf-8")
    upgrade(database.engine)
    with database.engine.connect() as connection:
        assert revision_of(connection) == "9999"
        assert connection.exec_driver_sql("SELECT id, more FROM visitors").all() == [("a", None)]
        assert connection.exec_driver_sql("SELECT id FROM conversations").all() == [("c",)]
    monkeypatch.undo()
    with pytest.raises(WrongUse, match="newer version"):
        Database(stored)


def test_a_revision_that_fails_leaves_the_database_as_it_was(
    database: Database, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = scripts().get_current_head()
    one_more(
        tmp_path_factory.mktemp("revisions"),
        monkeypatch,
        "def upgrade():\n    op.drop_table('turns')\n    raise RuntimeError('half way')\n",
    )
    with pytest.raises(RuntimeError, match="half way"):
        upgrade(database.engine)
    with database.engine.connect() as connection:
        assert revision_of(connection) == head
    assert "turns" in inspect(database.engine).get_table_names()


def test_several_processes_start_at_once(stored: Settings) -> None:
    code = (
        "import sys\nfrom assistant.settings import Settings\nfrom server.store.database import Database\n"
        "Database(Settings(home=sys.argv[1], database=sys.argv[2])).close()"
    )
    arguments = [sys.executable, "-c", code, str(stored.home), stored.database]
    started = [subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for process in started:
        _, told = process.communicate(timeout=300)
        assert process.returncode == 0, told
    database = Database(stored)
    with database.engine.connect() as connection:
        assert revision_of(connection) == scripts().get_current_head()
    database.close()


def test_a_further_revision_holds_only_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    head = scripts().get_current_head()
    assert "op." not in render("9999", head, "nothing_new")
    first = render("0001", None, "first")
    assert first.count("op.create_table") == len(Base.metadata.tables) and "Instant" not in first
