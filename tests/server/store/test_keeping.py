"""What is kept of a visitor, how long, and that it goes when asked; two writers at once; a database that refuses."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from typer.testing import CliRunner

import kyodo
from assistant.drafts import Review
from assistant.errors import KyodoError, StorageFailed, StoreUnreachable, WrongUse
from assistant.outcomes import Reason
from assistant.settings import Settings
from server.session import load_secret
from server.store.conversations import conversations_of, turns_of
from server.store.database import Database
from server.store.outcomes import add_answer
from server.store.personal import counts_of, kept_of
from server.store.retention import purge
from server.store.reviews import add_review, reviews_of
from server.store.tables import Base, Outcome, SavedReview, Turn, Visitor, now
from server.store.visitors import forget_visitor, keep_visitor
from tests.server.store.postgres import Cluster
from tests.server.store.samples import FILE, age, answer, fill, turn_of

A, B = "a" * 64, "b" * 64


def rows(session: Session) -> dict[str, int]:
    found = {name: session.scalar(select(func.count()).select_from(t)) or 0 for name, t in Base.metadata.tables.items()}
    return {name: count for name, count in found.items() if count}


def test_what_was_kept_comes_back_as_it_was(database: Database) -> None:
    with database.session() as session:
        first = turn_of(
            session, A, "協働とは\x00\ud800？"
        )  # what PostgreSQL or UTF-8 cannot hold does not stop an answer
    with database.session() as session:
        ((conversation, turn),) = conversations_of(session, A)
        assert turn.id == first.id and turn.asked == "協働とは\ufffd？" and turn.created.tzinfo is not None
        assert [row.n for row in turns_of(session, conversation.id)] == [1]


def test_everything_kept_is_shown_and_forgotten_with_its_visitor(database: Database) -> None:
    with database.session() as session:
        fill(session, A)
        fill(session, B)
    with database.session() as session:
        kept = kept_of(session, A)
        assert json.loads(json.dumps(kept, default=str))["turns"][0]["asked"] == "協働とは"
        assert b64decode(kept["reviews"][0]["data"]) == FILE and kept["visitors"][0]["progress"] == {"round": 1}
        # Whatever hangs on a visitor is in it, and what names nobody is not.
        assert {name for name in kept if kept[name]} == rows(session).keys() - {"feedback", "outcomes"}
        counts = counts_of(session, A)
        assert (counts.conversations, counts.questions, counts.drafts, counts.reviews) == (1, 1, 1, 1)
        assert counts.progress and not counts.nothing
        forget_visitor(session, A)
    with database.session() as session:
        assert counts_of(session, A).nothing and not any(kept_of(session, A).values())
        assert counts_of(session, B).questions == 1
        assert rows(session)["feedback"] == 2


def test_purge_removes_what_is_older_than_the_setting(database: Database, stored: Settings) -> None:
    with database.session() as session:
        fill(session, A)
        age(session, now() - timedelta(days=89))
    with database.session() as session:
        assert purge(session, stored) == dict.fromkeys(_TABLES, 0) | {"reviews": 1}
        assert purge(session, stored, at=now() + timedelta(days=2)) == dict.fromkeys(_TABLES, 1) | {"reviews": 0}
        assert rows(session) == {}


_TABLES = ("conversations", "drafts", "reviews", "feedback", "outcomes", "visitors")


def test_purge_keeps_what_is_still_used(database: Database, stored: Settings) -> None:
    with database.session() as session:
        old = turn_of(session, A)
        age(session, now() - timedelta(days=100))
        session.expire_all()
        conversation = old.conversation
        session.add(Turn(id="t" * 32, conversation=conversation, n=2, asked="続き", answer={}, past={}))
    with database.session() as session:
        assert not any(purge(session, stored).values())
        assert purge(session, stored, days=0) == dict.fromkeys(_TABLES, 0) | {"conversations": 1, "visitors": 1}


def test_the_command_purges(tmp_path: Path) -> None:
    database = Database(Settings(home=tmp_path / "home"))
    with database.session() as session:
        fill(session, A)
        age(session, now() - timedelta(days=20))
    database.close()
    home = ["--home", str(tmp_path / "home")]
    kept = CliRunner().invoke(kyodo.app, [*home, "purge", "--json"])
    assert json.loads(kept.stdout) == dict.fromkeys(_TABLES, 0) | {"reviews": 1}
    gone = CliRunner().invoke(kyodo.app, [*home, "purge", "--days", "10"])
    assert "会話1件" in gone.stdout and "conversations 1" in gone.stdout and "点検" not in gone.stdout
    assert "消すデータはありません" in CliRunner().invoke(kyodo.app, [*home, "purge", "--days", "10"]).stderr
    assert CliRunner().invoke(kyodo.app, [*home, "purge", "--days", "-1"]).exit_code == 2


def test_two_tabs_may_both_be_the_first(database: Database) -> None:
    barrier = threading.Barrier(4)

    def first() -> None:
        barrier.wait()
        with database.session() as session:
            keep_visitor(session, A)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(first) for _ in range(4)]:
            done.result()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Visitor)) == 1


def test_two_processes_write_at_once(database: Database, stored: Settings) -> None:
    code = (
        "import sys\nfrom assistant.settings import Settings\nfrom server.store.database import Database\n"
        "from server.store.outcomes import add_answer\nfrom tests.server.store.samples import answer, turn_of\n"
        "database = Database(Settings(home=sys.argv[1], database=sys.argv[2]))\n"
        "for n in range(100):\n    with database.session() as session:\n"
        "        add_answer(session, answer())\n        turn_of(session, sys.argv[3])\n"
    )
    start = [sys.executable, "-c", code, str(stored.home), stored.database]
    started = [subprocess.Popen([*start, visitor], stderr=subprocess.PIPE, text=True) for visitor in (A, B)]
    for process in started:
        _, told = process.communicate(timeout=300)
        assert process.returncode == 0, told
    with database.session() as session:
        assert rows(session) == {"visitors": 2, "conversations": 200, "turns": 200, "outcomes": 200}


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database in a file whose writers wait only a moment."""
    monkeypatch.setattr("server.store.database._BUSY_MS", 50)
    return Database(Settings(home=tmp_path / "home"))


def _write(database: Database) -> None:
    with database.session() as session:
        keep_visitor(session, A)
        session.add(SavedReview(id="r" * 32, visitor=A, data=b"x" * 100_000, review={}))


def test_a_locked_database_is_told_and_reading_goes_on(local: Database) -> None:
    with local.engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="another process is writing"):
            _write(local)
        with local.session() as session:
            assert rows(session) == {}
        assert local.tried(lambda session: add_answer(session, answer())) is None
    _write(local)
    local.close()


def test_a_full_disk_is_told(local: Database) -> None:
    with local.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(
            f"PRAGMA max_page_count={pages}"
        )  # of this connection, which the pool hands out again
    with pytest.raises(StorageFailed, match="is full"):
        _write(local)
    local.close()


def test_a_file_that_is_no_database_is_told_at_start(tmp_path: Path) -> None:
    (tmp_path / "web.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StorageFailed, match="cannot be opened or read"):
        Database(Settings(home=tmp_path))


def test_a_read_only_database_is_told(local: Database) -> None:
    with local.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StorageFailed, match="cannot be written"):
        _write(local)
    local.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql+psycopg://kyodo:geheim@127.0.0.1:9/kyodo", StoreUnreachable),
        ("postgresql+psycopg://kyodo@/kyodo?host=/nowhere", StoreUnreachable),
        ("sqlite:////nowhere/at/all.db", StorageFailed),
        ("geheim", WrongUse),
        ("oracle+nothing://geheim@x/y", WrongUse),
        ("mysql+mysqldb://geheim@x/y", WrongUse),
    ],
)
def test_a_database_that_cannot_be_had_is_told_at_start(tmp_path: Path, url: str, kind: type[KyodoError]) -> None:
    with pytest.raises(kind) as told:
        Database(Settings(home=tmp_path, database=url))
    assert "geheim" not in str(told.value) and told.value.ja


def test_a_server_that_goes_away_is_told(postgres: Cluster, tmp_path: Path) -> None:
    database = Database(Settings(home=tmp_path, database=postgres.database()))
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with pytest.raises(StoreUnreachable), database.session() as session:
        session.connection().exec_driver_sql(ends)
    with database.session() as session:  # and once it is back, all is well
        assert rows(session) == {}
    database.close()


def test_a_fault_of_the_program_stays_one_and_tells_nothing_of_its_data(database: Database) -> None:
    with pytest.raises(IntegrityError) as told, database.session() as session:
        session.add(SavedReview(id="r" * 32, visitor="nobody", name="内緒.docx", review={}))
    assert "内緒" not in str(told.value)


def test_a_question_is_kept_only_if_it_was_not_answered(database: Database) -> None:
    with database.session() as session:
        for reason in (Reason.FOUND, Reason.NOT_IN_DOCUMENTS, Reason.PRIVATE):
            add_answer(session, answer(f"{reason}の質問", reason))
    with database.session() as session:
        kept = session.scalars(select(Outcome.question).order_by(Outcome.id)).all()
    assert kept == ["", "not_in_documentsの質問", ""]


def test_what_is_deleted_does_not_stay_in_the_file(tmp_path: Path) -> None:
    database = Database(Settings(home=tmp_path))
    with database.session() as session:
        turn_of(session, A, "だれにも知られたくない質問")
    with database.session() as session:
        forget_visitor(session, A)
    database.close()
    with sqlite3.connect(tmp_path / "web.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("web.db*"))
    assert "だれにも知られたくない質問".encode() not in kept


def test_the_key_of_the_forms_is_the_same_for_all_who_start_at_once(tmp_path: Path) -> None:
    barrier = threading.Barrier(16)

    def start() -> bytes:
        barrier.wait()
        return load_secret(Settings(home=tmp_path / "home"))

    with ThreadPoolExecutor(16) as threads:
        keys = {done.result() for done in [threads.submit(start) for _ in range(16)]}
    assert len(keys) == 1 and len(keys.pop()) == 32
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["web.key"]
    assert (tmp_path / "home" / "web.key").stat().st_mode & 0o777 == 0o600


def test_of_many_reviews_the_latest_stay(database: Database) -> None:
    review = Review(status="reviewed", document="contract")
    with database.session() as session:
        mine = add_review(session, B, "別の人.docx", FILE, review).id
    for n in range(25):
        with database.session() as session:
            add_review(session, A, f"{n}.docx", FILE, review)
    with database.session() as session:
        assert [row.name for row in reviews_of(session, A, 1)] == [f"{n}.docx" for n in reversed(range(5, 25))]
        assert [row.id for row in reviews_of(session, B, 1)] == [mine]
