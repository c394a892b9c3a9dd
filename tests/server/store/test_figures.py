"""Figures for operators, on both databases: a day is a day in Japan, times by step, questions grouped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.outcomes import Reason
from server.admin.state import database_state
from server.store import outcomes
from server.store.database import Database
from server.store.feedback import add_feedback, case_of, queue, settle, to_export, verdicts
from server.store.outcomes import add_answer
from server.store.tables import Outcome
from tests.server.store.samples import answer, turn_of


def test_a_day_is_a_day_in_japan(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(2030, 1, 31, 15, 30, tzinfo=UTC)  # half past midnight on the first of February in Japan
    monkeypatch.setattr(outcomes, "now", lambda: evening + timedelta(hours=1))
    with database.session() as session:
        add_answer(session, answer())
        session.flush()
        session.execute(update(Outcome).values(created=evening))
        add_answer(session, answer(reason=Reason.PRIVATE))
        session.flush()
        session.execute(update(Outcome).where(Outcome.reason == "private").values(created=evening - timedelta(hours=1)))
    with database.session() as session:
        rows = outcomes.counts(session, 1)
        assert [(row.day, row.reason, row.count) for row in rows] == [
            ("2030-02-01", "found", 1),
            ("2030-01-31", "private", 1),
        ]
        assert outcomes.by_status(rows)["2030-02-01"] == {"answered": 1}
    monkeypatch.setattr(outcomes, "now", lambda: evening + timedelta(days=2))
    with database.session() as session:
        assert outcomes.counts(session, 1) == [] and outcomes.times(session, 1) == []


def test_times_by_step(database: Database) -> None:
    with database.session() as session:
        for n in range(1, 101):
            add_answer(session, answer(timings_ms={"retrieve": float(n), **({"compose": 1.0} if n > 50 else {})}))
    with database.session() as session:
        total, *steps = outcomes.times(session, 1)
    assert (total.step, total.count) == ("total", 100)
    found = {step.step: step for step in steps}
    assert found["retrieve"].p50 == 50.5 and found["retrieve"].p95 == pytest.approx(95.05)
    assert found["compose"].count == 50


def test_questions_are_grouped_without_space_and_width(database: Database) -> None:
    with database.session() as session:
        for question, reason in (
            ("市の ＡＢＣ は？", Reason.NOT_IN_DOCUMENTS),
            ("市のabcは?", Reason.UNCLEAR),
            ("ほか", Reason.UNCLEAR),
        ):
            add_answer(session, answer(question, reason))
            session.flush()
    with database.session() as session:
        first, second = outcomes.unanswered(session, 1)
    assert (first.question, first.count, first.reasons) == ("市のabcは?", 2, ["not_in_documents", "unclear"])
    assert second.question == "ほか" and first.last.tzinfo is not None


def test_feedback_is_counted_settled_and_exported(database: Database) -> None:
    with database.session() as session:
        turn = turn_of(session, "a" * 64)
        for verdict in ("wrong", "incomplete", "right"):
            add_feedback(session, turn, verdict, "", "")
            session.flush()
    with database.session() as session:
        last, _, first = queue(session)
        assert verdicts(session)["new"] == {"wrong": 1, "incomplete": 1, "right": 1}
        assert case_of(first) == "facts" and case_of(last) is None
        assert settle(session, last.id, "done", "refuse") is not None and settle(session, 99, "done") is None
    with database.session() as session:
        assert [row.verdict for row in queue(session, "done")] == ["right"] and len(queue(session, None)) == 3
        assert len(to_export(session, "facts")) == 2 and len(to_export(session, "refuse")) == 1


def test_the_state_of_the_database(database: Database) -> None:
    with database.session() as session:
        turn_of(session, "a" * 64)
        session.flush()
        state = database_state(session)
    assert state.kind == database.engine.dialect.name and state.version and state.bytes > 10_000
    assert state.revision == state.newest and state.rows["turns"] == 1 and state.rows["feedback"] == 0
