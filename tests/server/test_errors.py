"""Errors as pages and as JSON: what happened, what to do next, the trace id; also when nothing else works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from server import errors as server_errors
from server.guard import body
from server.words import keys
from tests.server.hollow import PAGE, hollow


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with hollow(tmp_path) as client:
        app = client.app
        assert isinstance(app, FastAPI)

        @app.get("/raise/{name}")
        def raised(name: str, number: int = 0) -> None:
            known = {kind.__name__: kind for kind in server_errors.STATUS}
            if name in known:
                raise known[name]("日本語のわけ", "an English reason")
            if name.isdigit():
                raise HTTPException(int(name))
            raise RuntimeError("the inside: /secret/path")

        yield client


CASES = [
    ("/raise/WrongUse", 404, "wrong_use", "ページが見つかりません"),
    ("/raise/BadInputFile", 422, "bad_input_file", "送られた内容に誤りがあります"),
    ("/raise/NoIndex", 503, "no_index", "いまはお使いになれません"),
    ("/raise/StorageFailed", 507, "storage_failed", "保存できませんでした"),
    ("/raise/StoreUnreachable", 502, "store_unreachable", "いまはお使いになれません"),
    ("/raise/404", 404, "not_found", "ページが見つかりません"),
    ("/raise/403", 403, "refused", "受け付けられませんでした"),
    ("/raise/409", 409, "refused", "受け付けられませんでした"),
    ("/raise/418", 418, "refused", "受け付けられませんでした"),
    ("/raise/x", 500, "failed", "サーバーで問題が起きました"),
    ("/raise/x?number=x", 422, "invalid_request", "送られた内容に誤りがあります"),
    ("/nothing", 404, "not_found", "ページが見つかりません"),
]


@pytest.mark.parametrize(("path", "status", "code", "title"), CASES)
def test_one_error_two_faces(client: TestClient, path: str, status: int, code: str, title: str) -> None:
    told = client.get(path)
    error = told.json()["error"]
    assert told.status_code == status and error["code"] == code and error["message"] and error["message_en"]
    page = client.get(path, headers=PAGE)
    assert page.status_code == status and page.headers["Content-Type"].startswith("text/html")
    assert f"<title>エラー：{title}" in page.text and f"<h1>{title}</h1>" in page.text
    assert page.headers["X-Trace-Id"] in page.text and "secret" not in page.text + told.text
    if code == "no_index":
        assert "日本語のわけ" in page.text and error["message"] == "日本語のわけ"


def test_a_page_in_english(client: TestClient) -> None:
    page = client.get("/raise/NoIndex?lang=en", headers=PAGE).text
    assert '<html lang="en">' in page and "<title>Error: Not available now" in page and "an English reason" in page
    assert not re.search("[ぁ-ん]", re.sub(r'<[^>]*lang="ja".*', "", page))


@pytest.mark.parametrize("path", ["/api/nothing", "/api/raise", "/healthz", "/metrics/x"])
def test_addresses_for_programs_never_answer_with_a_page(client: TestClient, path: str) -> None:
    assert set(client.get(path, headers=PAGE).json()) == {"error"}


def test_a_method_that_is_not_there_names_those_that_are(client: TestClient) -> None:
    page = client.get("/api/search")
    assert page.status_code == 405 and page.headers["Allow"] == "POST"
    shown = client.post("/raise/x", headers=PAGE)
    assert shown.status_code == 405 and "この開き方はできません" in shown.text


def test_what_is_too_large_is_a_page_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.post("/ask", data={"question": "あ" * body.LARGEST}, headers=PAGE)
    assert page.status_code == 413 and "上限512KB" in page.text and "ファイルを選んで" in page.text


def test_an_error_within_the_error_page_is_plain_text(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("no template")

    monkeypatch.setattr(server_errors, "render", broken)
    page = client.get("/raise/x", headers=PAGE)
    assert page.status_code == 500 and page.headers["Content-Type"].startswith("text/plain")
    assert "予期しない誤り" in page.text and "X-Trace-Id" in page.headers and "no template" not in page.text


def test_pages_of_errors_need_no_database(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    database, app.state.database = app.state.database, None
    assert client.get("/raise/x", headers=PAGE).status_code == 500
    assert client.get("/nothing", headers=PAGE).status_code == 404
    app.state.database = database


def test_every_error_has_its_words() -> None:
    names = {key.removeprefix("errors.").removesuffix("_what") for key in keys() if key.endswith("_what")}
    for name in names:
        for part in ("title", "what", "next"):
            assert set(keys()[f"errors.{name}_{part}"]) == {"ja", "en"}
    for kind, status in server_errors.STATUS.items():
        assert server_errors._words(kind.code, status) == f"s{status}"
