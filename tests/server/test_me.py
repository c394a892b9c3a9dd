"""What is kept of a browser: seen, taken along, deleted; purged by the service itself; a database that refuses."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.embeddings import E5
from assistant.errors import StorageFailed, StoreUnreachable
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.store.database import Database
from server.store.personal import counts_of
from server.store.tables import now
from tests.server.forms import sign
from tests.server.store.samples import age, fill, turn_of


@pytest.fixture
def client(settings: Settings, embedder: E5) -> Iterator[TestClient]:
    app = create_app(Service(settings, embedder))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def _visitor(client: TestClient) -> str:
    """The visitor of this client, with one of everything."""
    sign(client)
    visitor = hashlib.sha256(client.cookies["kyodo"].encode()).hexdigest()
    with _database(client).session() as session:
        fill(session, visitor)
    return visitor


def _database(client: TestClient) -> Database:
    database: Database = client.app.state.database  # type: ignore[attr-defined]
    return database


def test_a_new_browser_is_told_that_nothing_is_kept(client: TestClient) -> None:
    page = client.get("/me").text
    assert "保存されているものは、ありません" in page and "/me/delete" not in page and "90日" in page
    assert "Nothing is kept" in client.get("/me?lang=en").text
    assert not any(client.get("/api/me").json().values())


def test_everything_is_seen_and_taken_along(client: TestClient) -> None:
    _visitor(client)
    page = client.get("/me").text
    assert "1件（質問1件）" in page and 'href="/me/delete"' in page
    response = client.get("/api/me", params={"download": True})
    assert response.headers["content-disposition"].startswith("attachment") and response.json()["turns"]
    assert response.headers["cache-control"] == "no-store"
    client.cookies.clear()
    assert not any(client.get("/api/me").json().values())  # another browser sees nothing of it


def test_everything_is_deleted_after_a_second_question(client: TestClient) -> None:
    visitor = _visitor(client)
    assert "元に戻すことはできません" in client.get("/me/delete").text
    refused = client.post("/me/delete")
    assert refused.status_code == 403
    done = client.post("/me/delete", data={"sign": sign(client)})
    assert done.status_code == 303 and done.headers["location"] == "/me/deleted"
    assert 'kyodo=""' in done.headers["set-cookie"] and "Max-Age=0" in done.headers["set-cookie"]
    assert "データを消しました" in client.get("/me/deleted").text
    with _database(client).session() as session:
        assert counts_of(session, visitor).nothing


def test_the_api_deletes_with_the_sign_only(client: TestClient) -> None:
    visitor = _visitor(client)
    assert client.delete("/api/me").status_code == 403
    assert client.delete("/api/me", headers={"X-Sign": "0" * 64}).status_code == 403
    done = client.delete("/api/me", headers={"X-Sign": sign(client)})
    assert done.status_code == 204 and "Max-Age=0" in done.headers["set-cookie"]
    with _database(client).session() as session:
        assert counts_of(session, visitor).nothing


def test_the_cookie_lives_as_long_as_what_it_opens(tmp_path: Path) -> None:
    with TestClient(create_app(Service(Settings(home=tmp_path, keep_days=7), E5()))) as client:
        assert f"Max-Age={7 * 24 * 3600}" in client.get("/me").headers["set-cookie"]


def test_the_service_purges_when_it_starts(tmp_path: Path) -> None:
    service = Service(Settings(home=tmp_path, keep_days=30), E5())
    database = Database(service.settings)
    with database.session() as session:
        turn_of(session, "a" * 64)
        age(session, now() - timedelta(days=31))
    with TestClient(create_app(service)):
        deadline = time.monotonic() + 60
        gone = False
        while not gone and time.monotonic() < deadline:
            with database.session() as session:
                gone = counts_of(session, "a" * 64).nothing
        assert gone
    database.close()


@pytest.mark.parametrize(
    ("error", "status", "code"), [(StorageFailed, 507, "storage_failed"), (StoreUnreachable, 502, "store_unreachable")]
)
def test_a_database_that_refuses_is_told_in_the_one_shape(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int, code: str
) -> None:
    def refuse() -> None:
        raise error("いまは保存できません。", "cannot be kept now")

    monkeypatch.setattr(_database(client), "session", refuse)
    response = client.get("/api/me")
    assert response.status_code == status
    assert response.json()["error"] == {
        "code": code,
        "message": "いまは保存できません。",
        "message_en": "cannot be kept now",
    }
