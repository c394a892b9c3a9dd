"""POST /api/drafts and its export: drafts, answers, files with Japanese names, errors in one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from assistant.draft.export.embed import embedded_draft
from assistant.service import Service
from server.app import create_app

BRIEF = "青葉区とNPO法人こもれびです。目的は、高齢者の話し相手を増やすことです。"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def test_a_draft_and_its_continuation(client: TestClient) -> None:
    made = client.post("/api/drafts", json={"document": "proposal", "brief": BRIEF}).json()
    assert made["status"] == "drafted" and "roles" in made["question_keys"]
    fields = {**made["fields"], "roles": "区は場所、こもれびは運営", "form": "補助型"}
    again = client.post("/api/drafts", json={"document": "proposal", "brief": made["brief"], "fields": fields}).json()
    assert "roles" not in again["question_keys"] and again["form"] == "補助型"


@pytest.mark.parametrize(
    ("format", "kind", "start"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("html", "text/html; charset=utf-8", b"<!"),
        ("md", "text/markdown; charset=utf-8", b"# "),
        ("json", "application/json", b"{"),
    ],
)
def test_export(client: TestClient, format: str, kind: str, start: bytes) -> None:
    body = {"document": "contract", "brief": BRIEF, "fields": {"name": 'お茶"の\r\n会/;=é'}}
    response = client.post("/api/drafts/export", params={"format": format}, json=body)
    assert response.status_code == 200 and response.headers["content-type"] == kind
    assert response.content.startswith(start)
    plain, _, encoded = response.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert plain == f'attachment; filename="draft.{format}"'
    assert encoded.isascii() and unquote(encoded) == f"協働契約書案_お茶_の_会_;=é.{format}"


def test_the_word_file_holds_the_draft(client: TestClient) -> None:
    body = {"document": "agreement", "brief": BRIEF}
    data = client.post("/api/drafts/export", json=body).content
    found = embedded_draft(data)
    assert found is not None and found.model_dump(mode="json") == client.post("/api/drafts", json=body).json()


@pytest.mark.parametrize("brief", ["", "はい", "花を植えます。" * 14_000, "We want to plant flowers.", "\ud800"])
def test_what_tells_nothing_is_declined_and_no_error(client: TestClient, brief: str) -> None:
    body = json.dumps({"document": "contract", "brief": brief}, ensure_ascii=brief == "\ud800").encode()
    made, file = (
        client.post(path, content=body, headers={"Content-Type": "application/json"})
        for path in ("/api/drafts", "/api/drafts/export")
    )
    assert made.json()["status"] == "declined"
    assert file.status_code == 200 and file.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/drafts", {}, 422, "invalid_request"),
        ("/api/drafts", {"document": "memo", "brief": ""}, 422, "invalid_request"),
        ("/api/drafts", {"document": "contract", "form": "請負"}, 422, "invalid_request"),
        ("/api/drafts", {"document": "contract", "fields": {"budget": "1円"}}, 422, "invalid_request"),
        ("/api/drafts", {"document": "contract", "fields": {"cost": 1}}, 422, "invalid_request"),
        ("/api/drafts", {"document": "contract", "brief": "あ" * 200_000}, 413, "too_large"),
        ("/api/drafts/export?format=pdf", {"document": "contract"}, 422, "invalid_request"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, body: object, status: int, code: str) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"code", "message", "message_en"} and error["code"] == code and error["message"]


def test_an_unknown_field_is_told_with_those_that_are_known(client: TestClient) -> None:
    error = client.post("/api/drafts", json={"document": "contract", "fields": {"budget": "1円"}}).json()["error"]
    assert "budget" in error["message_en"] and "費用の分担（cost）" in error["message_en"]
