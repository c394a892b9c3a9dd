"""The furigana switch: off at first, remembered, nothing but text in the page; and the readings as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.service import Service
from server.app import create_app
from server.furigana import with_readings

CITY = "<ruby>市<rp>（</rp><rt>し</rt><rp>）</rp></ruby>"


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


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


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>市</p>", f"<p>{CITY}</p>"),
        ("<p>&lt;b&gt;市&amp;&#20154;</p>", f"<p>&lt;b&gt;{CITY}&amp;&#20154;</p>"),
        ('<p title="市">市<br>A</p>', f'<p title="市">{CITY}<br>A</p>'),
        (
            '<p lang="zh">市<span lang="ja">市</span>市</p>市',
            f'<p lang="zh">市<span lang="ja">{CITY}</span>市</p>{CITY}',
        ),
        ("<textarea>市</textarea><option>市</option>", f"<textarea>市</textarea><option>{CITY}</option>"),
        ("<select><option>市</option></select><code>市</code>", "<select><option>市</option></select><code>市</code>"),
        ("<!doctype html><!-- 市 --><svg viewBox='0 0 1 1'><text>市</text></svg>",) * 2,
        ("<template>市</template>",) * 2,
        ("<script>let x = '市' < 1;</script><ruby>市<rt>し</rt></ruby>",) * 2,
    ],
)
def test_japanese_text_gets_readings_and_nothing_else_changes(html: str, read: str) -> None:
    assert with_readings(html) == read


def test_a_page_in_english_gets_them_over_its_japanese_parts() -> None:
    assert with_readings('市<span lang="ja">市</span>', "en") == f'市<span lang="ja">{CITY}</span>'


@pytest.mark.parametrize("path", ["/", "/learn/lessons/1", "/sources", "/directory", "/drafts", "/about", "/nothing"])
def test_without_its_readings_a_page_is_the_same(client: TestClient, path: str) -> None:
    headers = {"Accept": "text/html"}
    plain, read = (client.get(path, params={"ruby": choice}, headers=headers).text for choice in ("off", "on"))
    bare = re.sub(r"<rp>（</rp><rt>[ぁ-ヿ]+</rt><rp>）</rp>|</?ruby>", "", read)
    cut = re.compile(r' furigana|<li><a href="\?[^>]*ruby=.*?</li>|<code>.*?</code>|[0-9a-f]{32,64}')
    assert "<rt>" in read and cut.sub("", bare) == cut.sub("", plain)


def test_readings_as_json(client: TestClient) -> None:
    text = "取組みは第12条\n<b>"
    found = client.post("/api/ruby", json={"text": text}).json()["segments"]
    assert "".join(segment["text"] for segment in found) == text
    assert found[0] == {"text": "取組", "reading": "とりく"}
    assert client.post("/api/ruby", json={"text": ""}).json() == {"segments": []}
    assert client.post("/api/ruby", json={"text": "市" * 20_001}).status_code == 422
    assert client.post("/api/ruby", content=b'{"text": "\\ud800"}').status_code == 422
