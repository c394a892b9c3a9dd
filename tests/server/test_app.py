"""The HTTP face: answers, evidence, errors, headers, and a page that works without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistant import errors
from assistant.embeddings import E5
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.errors import STATUS
from server.guard.headers import HEADERS


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def test_ask(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "協働契約には何を定めなければなりませんか"}).json()
    assert answer["status"] == "answered" and "第12条第2項" in answer["text"]


def test_ask_in_easy_japanese_and_in_another_language(client: TestClient) -> None:
    question = "青葉区で花と緑の活動、担当はどこ"
    easy, plain = (client.post("/api/ask", json={"question": question, "easy": e}).json() for e in (True, False))
    assert "に 聞いて ください" in easy["text"] and "に 聞いて ください" not in plain["text"]
    assert client.post("/api/ask", json={"question": "What does Article 12 say?"}).json()["language"] == "en"
    assert client.post("/api/ask", json={"question": question, "easy": "いいえ"}).status_code == 422


def test_a_follow_up_comes_with_the_questions_before_it(client: TestClient) -> None:
    body = {"question": "栄区は？", "history": ["泉区の子育て支援拠点の名前は？"]}
    answer = client.post("/api/ask", json=body).json()
    assert answer["standalone"] == "栄区の子育て支援拠点の名前は？" and "にこりんく" in answer["text"]


def test_the_evidence_can_be_opened(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "青葉区で花と緑の活動、担当はどこ"}).json()
    for citation in answer["citations"]:
        chunk = client.get(f"/api/sources/{citation['source_id']}/chunks/{citation['chunk_id']}").json()
        assert citation["quote"] in chunk["text"]
        page = client.get(f"/sources/{citation['source_id']}/{citation['chunk_id']}")
        assert page.status_code == 200 and 'class="passage cited"' in page.text


def test_sources_and_directory(client: TestClient) -> None:
    sources = client.get("/api/sources").json()
    assert [s["id"] for s in sources if s["expected"]] == [
        "ampersand",
        "kyodo-nyumon",
        "kyodo-kisoku",
        "kaishaku-tebiki",
    ]
    assert len(client.get("/api/directory").json()) == 203
    assert len(client.get("/api/directory", params={"organization": "青葉区"}).json()) == 6
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.post("/api/search", json={"question": "協働", "limit": 2}).json()[0]["text"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/sources/no/chunks/no", None, 404, "wrong_use"),
        ("GET", "/api/nothing", None, 404, "not_found"),
        ("GET", "/api/ask", None, 405, "refused"),
        ("POST", "/api/ask", {}, 422, "invalid_request"),
        ("POST", "/api/ask", {"question": 3}, 422, "invalid_request"),
        ("POST", "/api/ask", {"question": "a", "history": ["a"] * 11}, 422, "invalid_request"),
        ("POST", "/api/search", {"question": "a", "limit": 0}, 422, "invalid_request"),
        ("POST", "/api/ask", {"question": "あ" * 200_000}, 413, "too_large"),
    ],
)
def test_errors_have_one_shape(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"code", "message", "message_en"} and error["code"] == code and error["message"]


def test_every_error_of_the_project_has_a_status() -> None:
    def tree(kind: type[errors.KyodoError]) -> set[type[errors.KyodoError]]:
        return {kind}.union(*(tree(sub) for sub in kind.__subclasses__()), set())

    assert set(STATUS) == tree(errors.KyodoError) - {errors.KyodoError}


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/css/base.css", "/nothing", "/?q=協働"])
def test_security_headers_everywhere(client: TestClient, path: str) -> None:
    response = client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value


def test_the_page_takes_everything_from_its_own_origin(client: TestClient) -> None:
    empty = client.get("/").text
    assert 'lang="ja"' in empty and empty.count("<h1>") == 1 and "質問の例" in empty
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", empty)
    assert scripts == [""] * len(scripts)
    assert "http" not in re.sub(r'(href|src)="http://testserver', "", empty).replace("http-equiv", "")


def test_a_missing_passage_is_a_page(client: TestClient) -> None:
    response = client.get("/sources/yokohama-report-r2/" + quote("../../etc/passwd", safe=""))
    assert response.status_code == 404
    page = client.get("/sources/no/no")
    assert page.status_code == 404 and "見つかりません" in page.text


def test_static_files_stay_in_their_folder(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert client.get(path).status_code == 404


def test_without_an_index_the_page_says_what_to_do(tmp_path: Path) -> None:
    service = Service(Settings(home=tmp_path / "home"), E5())
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        page = client.get("/")
        assert page.status_code == 503 and "kyodo ingest" in page.text and "エラー：" in page.text
        assert client.get("/healthz").status_code == 503
        assert client.post("/api/ask", json={"question": "協働"}).json()["error"]["code"] == "no_index"


def test_an_unexpected_error_tells_nothing_of_the_inside(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(question: str) -> None:
        raise RuntimeError("the inside: /secret/path")

    monkeypatch.setattr(service, "ask", broken)
    response = client.post("/api/ask", json={"question": "協働"})
    assert response.status_code == 500
    assert "secret" not in response.text and response.json()["error"]["code"] == "failed"


def test_the_schema_is_served(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert {"/api/ask", "/api/search", "/api/sources", "/api/directory", "/healthz"} <= set(schema["paths"])
