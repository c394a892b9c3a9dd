"""What people send stays text: in pages, in event streams, in headers of downloads. A new page is one line in a table."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, unquote

import pytest
from fastapi.testclient import TestClient

from assistant.service import Service
from server.app import create_app
from tests.server.forms import sign
from tests.server.hollow import PAGE

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)//",
    "{{7*7}}{% raw %}",
    "a\r\nSet-Cookie: evil=1\r\n\r\n<b>",
    "a\n\nevent: answer\ndata: {}\n\n",
    "&lt;script&gt;\u2028\x00\u202e",
)
Send = Callable[[TestClient, str], Any]

# What sends a text to a page that may show it. `sign` is the sign of the client's forms.
PAGES: dict[str, Send] = {
    "question in the address": lambda c, text: c.get("/", params={"q": text}, headers=PAGE),
    "language": lambda c, text: c.get("/", params={"lang": text}, headers=PAGE),
    "question in a form": lambda c, text: c.post("/ask", data={"question": text, "sign": sign(c)}, headers=PAGE),
    "brief": lambda c, text: c.post("/drafts", data={"brief": text, "sign": sign(c)}, headers=PAGE),
    "document": lambda c, text: c.post("/reviews", data={"text": text, "sign": sign(c)}, headers=PAGE),
    "file": lambda c, text: c.post(
        "/reviews", files={"file": (text, b"a")}, data={"sign": sign(c), "document": text}, headers=PAGE
    ),
    "source": lambda c, text: c.get(f"/sources/{quote(text, safe='')}/a", headers=PAGE),
    "chunk": lambda c, text: c.get(f"/sources/yokohama-report-r2/{quote(text, safe='')}", headers=PAGE),
    "unknown address": lambda c, text: c.get(f"/{quote(text, safe='')}", headers=PAGE),
    "host": lambda c, text: c.get("/", headers={**PAGE, "Host": quote(text, safe="<>'\" ")}),
}
# What sends a text to something that is no page: none of it may be read as one, or end a header or an event.
OTHERS: dict[str, Send] = {
    "ask": lambda c, text: c.post("/api/ask", json={"question": text}),
    "ask stream": lambda c, text: c.post("/api/ask/stream", json={"question": text}),
    "field name": lambda c, text: c.post("/api/drafts", json={"document": "contract", "fields": {text: "a"}}),
    "export": lambda c, text: c.post("/api/drafts/export", json={"document": "contract", "fields": {"name": text}}),
    "export md": lambda c, text: c.post(
        "/api/drafts/export", params={"format": "md"}, json={"document": "contract", "fields": {"name": text}}
    ),
    "file name": lambda c, text: c.post("/api/reviews", files={"file": (text, "目的 花を植える。".encode())}),
    "chunk": lambda c, text: c.get(f"/api/sources/a/chunks/{quote(text, safe='')}"),
    "directory": lambda c, text: c.get("/api/directory", params={"organization": text}),
    "seed": lambda c, text: c.get("/api/learn/questions", params={"seed": text}),
}


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


class Danger(HTMLParser):
    """Elements and attributes that no page of ours has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        for name, value in told.items():
            wild = value and html.unescape(value).strip().lower().startswith(("javascript:", "data:"))
            if name.startswith("on") or name == "style" or (name in ("href", "src", "action") and wild):
                self.found.append(f"{tag} {name}={value}")
        if tag in ("script", "img", "iframe", "object", "embed", "base") and not (told.get("src") or "").startswith(
            "/"
        ):
            self.found.append(tag)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("where", PAGES)
def test_a_page_shows_it_as_text(client: TestClient, where: str, text: str) -> None:
    answered = PAGES[where](client, text)
    assert answered.status_code < 500
    assert "evil" not in answered.headers.get("set-cookie", "") and "evil" not in client.cookies
    if "text/html" in answered.headers.get("content-type", ""):
        assert not Danger(answered.text).found
        assert ">49<" not in answered.text and "49{%" not in answered.text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("where", OTHERS)
def test_nothing_else_is_a_page(client: TestClient, where: str, text: str) -> None:
    answered = OTHERS[where](client, text)
    assert answered.status_code < 500
    assert "text/html" not in answered.headers["content-type"]
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert not {name for name in answered.headers if name.startswith("evil")} and "evil" not in client.cookies
    if answered.headers["content-type"].startswith("text/event-stream"):
        lines = answered.text.split("\n")
        assert all(line.startswith(("event: ", "data: ", ": ", "id: ", "retry: ")) or not line for line in lines)
        assert answered.text.splitlines().count("event: answer") <= 1


def test_the_danger_is_seen() -> None:
    for page in ("<script>", "<p onclick=a>", '<a href=" javascript:a">', "<img src=http://a>", "<p style=a>"):
        assert Danger(page).found
    assert not Danger('<script type="module" src="/static/a.js"></script><a href="/x">on</a>').found


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\a", "/etc/passwd", "a/b", "\x00", "C:\\a", "~/.ssh"])
def test_a_download_has_no_path_in_its_name(client: TestClient, name: str) -> None:
    sent = {"document": "contract", "fields": {"name": name}}
    told = client.post("/api/drafts/export", json=sent).headers["content-disposition"]
    plain, _, encoded = told.partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="draft.docx"'
    assert not set("/\\:\x00") & set(unquote(encoded)) and not unquote(encoded).startswith((".", "~"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a.docx\x00.txt", "/dev/null", "con.txt"])
def test_an_upload_is_read_whatever_it_is_called(client: TestClient, name: str) -> None:
    read = client.post("/api/reviews", files={"file": (name, "第1条 目的は、花を植えることとする。".encode())})
    assert read.status_code == 200 and "passwd" not in read.text
