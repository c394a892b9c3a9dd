"""The furigana switch: off at first, remembered, nothing but text in the page; and the readings as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup

from assistant.service import Service
from server.app import create_app


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def _filtered(client: TestClient, text: object, **context: object) -> str:
    template = client.app.state.templates.env.from_string("{{ text|ruby(lang or 'ja') }}")  # type: ignore[attr-defined]
    rendered: str = template.render(text=text, **context)
    return rendered


def test_off_at_first_on_when_chosen_and_remembered(client: TestClient) -> None:
    assert "<rt>" not in client.get("/").text
    on = client.get("/", params={"ruby": "on"})
    assert "<ruby>協働<rp>（</rp><rt>きょうどう</rt><rp>）</rp></ruby>" in on.text
    assert "httponly" in on.headers["set-cookie"].lower() and client.cookies["ruby"] == "on"
    assert "<rt>" in client.get("/").text
    assert "<rt>" not in client.get("/", params={"ruby": "off"}).text
    assert "<rt>" not in client.get("/").text
    assert "<rt>" not in client.get("/", params={"ruby": "<b>"}).text and client.cookies["ruby"] == "off"


def test_the_switches_keep_the_page_and_its_query(client: TestClient) -> None:
    page = client.get("/", params={"x": "a&b=区", "ruby": "on", "lang": "en"}).text
    assert 'href="?x=a%26b%3D%E5%8C%BA&amp;lang=en&amp;ruby=off"' in page
    assert 'href="?x=a%26b%3D%E5%8C%BA&amp;ruby=on&amp;lang=ja"' in page


def test_only_japanese_gets_readings_and_text_is_escaped(client: TestClient) -> None:
    assert _filtered(client, "<b>市</b>", furigana="on") == (
        "&lt;b&gt;<ruby>市<rp>（</rp><rt>し</rt><rp>）</rp></ruby>&lt;/b&gt;"
    )
    assert _filtered(client, "<b>市</b>") == _filtered(client, "<b>市</b>", furigana="off") == "&lt;b&gt;市&lt;/b&gt;"
    assert _filtered(client, "市民", furigana="on", lang="zh") == "市民"
    assert _filtered(client, Markup("<b>市</b>"), furigana="on") == "<b>市</b>"
    assert "<rt>" in _filtered(client, "市 民" * 400, furigana="on", lang="easy")


def test_readings_as_json(client: TestClient) -> None:
    text = "取組みは第12条\n<b>"
    found = client.post("/api/ruby", json={"text": text}).json()["segments"]
    assert "".join(segment["text"] for segment in found) == text
    assert found[0] == {"text": "取組", "reading": "とりく"}
    assert client.post("/api/ruby", json={"text": ""}).json() == {"segments": []}
    assert client.post("/api/ruby", json={"text": "市" * 20_001}).status_code == 422
    assert client.post("/api/ruby", content=b'{"text": "\\ud800"}').status_code == 422
