"""POST /api/reviews: text, files of every kind, and everything that is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.settings import Settings
from server.app import create_app
from server.guard import body
from tests.reviews import TEXT, FakeReviewer
from tests.word_files import contract, to_bytes


@pytest.fixture
def reviewer() -> FakeReviewer:
    return FakeReviewer()


@pytest.fixture
def client(reviewer: FakeReviewer, settings: Settings) -> Iterator[TestClient]:
    reviewer.settings = settings
    service: Any = reviewer
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def pdf(text: str, password: str = "") -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("HeiseiKakuGo-W5", 12)
    canvas.drawString(60, 700, text)
    canvas.save()
    if not password:
        return file.getvalue()
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.encrypt(password, algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def test_a_text_is_reviewed(client: TestClient, reviewer: FakeReviewer) -> None:
    body = {"text": TEXT, "document": "proposal", "form": "補助型"}
    answer = client.post("/api/reviews", json=body)
    assert answer.status_code == 200
    assert [i["state"] for i in answer.json()["items"]] == ["present"] * 4 + ["missing", "undeterminable"]
    assert reviewer.asked == [(TEXT, "proposal", "補助型")]


@pytest.mark.parametrize(
    ("data", "starts"),
    [
        (to_bytes(contract()), "花と緑の協働契約書\n"),
        (pdf("市民協働契約書"), "市民協働契約書"),
        (TEXT.encode("cp932"), "花と緑の協働契約書\n"),
    ],
)
def test_the_content_of_a_file_decides_not_its_name(
    client: TestClient, reviewer: FakeReviewer, data: bytes, starts: str
) -> None:
    sent = {"file": ("../../evil.exe", data, "image/png")}
    answer = client.post("/api/reviews", files=sent, data={"document": "proposal", "form": "", "text": "別の文"})
    assert answer.status_code == 200, answer.text
    [(text, document, form)] = reviewer.asked
    assert text.startswith(starts) and (document, form) == ("proposal", None)


def test_what_could_not_be_read_of_a_file_is_noted(client: TestClient) -> None:
    answer = client.post("/api/reviews", files={"file": to_bytes(contract())}).json()
    assert "変更履歴" in answer["notes"][0]


def test_a_pdf_with_a_password(client: TestClient, reviewer: FakeReviewer) -> None:
    sent = {"file": pdf("市民協働契約書", "himitsu")}
    refused = client.post("/api/reviews", files=sent)
    assert refused.status_code == 422 and refused.json()["error"]["code"] == "bad_input_file"
    assert client.post("/api/reviews", files=sent, data={"password": "himitsu"}).status_code == 200


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("sent", "code", "says"),
    [
        ({"json": {}}, "invalid_request", "text"),
        ({"json": {"text": TEXT, "document": "poem"}}, "invalid_request", "document"),
        ({"json": {"text": TEXT, "form": "折衷型"}}, "invalid_request", "form"),
        ({"json": [TEXT]}, "invalid_request", "not a JSON object"),
        ({"content": b"\xff{", "headers": JSON}, "invalid_request", "not JSON"),
        ({"content": b"[" * 100_000, "headers": JSON}, "invalid_request", "not JSON"),
        ({"content": b"text"}, "invalid_request", "not JSON"),
        ({"files": {"paper": b"x"}}, "invalid_request", "file"),
        ({"files": {"x": b"x"}, "data": {"file": "text"}}, "invalid_request", "file"),
        ({"files": {"file": b""}}, "bad_input_file", "empty"),
        ({"files": {"file": bytes(range(256)) * 9}}, "bad_input_file", "binary"),
        ({"files": {"file": b"PK\x03\x04nothing"}}, "bad_input_file", "damaged"),
        ({"files": {"file": b"%PDF-1.7 nothing"}}, "bad_input_file", "damaged"),
    ],
)
def test_what_is_refused_says_why(
    client: TestClient, reviewer: FakeReviewer, sent: dict[str, Any], code: str, says: str
) -> None:
    answer = client.post("/api/reviews", **sent)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, code)
    assert says in error["message_en"] and reviewer.asked == []


def test_two_files_and_a_broken_form_are_refused(client: TestClient) -> None:
    two = client.post("/api/reviews", files=[("file", b"a"), ("more", b"b")])
    broken = client.post("/api/reviews", content=b"x", headers={"content-type": "multipart/form-data"})
    assert (two.status_code, broken.status_code) == (400, 400)
    assert two.json()["error"]["code"] == "refused"


def test_large_bodies_have_their_limits(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post("/api/reviews", json={"text": TEXT + "あ" * 190_000}).status_code == 200
    large = client.post("/api/reviews", json={"text": "あ" * body.LARGEST_TEXT})
    assert large.status_code == 413 and "2,048KB" in large.json()["error"]["message"]
    file = {"file": TEXT.encode() + b" " * 5_000_000}
    assert client.post("/api/reviews", files=file).json()["error"]["message_en"].startswith("upload.txt: one line has")
    monkeypatch.setattr(body, "LARGEST_UPLOAD", 1_000_000)
    assert client.post("/api/reviews", files=file).status_code == 413
    assert client.post("/api/ask", files=file).status_code == 413
    assert client.post("/api/ask", json={"question": "あ" * 300_000}).status_code == 413


def test_the_description_of_the_interface_names_both_bodies(client: TestClient) -> None:
    bodies = client.get("/openapi.json").json()["paths"]["/api/reviews"]["post"]["requestBody"]["content"]
    assert set(bodies) == {"application/json", "multipart/form-data"}
