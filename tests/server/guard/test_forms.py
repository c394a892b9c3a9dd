"""Cookies, signs, and what other sites send: nothing changes without the sign of a page that this browser opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from server.guard.csrf import SIGNED, signed
from server.session import visitor_of
from tests.server.forms import sign
from tests.server.hollow import PAGE, hollow

# JSON routes that keep nothing and need no cookie: anybody may call them from anywhere but another site's page.
STATELESS = {
    "/api/ask",
    "/api/ask/stream",
    "/api/search",
    "/api/drafts",
    "/api/drafts/export",
    "/api/reviews",
    "/api/reviews/export",
    "/api/learn/answers",
    "/api/ruby",
}
# Who calls these knows an id of 128 random bits; they look at no cookie.
BY_ID = {"/api/drafts/saved/{identity}", "/api/feedback"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with hollow(tmp_path) as client:
        app = client.app
        assert isinstance(app, FastAPI)

        @app.post("/test-form", dependencies=[SIGNED])
        def form() -> str:
            return "done"

        @app.get("/test-page")
        def page(request: Request) -> Any:
            from server.render import render

            return render(request, "error.html", title="", what="", following="", trace="")

        yield client


def _signed(client: TestClient) -> str:
    found = re.search(r'<meta name="sign" content="([0-9a-f]{64})">', client.get("/test-page").text)
    assert found
    return found[1]


def routes(parts: list[BaseRoute]) -> Iterator[APIRoute]:
    """Every route of the application, also those of included routers."""
    for route in parts:
        if isinstance(route, APIRoute):
            yield route
        elif inner := getattr(route, "original_router", None):
            yield from routes(inner.routes)


def _changing(client: TestClient) -> list[tuple[str, str, APIRoute]]:
    app = client.app
    assert isinstance(app, FastAPI)
    found = [(m, r.path, r) for r in routes(app.routes) for m in r.methods or () if m not in ("GET", "HEAD", "OPTIONS")]
    assert STATELESS & {path for _, path, _ in found}
    return found


def test_everything_that_changes_something_refuses_without_a_sign(client: TestClient) -> None:
    for method, path, _ in _changing(client):
        if path in STATELESS | BY_ID:
            continue
        address = re.sub(r"\{[^}]*int\}", "1", path)
        address = re.sub(r"\{[^}]*\}", "0" * 32, address)
        for headers in ({}, PAGE, {"X-Sign": "0" * 64}, {"Cookie": "kyodo=a"}):
            answered = client.request(method, address, headers=headers, data={"sign": "0" * 64})
            off = path.startswith(("/admin", "/api/admin"))  # how it answers when it is on: tests/server/test_admin.py
            refused = (403, 404) if off else (403,)
            assert answered.status_code in refused, (method, path, answered.status_code)


def _uses(dependant: Dependant, call: object) -> bool:
    return dependant.call is call or any(_uses(inner, call) for inner in dependant.dependencies)


def test_what_belongs_to_a_visitor_is_changed_with_a_sign_only(client: TestClient) -> None:
    for method, path, route in _changing(client):
        if _uses(route.dependant, visitor_of):
            assert _uses(route.dependant, signed), (method, path)
            assert path not in STATELESS | BY_ID


def test_a_form_with_the_sign_of_its_page_goes_through(client: TestClient) -> None:
    told = _signed(client)
    assert client.post("/test-form", data={"sign": told}).status_code == 200
    assert client.post("/test-form", files={"file": b"x"}, data={"sign": told}).status_code == 200
    assert client.post("/test-form", headers={"X-Sign": told}).status_code == 200
    assert client.post("/test-form", json={"sign": told}).status_code == 403  # JSON carries it in the header


def test_the_sign_of_somebody_else_does_not(client: TestClient) -> None:
    theirs = _signed(client)
    client.cookies.clear()
    assert client.post("/test-form", data={"sign": theirs}).status_code == 403
    ours = _signed(client)
    assert ours != theirs
    assert client.post("/test-form", data={"sign": theirs}).status_code == 403
    assert (
        client.post("/test-form", data={"sign": ours + "é\ud800".encode("utf-8", "replace").decode()}).status_code
        == 403
    )


@pytest.mark.parametrize("forged", ["", "a", "a" * 42, "a" * 44, "a" * 42 + "=", "あ" * 43, "a" * 5000])
def test_a_cookie_that_we_cannot_have_made_is_replaced(client: TestClient, forged: str) -> None:
    headers = {b"Cookie": f"kyodo={forged}".encode()}
    page = client.get("/test-page", headers=headers)
    assert len(page.cookies["kyodo"]) == 43 and page.cookies["kyodo"] != forged
    sign_of_forged = re.search(r'name="sign" content="([0-9a-f]+)"', page.text)
    assert sign_of_forged
    client.cookies.clear()
    assert client.post("/test-form", data={"sign": sign_of_forged[1]}, headers=headers).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_over_tls_from_other_hosts(client: TestClient, tmp_path: Path) -> None:
    told = client.get("/test-page").headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=lax" in told and "Path=/" in told and "Secure" not in told
    with hollow(tmp_path, secure_cookies=True) as secure:
        told = secure.get("/nothing", headers=PAGE).headers["set-cookie"]
        assert told.startswith("__Host-kyodo=") and "Secure" in told and "Path=/;" in told and "Domain" not in told
        assert client.get("/test-page").headers["set-cookie"].startswith("kyodo=")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),  # what browsers send under our Referrer-Policy
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "null"}, 200),  # the same over plain HTTP
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({}, 200),
    ],
)
def test_other_sites_send_nothing_even_where_no_sign_is_needed(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    answered = client.post("/api/ask", json={"question": "協働"}, headers=headers)
    assert answered.status_code == status
    if status == 403:
        assert answered.json()["error"]["code"] == "other_site"
        told = _signed(client)
        assert client.post("/test-form", data={"sign": told}, headers=headers).status_code == 403


def test_the_page_of_an_unsigned_form_says_what_to_do(client: TestClient) -> None:
    page = client.post("/test-form", headers=PAGE)
    assert page.status_code == 403 and "<title>エラー：送信を確かめられませんでした" in page.text
    assert "「戻る」" in page.text and page.headers["X-Trace-Id"] in page.text


def test_the_helper_of_the_other_tests_reads_the_same_sign(tmp_path: Path) -> None:
    with hollow(tmp_path) as client:
        assert sign(client) == sign(client)
