"""Host names, security headers, caches, HEAD and trailing slashes, on every kind of response."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.settings import Settings
from server.guard.headers import HEADERS, TLS_ONLY
from server.guard.hosts import is_known, known_hosts
from tests.server.hollow import PAGE, hollow


@pytest.mark.parametrize(
    ("host", "hosts", "names"),
    [
        ("127.0.0.1", "", ("localhost", "127.0.0.1", "[::1]", "testserver")),
        ("::1", "", ("localhost", "127.0.0.1", "[::1]", "testserver")),
        ("0.0.0.0", "", ("*",)),
        ("192.0.2.1", "", ("*",)),
        ("127.0.0.1", "Navi.example.jp, *.city.example", ("navi.example.jp", "*.city.example")),
        ("127.0.0.1", "*", ("*",)),
    ],
)
def test_which_names_are_ours(host: str, hosts: str, names: tuple[str, ...]) -> None:
    assert known_hosts(Settings(host=host, hosts=hosts)) == names


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("LOCALHOST:8000", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("127.0.0.1:1", True),
        ("a.city.example", True),
        ("city.example", False),
        ("evilcity.example", False),
        ("localhost.evil.example", False),
        ("evil.example:8000", False),
        ("", False),
    ],
)
def test_a_name_is_compared_whole(host: str, known: bool) -> None:
    names = ("localhost", "127.0.0.1", "[::1]", "*.city.example")
    assert is_known(host, names) is known and is_known(host, ("*",))


def test_another_name_is_refused_but_for_health(tmp_path: Path) -> None:
    with hollow(tmp_path) as client:
        elsewhere = {"Host": "evil.example"}
        assert client.get("/api/sources", headers=elsewhere).json()["error"]["code"] == "wrong_host"
        page = client.get("/", headers=elsewhere | PAGE)
        assert page.status_code == 400 and "KYODO_HOSTS" in page.text
        assert client.get("/metrics", headers=elsewhere).status_code == 400
        assert client.get("/healthz", headers=elsewhere).status_code == 503  # no index here, but it answers
    with hollow(tmp_path, hosts="navi.example.jp") as client:
        assert client.get("/nothing", headers={"Host": "navi.example.jp"}).status_code == 404
        assert client.get("/nothing").status_code == 400


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    with hollow(tmp_path, rate_client="20/minute") as client:
        app = client.app
        assert isinstance(app, FastAPI)

        @app.get("/broken")
        def broken() -> None:
            raise RuntimeError

        return client


ADDRESSES = [
    ("GET", "/", 503),
    ("GET", "/static/css/base.css", 200),
    ("GET", "/static/nothing", 404),
    ("GET", "/nothing", 404),
    ("GET", "/api/ask", 405),
    ("POST", "/api/ask", 422),
    ("GET", "/broken", 500),
    ("GET", "/api/ask/", 307),
    ("GET", "/openapi.json", 200),
    ("POST", "/me", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ADDRESSES)
@pytest.mark.parametrize("accept", ["*/*", PAGE["Accept"]])
def test_every_response_has_every_header(client: TestClient, method: str, path: str, status: int, accept: str) -> None:
    response = client.request(method, path, headers={"Accept": accept}, follow_redirects=False)
    assert response.status_code == status
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [value]
    assert "Strict-Transport-Security" not in response.headers and "Server" not in response.headers
    assert len(response.headers["X-Trace-Id"]) == 32
    kept = "no-cache" if path.startswith("/static/") else "no-store"
    assert response.headers["Cache-Control"] == kept


def test_the_policy_allows_own_files_only() -> None:
    rules = dict(rule.strip().partition(" ")[::2] for rule in HEADERS["Content-Security-Policy"].split(";"))
    own = {"script-src", "style-src", "img-src", "connect-src", "font-src", "form-action"}
    assert {name for name, value in rules.items() if value == "'self'"} == own
    assert {value for name, value in rules.items() if name not in own} == {"'none'"}
    assert {"default-src", "object-src", "base-uri", "frame-ancestors"} <= set(rules)


def test_over_tls_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    with hollow(tmp_path, secure_cookies=True) as client:
        for name, value in TLS_ONLY.items():
            assert client.get("/nothing").headers[name] == value


@pytest.mark.parametrize(
    ("path", "private"),
    [
        ("/", False),
        ("/sources", False),
        ("/mention", False),
        ("/me", True),
        ("/me/data", True),
        ("/admin", True),
        ("/api/ask", True),
        ("/c/" + "0a" * 16, True),
        ("/d/" + "0a" * 16 + "/confirm", True),
        ("/c/" + "0a" * 17, False),
    ],
)
def test_private_pages_stay_out_of_search_engines(client: TestClient, path: str, private: bool) -> None:
    assert ("noindex" in client.get(path).headers.get("X-Robots-Tag", "")) is private


def test_a_static_file_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/static/css/base.css")
    again = client.get("/static/css/base.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize("path", ["/", "/static/css/base.css", "/nothing", "/openapi.json", "/broken"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code and not head.content
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_a_trailing_slash_leads_to_the_page(client: TestClient) -> None:
    found = client.get("/api/sources/", follow_redirects=False)
    assert found.status_code == 307 and found.headers["Location"].endswith("/api/sources")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fapp.py",
        "/static//etc/passwd",
        "/static/css%00/base.css",
        "/static/" + "a" * 5000,
    ],
)
def test_files_outside_are_not_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404)
