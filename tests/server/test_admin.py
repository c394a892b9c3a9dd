"""運用: off until configured, opened by a token or a proxy's user, and what it shows and hands out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError

from assistant.embeddings import E5
from assistant.outcomes import Reason, Status
from assistant.service import Service
from assistant.settings import Settings
from eval.case_files import Fact, Refusal, Routing
from eval.configuration import Configuration
from eval.results import Figure, Report, save
from ingest.run import Run
from server.app import create_app
from server.store.database import Database
from server.store.feedback import add_feedback
from server.store.outcomes import add_answer
from server.words import keys
from tests.server.forms import sign
from tests.server.store.samples import answer, turn_of

TOKEN = "the-operators-token"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PAGES = ("", "/unanswered", "/unanswered.csv", "/unanswered.json", "/feedback", "/state", "/cases/facts.jsonl")
API = (
    "outcomes",
    "times",
    "unanswered",
    "unanswered.csv",
    "feedback",
    "cases/facts",
    "index",
    "evaluation",
    "database",
)
Opened = Callable[..., TestClient]


@pytest.fixture
def opened(built: Run, embedder: E5, tmp_path: Path) -> Iterator[Opened]:
    """A client of a service over the built index with a database of its own and these settings."""
    with ExitStack() as stack:

        def opened(**settings: Any) -> TestClient:
            told = {"home": built.settings.home, "database": f"sqlite:///{tmp_path / 'admin.db'}", **settings}
            app = create_app(Service(Settings(**told), embedder))
            return stack.enter_context(TestClient(app, raise_server_exceptions=False, follow_redirects=False))

        yield opened


@pytest.fixture
def client(opened: Opened) -> TestClient:
    """Logged in, over a few answers and three pieces of feedback."""
    client = opened(admin_token=TOKEN)
    fill(database_of(client))
    log_in(client)
    return client


def database_of(client: TestClient) -> Database:
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    return database


def log_in(client: TestClient, token: str = TOKEN) -> Any:
    return client.post("/admin/login", data={"sign": sign(client), "token": token})


def fill(database: Database) -> None:
    visitor = "a" * 64
    with database.session() as session:
        for question in ("市の予算は？", "市の予算は ？", "=HYPERLINK(1)", "協働の提案はいつまで？"):
            add_answer(session, answer(question, Reason.NOT_IN_DOCUMENTS))
        add_answer(session, answer("協働とは"))
        facts = turn_of(session, visitor, "<b>協働</b>とは", text="<script>alert(1)</script>")
        routing = turn_of(session, visitor, "花の担当は？", reason=Reason.DIVISION_FOUND)
        add_feedback(session, facts, "wrong", "年度が違う", "報告書 本編15ページ")
        session.flush()
        add_feedback(session, routing, "incomplete", "", "")
        session.flush()
        add_feedback(session, facts, "right", "", "")


@pytest.mark.parametrize("headers", [{}, BEARER, {"X-Forwarded-User": "sato"}])
def test_everything_is_off_until_configured(opened: Opened, headers: dict[str, str]) -> None:
    client = opened()
    paths = [*(f"/admin{path}" for path in (*PAGES, "/login", "/feedback/1")), *(f"/api/admin/{path}" for path in API)]
    for path in paths:
        assert client.get(path, headers=headers).status_code == 404, path
    assert log_in(client, "").status_code == 404
    assert client.post("/api/admin/feedback/1", json={"state": "done"}, headers=headers).status_code == 404


def test_nothing_is_shown_before_the_token(opened: Opened) -> None:
    client = opened(admin_token=TOKEN)
    fill(database_of(client))
    for path in (*PAGES, "/feedback/1"):
        response = client.get(f"/admin{path}")
        assert response.status_code == 303 and response.headers["location"] == "/admin/login", path
    for path in API:
        response = client.get(f"/api/admin/{path}")
        assert response.status_code == 401 and "予算" not in response.text, path
    assert client.get("/api/admin/outcomes", headers={"Authorization": "Bearer wrong"}).status_code == 401
    moved = client.post("/admin/feedback/1", data={"sign": sign(client), "state": "done"})
    assert moved.headers["location"] == "/admin/login"


def test_the_token_opens_and_log_out_closes(opened: Opened) -> None:
    client = opened(admin_token=TOKEN)
    assert log_in(client, "wrong").status_code == 422
    assert "エラー：" in log_in(client, "wrong").text and "合い言葉を入力してください" in log_in(client, " ").text
    done = log_in(client)
    cookie = done.headers["set-cookie"]
    assert done.status_code == 303 and done.headers["location"] == "/admin" and TOKEN not in cookie
    assert all(part in cookie for part in ("HttpOnly", "Path=/admin", "SameSite=strict", "Max-Age=28800"))
    page = client.get("/admin")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert client.get("/admin/login").headers["location"] == "/admin"
    assert client.post("/admin/logout").status_code == 403
    client.post("/admin/logout", data={"sign": sign(client)})
    assert client.get("/admin").status_code == 303


def test_a_login_from_another_site_is_refused(opened: Opened) -> None:
    assert opened(admin_token=TOKEN).post("/admin/login", data={"token": TOKEN}).status_code == 403


def test_a_session_ends_in_time_with_another_token_and_with_a_forged_seal(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(admin_token=TOKEN)
    log_in(client)
    kept = client.cookies["kyodo_admin"]
    until, _, seal = kept.partition(".")
    for forged in (f"{int(until) + 1}.{seal}", f"{until}.", f"{until}.{seal[:-1]}ー", f"１{until}.{seal}", "", "."):
        headers = {"Cookie": f"kyodo_admin={forged}".encode()}
        other = opened(admin_token=TOKEN)
        assert other.get("/admin", headers=headers).status_code == 303, forged  # type: ignore[arg-type]
    assert opened(admin_token=TOKEN).get("/admin", headers={"Cookie": f"kyodo_admin={kept}"}).status_code == 200
    another = opened(admin_token="another-token-of-length")
    assert another.get("/admin", headers={"Cookie": f"kyodo_admin={kept}"}).status_code == 303
    monkeypatch.setattr("server.guard.admin.time.time", lambda: int(until) + 1)
    assert client.get("/admin").status_code == 303


def test_wrong_tokens_are_slowed_and_then_refused(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    whole = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await whole(0 if seconds == 0.5 else seconds)

    monkeypatch.setattr("server.pages.admin.login.asyncio.sleep", sleep)
    client = opened(admin_token=TOKEN)
    for _ in range(3):
        assert log_in(client, "wrong").status_code == 422
    for _ in range(2):
        assert client.get("/api/admin/outcomes", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert slept.count(0.5) == 3  # other servers of the tests sleep too
    response = log_in(client)
    assert response.status_code == 429 and 0 < int(response.headers["retry-after"]) <= 15 * 60
    assert "待ってください" in response.text
    assert client.get("/api/admin/outcomes", headers=BEARER).status_code == 429


def test_the_users_of_a_proxy(opened: Opened) -> None:
    client = opened(admin_header="X-Forwarded-User", admin_users="sato, suzuki")
    sato, tanaka = {"X-Forwarded-User": "sato"}, {"X-Forwarded-User": "tanaka"}
    assert client.get("/admin", headers=sato).status_code == 200
    assert client.get("/api/admin/outcomes", headers=sato).json() == []
    assert client.get("/admin", headers=tanaka).status_code == 403 and client.get("/admin").status_code == 403
    assert client.get("/api/admin/outcomes", headers=tanaka).status_code == 401
    assert client.get("/admin/login").status_code == 404
    assert client.get("/api/admin/outcomes", headers=BEARER).status_code == 401
    everybody = opened(admin_header="X-Forwarded-User")
    assert everybody.get("/admin", headers=tanaka).status_code == 200
    assert everybody.get("/admin", headers={"X-Forwarded-User": " "}).status_code == 403
    # What changes something needs the sign: the proxy signs in whoever the browser of a signed-in user comes from.
    fill(database_of(client))
    path, body = "/api/admin/feedback/1", {"state": "done"}
    assert client.post(path, json=body, headers=sato).status_code == 403
    assert client.post(path, json=body, headers={**sato, "X-Sign": sign(client)}).status_code == 200


def test_a_short_token_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 16"):
        Settings(admin_token=SecretStr("short"))


def test_the_overview_counts_without_questions(client: TestClient) -> None:
    page = client.get("/admin").text
    assert "資料に記述がない" in page and "<meter" in page and "p95" in page and "予算" not in page
    assert "まだ見ていない評価が3件" in page
    assert "evidence found" in client.get("/admin?lang=en").text
    rows = client.get("/api/admin/outcomes", headers=BEARER).json()
    assert [(row["reason"], row["count"]) for row in rows] == [("not_in_documents", 4), ("found", 1)]
    assert client.get("/api/admin/times", headers=BEARER).json()[0] == {
        "step": "total",
        "count": 5,
        "p50": 15.0,
        "p95": 15.0,
    }
    assert client.get("/admin?days=0").status_code == 422


def test_what_was_not_answered_is_grouped_and_downloaded(client: TestClient) -> None:
    page = client.get("/admin/unanswered").text
    assert "3種類の質問" in page and "市の予算は" in page and "協働とは" not in page
    rows = list(csv.DictReader(io.StringIO(client.get("/admin/unanswered.csv").text.removeprefix("\ufeff"))))
    assert rows[0]["count"] == "2" and rows[0]["reasons"] == "not_in_documents"
    assert "'=HYPERLINK(1)" in {row["question"] for row in rows}  # a spreadsheet must not carry it out
    file = client.get("/admin/unanswered.json")
    assert file.headers["content-disposition"] == 'attachment; filename="unanswered.json"'
    api = client.get("/api/admin/unanswered", headers=BEARER).json()
    assert file.json() == api and {one["question"] for one in api} >= {"=HYPERLINK(1)"}
    assert client.get("/api/admin/unanswered.csv", headers=BEARER).text.startswith("\ufeffquestion,count")


def test_feedback_is_worked_through(client: TestClient) -> None:
    queue = client.get("/admin/feedback").text
    assert "まだ見ていない（3件）" in queue and "&lt;b&gt;" in queue and "<b>協働" not in queue
    item = client.get("/admin/feedback/1").text
    assert "年度が違う" in item and "報告書 本編15ページ" in item and "<script>alert" not in item
    assert 'value="facts" checked' in item and 'value="routing" checked' in client.get("/admin/feedback/2").text
    assert client.post("/admin/feedback/1", data={"state": "done"}).status_code == 403
    form = {"sign": sign(client), "state": "done", "case": "refuse"}
    assert client.post("/admin/feedback/1", data=form).headers["location"] == "/admin/feedback?settled=1"
    assert "まだ見ていない（2件）" in client.get("/admin/feedback?settled=1").text
    assert "処理済み（1件）" in client.get("/admin/feedback?state=done").text
    back = client.post("/api/admin/feedback/1", json={"state": "new"}, headers=BEARER).json()
    assert (back["state"], back["case"], back["verdict"]) == ("new", "", "wrong")
    assert len(client.get("/api/admin/feedback", headers=BEARER).json()) == 3
    for path in ("/admin/feedback/99", f"/admin/feedback/{2**40}", "/admin/feedback/x"):
        assert client.get(path).status_code in (404, 422)
    assert client.post("/api/admin/feedback/99", json={"state": "done"}, headers=BEARER).status_code == 404
    assert client.post("/api/admin/feedback/1", json={"state": "x"}, headers=BEARER).status_code == 422


def test_feedback_becomes_cases_that_a_person_completes(client: TestClient) -> None:
    """The evaluation refuses a draft, and takes it when `todo` is done."""
    (fact,) = _lines(client, "facts")
    assert fact["question"] == "<b>協働</b>とは" and fact["where"] == "報告書 本編15ページ"
    assert {"must_include", "support"} <= set(fact["todo"]) and fact["feedback"]["reason"] == "年度が違う"
    with pytest.raises(ValidationError):
        Fact.model_validate(fact)
    done = {"must_include": [["第8条"]], "support": ["協働"], "kind": "ordinance", "audience": "citizen"}
    assert Fact.model_validate(fact | done).question == fact["question"]
    (route,) = _lines(client, "routing")
    with pytest.raises(ValidationError):
        Routing.model_validate(route)
    gold = {"gold": [{"organization": "青葉区", "division": "区政推進課"}], "audience": "npo", "note": ""}
    assert Routing.model_validate(route | gold).gold
    client.post("/admin/feedback/1", data={"sign": sign(client), "state": "done", "case": "refuse"})
    client.post("/admin/feedback/2", data={"sign": sign(client), "state": "done", "case": "none"})
    (refusal,) = _lines(client, "refuse")
    assert not _lines(client, "facts") and not _lines(client, "routing")
    with pytest.raises(ValidationError):
        Refusal.model_validate(refusal)
    assert Refusal.model_validate(refusal | {"accept": ["refuse"], "kind": "not_in_corpus"}).accept
    assert client.get("/api/admin/cases/refuse", headers=BEARER).text == client.get("/admin/cases/refuse.jsonl").text
    assert client.get("/admin/cases/other.jsonl").status_code == 422


@pytest.mark.parametrize("case", ["facts", "routing", "refuse"])
def test_cases_have_the_fields_of_the_case_files(client: TestClient, case: str) -> None:
    client.post("/admin/feedback/1", data={"sign": sign(client), "state": "done", "case": case})
    path = Path(__file__).parents[2] / "eval" / "cases" / f"{case}.jsonl"
    known = json.loads(path.read_text("utf-8").splitlines()[1])
    drafted = set(_lines(client, case)[0]) - {"todo", "feedback"}
    assert drafted == set(known) - {"overlap", "tempting"}  # how near a refusal is to the documents is not for a person


def _lines(client: TestClient, case: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.get(f"/admin/cases/{case}.jsonl").text.splitlines()]


def test_index_evaluation_and_database(client: TestClient, built: Run, index: Any) -> None:
    page = client.get("/admin/state").text
    assert index.card.generation in page and "令和3年" in page and "評価の記録はありません" in page
    assert "kyodo ingest add" in page and "sqlite" in page and "（最新）" in page
    state = client.get("/api/admin/index", headers=BEARER).json()
    assert len(state["sources"]) == 5 and {source["id"] for source in state["missing"]} >= {"ampersand"}
    database = client.get("/api/admin/database", headers=BEARER).json()
    assert database["rows"]["feedback"] == 3 and database["bytes"] > 0 and database["revision"] == database["newest"]
    assert client.get("/api/admin/evaluation", headers=BEARER).json() is None


def test_the_last_readable_evaluation_is_shown(opened: Opened, built: Run, index: Any, tmp_path: Path) -> None:
    configuration: Any = Configuration  # only what is read of it
    made_with = configuration.model_construct(version="0.1.0", index=index.card.digest)
    figure = Figure(value=0.931, low=0.9, high=0.95, n=70)
    report = Report.model_construct(
        created="2027-04-01T00:30:00+00:00",
        configuration=made_with,
        figures={"facts_right": figure, "ms_p50": Figure(value=38.4, low=30, high=50, n=70)},
        peers={},
        folders={},
        graded=(),
    )
    reports = built.settings.home / "reports"
    try:
        save(report, reports)
        (reports / "2028-01-01T000000+0000.json").write_text("{broken")
        client = opened(admin_token=TOKEN)
        log_in(client)
        page = client.get("/admin/state").text
        assert "正しい答え" in page and "93.1%" in page and "2027-04-01 09:30" in page and ">38<" in page
        assert "別の索引" not in page
    finally:
        for path in reports.glob("*.json"):
            path.unlink()


def test_without_an_index_the_state_says_so(opened: Opened, tmp_path: Path) -> None:
    client = opened(admin_token=TOKEN, home=tmp_path / "home")
    log_in(client)
    page = client.get("/admin/state")
    assert page.status_code == 200 and "kyodo ingest" in page.text and "データベース" in page.text


def test_every_status_and_reason_has_words() -> None:
    wanted = {*(f"admin.status_{one}" for one in Status), *(f"admin.reason_{one}" for one in Reason)}
    assert wanted <= keys().keys()
