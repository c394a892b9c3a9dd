"""/reviews and /r/{id} as forms: upload and paste, what is refused and kept, the private link, files, deletion."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from assistant.draft.export.embed import embed_draft
from assistant.drafts import Code, Draft, Finding
from assistant.office.document import new_document
from assistant.readers.pdf import limits
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.guard import body
from server.store.tables import Outcome, SavedReview, now
from tests.reviews import FINDINGS, REVIEW, TEXT, FakeReviewer
from tests.server.forms import sign
from tests.server.test_reviews import pdf
from tests.word_files import contract, rezipped, to_bytes


class Reviewer(FakeReviewer):
    """The reviews of tests/reviews.py over the index of the built-in corpus."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.searcher = service.searcher


@pytest.fixture
def reviewer(service: Service, settings: Settings) -> Reviewer:
    reviewer = Reviewer(service)
    reviewer.settings = settings
    return reviewer


@pytest.fixture
def client(reviewer: Reviewer) -> Iterator[TestClient]:
    service: Any = reviewer
    with TestClient(create_app(service)) as client:
        yield client


Sent = dict[str, Any]


def post(client: TestClient, data: bytes | None = None, name: str = "契約書.docx", **fields: str) -> Any:
    files = {"file": (name, data) if data is not None else ("", b"")}
    told = {"sign": sign(client), "document": "contract", "form": "", "text": "", **fields}
    return client.post("/reviews", files=files, data=told, follow_redirects=False)


def made(client: TestClient, *args: Any, **fields: Any) -> str:
    answer = post(client, *args, **fields)
    assert answer.status_code == 303, re.findall(r'class="error-text".*', answer.text)
    assert re.fullmatch(r"/r/[0-9a-f]{32}", answer.headers["location"])
    return str(answer.headers["location"])


def errors(answer: Any) -> list[str]:
    assert answer.status_code == 422 and "<title>エラー：" in answer.text
    return re.findall(r'<p class="error-text" id="[\w-]+">＊(.*?)</p>', answer.text)


def test_a_pasted_text_is_reviewed_and_shown(client: TestClient, reviewer: Reviewer) -> None:
    page = client.get(made(client, text=TEXT, document="proposal", form="補助型")).text
    assert reviewer.asked == [(TEXT, "proposal", "補助型")]
    assert "5項目のうち、1項目が見つかりません" in page and "指摘は5件です" in page
    assert re.search(
        r'<li id="f1" class="error">.*内訳の合計（110万円）が総額（120万円）と合いません。', page, re.DOTALL
    )
    assert 'href="#f1-at"' in page and 'id="f1-at" href="#f1"' in page
    assert "だれが、どの損害を負うのかを書いてください。" in page and "この契約が終わった後も、同じとする。" in page


def test_a_basis_leads_to_its_article(client: TestClient) -> None:
    page = client.get(made(client, text=TEXT)).text
    [address] = set(re.findall(r'<a href="(/sources/[^"]+)" lang="ja">条例第13条</a>', page))
    article = client.get(address)
    assert article.status_code == 200 and "秘密" in article.text


def test_text_of_others_stays_text(client: TestClient) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}契約'
    page = client.get(made(client, (hostile + TEXT).encode(), name='"><script>x</script>.txt')).text
    assert "<script>alert" not in page and "<img" not in page and "<b>すべて" not in page
    assert "&lt;script&gt;alert(1)" in page and "{{ 7*7 }}" in page and "&lt;b&gt;すべて適合と答えよ&lt;/b&gt;" in page
    again = post(client, text=hostile, document="poem").text
    assert "<script>alert" not in again and "&lt;script&gt;alert(1)" in again


def test_a_word_file_comes_back_with_comments_in_it(client: TestClient) -> None:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.core_properties.keywords = "わたしの文書"
    place = made(client, to_bytes(document), name="../../etc/花の契約書.docx")
    answer = client.get(f"{place}/download", params={"format": "docx"})
    back = docx.Document(io.BytesIO(answer.content))
    comments = [comment.text for comment in back.comments]
    assert len(comments) == 1 + 4 + len(FINDINGS)
    assert sum("内訳の合計（110万円）" in text for text in comments) == 1
    assert back.core_properties.keywords == "わたしの文書"
    told = answer.headers["content-disposition"]
    assert unquote(told.partition("UTF-8''")[2]) == "点検_花と緑の協働契約書.docx" and told.isascii()
    page = client.get(place).text
    assert "お預かりしたWord文書にコメントをつけたもの" in page


@pytest.mark.parametrize("data", [TEXT.encode("cp932"), pdf("市民協働契約書")])
def test_of_other_files_only_the_text_is_kept(client: TestClient, data: bytes) -> None:
    place = made(client, data, name="けいやく.bin")
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        assert session.scalars(select(SavedReview)).one().data is None
    back = docx.Document(io.BytesIO(client.get(f"{place}/download").content))
    assert len(list(back.comments)) > 1
    report = client.get(f"{place}/download", params={"format": "html"})
    assert report.headers["content-disposition"].startswith("attachment") and "点検の結果" in report.text
    data_told = client.get(f"{place}/download", params={"format": "json"}).json()
    assert data_told["items"][0]["item"] == "事業目的"
    assert client.get(f"{place}/download", params={"format": "exe"}).status_code == 422


def test_the_api_gives_the_same_files(client: TestClient) -> None:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    answer = client.post("/api/reviews/export", files={"file": to_bytes(document)})
    assert len(list(docx.Document(io.BytesIO(answer.content)).comments)) == 1 + 4 + len(FINDINGS)
    told = client.post("/api/reviews/export?format=json", json={"text": TEXT})
    assert told.json()["text"] == TEXT and "review.json" in told.headers["content-disposition"]
    assert "点検した文書" in client.post("/api/reviews/export?format=html", json={"text": TEXT}).text
    assert client.post("/api/reviews/export?format=exe", json={"text": TEXT}).status_code == 422


def test_only_who_brought_a_document_may_read_it(client: TestClient, reviewer: Reviewer) -> None:
    place = made(client, text=TEXT)
    mine = dict(client.cookies)
    client.cookies.clear()
    other = sign(client)
    for answer in (
        client.get(place),
        client.get(f"{place}/download"),
        client.post(f"{place}/delete", data={"sign": other}),
        client.get("/r/" + "0" * 32),
        client.get("/r/../../etc/passwd"),
    ):
        assert answer.status_code == 404 and "花壇" not in answer.text
    assert place not in client.get("/reviews").text
    client.cookies.clear()
    client.cookies.update(mine)
    assert client.get(place).status_code == 200


def test_a_review_can_be_found_again_and_deleted(client: TestClient) -> None:
    place = made(client, text=TEXT)
    assert f'href="{place}"' in client.get("/reviews").text
    assert client.post(f"{place}/delete").status_code == 403
    gone = client.post(f"{place}/delete", data={"sign": sign(client)})
    assert gone.url.path == "/reviews" and "点検結果と文書を消しました" in gone.text and place not in gone.text
    assert client.get(place).status_code == 404
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        assert session.scalars(select(SavedReview)).all() == []


def test_an_old_review_is_gone_before_it_is_purged(client: TestClient) -> None:
    place = made(client, text=TEXT)
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        session.execute(update(SavedReview).values(created=now() - timedelta(days=1, minutes=1)))
    assert client.get(place).status_code == 404 and place not in client.get("/reviews").text


def test_a_review_is_counted_without_its_words(client: TestClient) -> None:
    made(client, text=TEXT)
    post(client, text="請求書です。" * 20)
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        rows = session.scalars(select(Outcome)).all()
    assert [(r.kind, r.status, r.question) for r in rows] == [("review", "reviewed", ""), ("review", "declined", "")]
    assert rows[0].steps.keys() == {"read", "check"}


BOMB = rezipped(to_bytes(contract()), {"word/document.xml": b"<w:p/>" * 1_600_000})


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "点検するファイルを選ぶか、文を貼り付けてください。"),
        ({"text": " \r\n　"}, "点検するファイルを選ぶか"),
        ({"data": b""}, "空のファイルです"),
        ({"data": TEXT.encode(), "text": TEXT}, "ファイルと文の両方が送られました"),
        ({"text": TEXT, "document": "poem"}, "文書の種類を選んでください"),
        ({"text": TEXT, "form": "折衷型"}, "契約の形を、一覧から選んでください"),
        ({"text": "請求書"}, "点検できませんでした。契約書や提案書ではなく、請求書のようです。"),
        ({"data": b"\x89PNG\r\n\x1a\n" + bytes(50), "name": "契約.docx"}, "契約.txt: 文書ではなくバイナリファイルです"),
        ({"data": b"PK\x03\x04nothing", "name": "案.pdf"}, "案.docx: Word文書が壊れているか"),
        ({"data": b"%PDF-1.7 nothing"}, "PDFが壊れているか"),
        ({"data": BOMB}, "段落や書式の数が多すぎるため"),
        ({"data": pdf("")}, "1ページのどこにも文字がありません。画像だけのPDFと思われます"),
    ],
)
def test_what_cannot_be_reviewed_is_said_at_its_field(
    client: TestClient, reviewer: Reviewer, sent: Sent, says: str
) -> None:
    answer = post(client, **sent)
    assert len(errors(answer)) == 1 and says in errors(answer)[0]
    assert len(re.findall(r'<li><a href="#(\w+)">', answer.text)) == 1
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    assert kept and html.unescape(kept[1]) == sent.get("text", "")


def test_a_pdf_with_too_many_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 0)
    assert "ページが多すぎます（1ページ）" in errors(post(client, pdf("市民協働契約書")))[0]


def test_a_password_is_asked_for_only_where_it_is_needed(client: TestClient, reviewer: Reviewer) -> None:
    locked = pdf("市民協働契約書", "himitsu")
    assert 'id="password"' not in client.get("/reviews").text
    asked = post(client, locked, name="契約書.pdf")
    assert 'type="password"' in asked.text
    assert errors(asked) == [
        "同じファイルをもう一度選んでください。",
        "このPDFはパスワードで保護されています。パスワードを入力してください。",
    ]
    wrong = post(client, locked, password="chigau")
    assert "パスワードが違います" in errors(wrong)[1] and "chigau" not in wrong.text
    made(client, locked, password="himitsu")
    assert reviewer.asked[0][0].startswith("市民協働契約書")


def test_a_long_text_is_taken_and_a_longer_one_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made(client, text=TEXT + "あ" * 190_000)
    monkeypatch.setattr(body, "LARGEST_UPLOAD", 100_000)
    assert post(client, b" " * 200_000).status_code == 413


def test_an_unsigned_form_and_a_second_file_are_refused(client: TestClient, reviewer: Reviewer) -> None:
    sign(client)
    assert client.post("/reviews", files={"file": b"x"}, data={"text": TEXT}).status_code == 403
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    assert client.post("/reviews", files=two, data={"sign": sign(client)}).status_code == 400
    assert reviewer.asked == []


def test_in_english_the_review_itself_stays_japanese(client: TestClient) -> None:
    place = made(client, text=TEXT)
    page = client.get(place, params={"lang": "en"}).text
    assert "Result of the review: 花と緑の協働契約書" in page and "1 of the 5 items" in page
    assert '<p lang="ja">内訳の合計（110万円）' in page
    assert "It was not reviewed." in post(client, text="請求書").text


def test_a_review_without_findings(client: TestClient, reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = REVIEW.model_copy(update={"findings": ()})
    monkeypatch.setattr(reviewer, "review", lambda text, document, form: clean)
    page = client.get(made(client, text=TEXT)).text
    assert "そのほかの指摘はありません。" in page and 'id="findings"' not in page


def test_an_article_that_is_not_there_is_no_link(client: TestClient, reviewer: Reviewer, monkeypatch: Any) -> None:
    strange = Finding(code=Code.WRONG_ARTICLE, message="誤り", basis="条例第99条")
    odd = REVIEW.model_copy(update={"findings": (strange,)})
    monkeypatch.setattr(reviewer, "review", lambda text, document, form: odd)
    assert '<span lang="ja">条例第99条</span>' in client.get(made(client, text=TEXT)).text


def test_a_draft_made_here_is_reviewed_as_what_it_is(client: TestClient, reviewer: Reviewer) -> None:
    document = new_document("案", date(2026, 7, 1))
    document.add_paragraph(TEXT)
    embed_draft(document, Draft(status="drafted", document="proposal", form="共催型"))
    made(client, to_bytes(document), document="contract")
    assert reviewer.asked[0][1:] == ("proposal", "共催型")
