"""聞く over HTTP: questions become conversations, answers show their evidence, nothing personal is kept."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from assistant.service import Service
from server.app import create_app
from server.store import conversations
from server.store.tables import Feedback, Outcome, Turn
from tests.server.forms import sign

ARTICLE = "協働契約には何を定めなければなりませんか"
DIVISION = "青葉区で花と緑の活動、担当はどこ"


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def post(client: TestClient, question: str, **fields: str) -> str:
    """The page after the redirect."""
    return client.post("/ask", data={"question": question, "sign": sign(client), **fields}).text


def rows(client: TestClient, kind: type[Turn] | type[Outcome] | type[Feedback]) -> int:
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        return session.scalar(select(func.count()).select_from(kind)) or 0


def events(client: TestClient, path: str = "/ask", **sent: object) -> list[tuple[str, dict[str, object]]]:
    headers = {"Accept": "text/event-stream", "X-Sign": sign(client)}
    text = client.post(path, headers=headers, **sent).text  # type: ignore[arg-type]
    return [(n, json.loads(d)) for n, d in re.findall(r"^event: (\w+)\ndata: (.*)$", text, re.MULTILINE)]


def test_a_question_becomes_a_conversation_of_its_visitor(client: TestClient, service: Service) -> None:
    found = client.post("/ask", data={"question": ARTICLE, "sign": sign(client)}, follow_redirects=False)
    assert found.status_code == 303 and re.fullmatch(r"/c/[0-9a-f]{32}#answer-1", found.headers["location"])
    page = client.get(found.headers["location"]).text
    assert ARTICLE in page and "回答 1" in page and "第12条第2項" in page
    assert "自動で作りました" in page and "令和3年9月" in page
    with TestClient(create_app(service)) as other:
        assert other.get(found.headers["location"]).status_code == 404


def test_a_form_without_its_sign_is_refused(client: TestClient) -> None:
    sign(client)
    before = rows(client, Turn)
    assert client.post("/ask", data={"question": ARTICLE}).status_code == 403
    assert client.post("/feedback", data={"turn": "0", "verdict": "right"}).status_code == 403
    assert rows(client, Turn) == before


def test_the_same_form_sent_twice_is_one_question(client: TestClient) -> None:
    found = re.search(r'name="once" value="([0-9a-f]{32})"', client.get("/").text)
    assert found
    before = rows(client, Turn)
    fields = {"question": ARTICLE, "once": found[1], "sign": sign(client)}
    first, second = (client.post("/ask", data=fields, follow_redirects=False) for _ in range(2))
    assert first.headers["location"] == second.headers["location"] and rows(client, Turn) == before + 1
    other = client.post(
        "/ask", data={**fields, "question": DIVISION}, follow_redirects=False
    )  # from a page gone back to
    assert other.headers["location"] != first.headers["location"] and rows(client, Turn) == before + 2


def test_a_sent_form_is_nobody_elses(client: TestClient, service: Service) -> None:
    fields = {"question": ARTICLE, "once": "ab" * 16}
    mine = client.post("/ask", data={**fields, "sign": sign(client)}, follow_redirects=False)
    with TestClient(create_app(service)) as other:
        theirs = other.post("/ask", data={**fields, "sign": sign(other)}, follow_redirects=False)
    assert theirs.status_code == 303 and theirs.headers["location"] != mine.headers["location"]


def test_an_answer_of_another_version_is_still_shown(client: TestClient) -> None:
    page = client.post("/ask", data={"question": ARTICLE, "sign": sign(client)})
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        row = session.scalars(select(Turn).order_by(Turn.created.desc())).first()
        row.answer = {
            **row.answer,
            "a_field_of_old": 1,
            "citations": [{**c, "old": 2} for c in row.answer["citations"]],
        }
    again = client.get(page.url.path)
    assert again.status_code == 200 and "第12条第2項" in again.text


def test_an_address_only_fills_the_field(client: TestClient) -> None:
    before = rows(client, Outcome)
    page = client.get("/", params={"q": ARTICLE}).text
    assert f">\n{ARTICLE}</textarea>" in page and "回答 1" not in page and rows(client, Outcome) == before


def test_a_follow_up_leans_on_the_stored_turns(client: TestClient) -> None:
    page = post(client, "泉区の子育て支援拠点の名前は？")
    found = re.search(r'name="conversation" value="(\w+)"', page)
    assert found
    page = post(client, "栄区は？", conversation=found[1])
    assert "「栄区の子育て支援拠点の名前は？」として答えました" in page and "にこりんく" in page and "回答 2" in page
    alone = post(client, "栄区は？")
    assert "として答えました" not in alone
    whole = post(client, "栄区は？", conversation=found[1], whole="true")
    assert "回答 3" in whole and whole.count("として答えました") == 1


def test_a_conversation_of_somebody_else_is_not_continued(client: TestClient, service: Service) -> None:
    page = post(client, "泉区の子育て支援拠点の名前は？")
    found = re.search(r'name="conversation" value="(\w+)"', page)
    with TestClient(create_app(service)) as other:
        assert found and "として答えました" not in post(other, "栄区は？", conversation=found[1])
    assert "栄区は？" not in client.get(f"/c/{found[1]}").text


def test_numbers_in_the_text_and_entries_of_the_list_are_the_same(client: TestClient) -> None:
    for question in (ARTICLE, DIVISION, "泉区の子育て支援拠点の名前は？", "市民協働推進センターの電話番号"):
        page = post(client, question)
        entries = set(re.findall(r'id="(answer-1-source-\d+)"', page))
        assert entries == set(re.findall(r'href="#(answer-1-source-\d+)"', page))
        backs = set(re.findall(r'href="#(answer-1[^"]*)" data-back', page))
        assert all(f'id="{back}"' in page for back in backs)
        assert "［" not in re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)


def test_the_link_of_a_citation_carries_the_place_of_its_words(client: TestClient) -> None:
    page = post(client, ARTICLE)
    quotes = [html.unescape(q) for q in re.findall(r'<blockquote lang="ja">(.*?)</blockquote>', page, re.DOTALL)]
    links = re.findall(r'href="/sources/([^/]+)/([^?"]+)\?q=(\d+)-(\d+)#cited"', page)
    assert len(quotes) == len(links) == 2
    for quote, (source, chunk, start, end) in zip(quotes, links, strict=True):
        text = client.get(f"/api/sources/{source}/chunks/{chunk}").json()["text"]
        assert text[int(start) : int(end)] == quote
        assert client.get(f"/sources/{source}/{chunk}?q={start}-{end}").status_code == 200
    assert "出典2<span" in page and "横浜市市民協働条例" in page and "（本編43～47ページ）" in page


def test_a_division_says_why_and_what_to_do_next_and_prints_no_number(client: TestClient) -> None:
    page = post(client, DIVISION)
    assert "青葉区 区政推進課" in page and "を担当しています" in page and "と伝えてください" in page
    assert "連絡先（資料のまま）" not in page and not re.search(r"\d{3,4}-\d{4}", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("第30条は？", "資料には書かれていません"),
        ("今日の天気", "ここではお答えできません"),
        ("それはどうしてですか", "もう少し教えてください"),
    ],
)
def test_what_is_not_answered_says_so(client: TestClient, question: str, said: str) -> None:
    page = post(client, question)
    assert f"回答 1：{said}" in page and "続けて聞く" in page


def test_danger_comes_first(client: TestClient) -> None:
    page = post(client, "隣の家が火事です。どうすればいいですか")
    assert page.index("119") < page.index('<div class="text"')


@pytest.mark.parametrize("question", ["090-1234-5678に電話してほしい。相談先は？", "", "あ" * 4_001, "？？"])
def test_a_question_to_put_right_is_neither_answered_nor_kept(client: TestClient, question: str) -> None:
    before = rows(client, Turn)
    found = client.post("/ask", data={"question": question, "sign": sign(client)})
    assert found.status_code == 422 and "<title>エラー：" in found.text
    assert 'href="#question"' in found.text and 'aria-invalid="true"' in found.text and "＊" in found.text
    assert question in found.text and rows(client, Turn) == before
    with client.app.state.database.session() as session:  # type: ignore[attr-defined]
        last = session.scalar(select(Outcome).order_by(Outcome.id.desc()).limit(1))
        assert last and last.question == ""
    [(name, error)] = [e for e in events(client, data={"question": question}) if e[0] != "step"]
    assert name == "error" and error["field"] == "question" and 'id="errors"' in str(error["html"])


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "&lt;b&gt;", "a\n\nevent: x"]
)
def test_what_people_type_stays_text(client: TestClient, question: str) -> None:
    for page in (client.get("/", params={"q": question}).text, post(client, f"協働とは {question}")):
        assert "<script>" not in page and "<img" not in page and ">49<" not in page
    told = events(client, data={"question": f"協働とは {question}"})
    assert told[-1][0] == "answer" and {name for name, _ in told} == {"step", "answer"}
    assert "<script" not in str(told[-1][1]["html"]) and "<img" not in str(told[-1][1]["html"])


def test_the_steps_are_told_before_the_answer(client: TestClient) -> None:
    *steps, (last, answer) = events(client, data={"question": ARTICLE})
    assert [s["name"] for _, s in steps][:4] == ["rewrite", "check_input", "understand", "retrieve"]
    assert all(name == "step" and data["label"] for name, data in steps)
    assert last == "answer" and str(answer["html"]).strip().startswith("<article") and answer["n"] == 1
    assert client.get(str(answer["url"])).status_code == 200


def test_the_stream_for_programs_ends_with_the_same_answer(client: TestClient) -> None:
    body = {"question": "栄区は？", "history": ["泉区の子育て支援拠点の名前は？"]}
    told = events(client, "/api/ask/stream", json=body)
    answer = client.post("/api/ask", json=body).json()
    assert told[-1][0] == "answer" and told[-1][1]["text"] == answer["text"]
    assert [d["name"] for n, d in told if n == "step"].count("rewrite") == 1


def test_easy_japanese_and_back(client: TestClient) -> None:
    page = post(client, DIVISION)
    conversation = re.search(r'name="conversation" value="(\w+)"', page)
    assert conversation and 'aria-pressed="false"' in page
    again = {"conversation": conversation[1], "again": "1"}
    easy = post(client, "", **again, easy="true")
    assert "に 聞いて ください" in easy and "やさしい日本語の回答" in easy and 'href="#answer-1"' in easy
    assert 'aria-pressed="true"' in easy and "回答 2" in easy
    assert "回答 3" not in post(client, "", **again, easy="true")  # it is there already
    back = client.post(
        "/ask",
        data={"sign": sign(client), "conversation": conversation[1], "again": "2", "easy": "false"},
        follow_redirects=False,
    )
    assert back.headers["location"].endswith("#answer-1")


def test_an_answer_survives_a_storage_that_fails(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    key = sign(client)
    monkeypatch.setattr(conversations, "add_turn", broken)
    page = client.post("/ask", data={"question": ARTICLE, "sign": key})
    assert page.status_code == 200 and "保存できませんでした" in page.text and "第12条第2項" in page.text
    answer = events(client, data={"question": ARTICLE})[-1][1]
    assert answer["url"] is None and "保存できませんでした" in str(answer["html"])


def test_an_unexpected_error_tells_nothing_of_the_inside(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("the inside: /secret/path")

    monkeypatch.setattr(service, "conversation", broken)
    [(name, error)] = events(client, data={"question": ARTICLE})
    assert name == "error" and "secret" not in str(error)
    assert set(error["error"]) == {"code", "message", "message_en"}  # type: ignore[call-overload]


def test_a_link_to_an_answer_opens_for_everybody(client: TestClient, service: Service) -> None:
    page = post(client, DIVISION)
    link = re.search(r'href="(/a/\w{32})"', page)
    assert link
    with TestClient(create_app(service)) as other:
        shared = other.get(link[1])
        assert shared.status_code == 200 and "区政推進課" in shared.text and "noindex" in shared.headers["x-robots-tag"]
        assert 'action="/ask"' not in shared.text and "会話に戻って" not in shared.text
        assert other.get("/a/" + "0" * 32).status_code == 404
    assert "会話に戻って" in client.get(link[1]).text


def test_feedback(client: TestClient, service: Service) -> None:
    page = post(client, ARTICLE)
    turn = re.search(r'name="turn" value="(\w+)"', page)
    assert turn
    said = {"turn": turn[1], "sign": sign(client), "reason": "第2項だけでよい", "expected": "条例第12条"}
    wrong = client.post("/feedback", data=said)
    assert wrong.status_code == 422 and "どれかを選んでください" in wrong.text and "第2項だけでよい" in wrong.text
    before = rows(client, Feedback)
    found = client.post("/feedback", data={**said, "verdict": "incomplete"}, follow_redirects=False)
    assert found.status_code == 303 and "ありがとうございます" in client.get(found.headers["location"]).text
    with TestClient(create_app(service)) as other:
        elsewhere = other.post(
            "/feedback", data={**said, "verdict": "wrong", "sign": sign(other)}, follow_redirects=False
        )
        assert elsewhere.headers["location"].startswith(f"/a/{turn[1]}")
    assert client.post("/api/feedback", json={"turn": turn[1], "verdict": "right"}).status_code == 201
    assert client.post("/api/feedback", json={"turn": "no", "verdict": "right"}).status_code == 404
    assert client.post("/api/feedback", json={"turn": turn[1], "verdict": "no"}).status_code == 422
    assert rows(client, Feedback) == before + 3


def test_conversations_for_programs(client: TestClient, service: Service) -> None:
    post(client, ARTICLE)
    [summary] = client.get("/api/conversations").json()
    whole = client.get(f"/api/conversations/{summary['id']}").json()
    assert summary["question"] == ARTICLE == whole["turns"][0]["asked"]
    assert whole["turns"][0]["answer"]["status"] == "answered"
    assert ARTICLE in client.get("/").text  # among the earlier conversations
    with TestClient(create_app(service)) as other:
        assert other.get("/api/conversations").json() == []
        assert other.get(f"/api/conversations/{summary['id']}").status_code == 404


def test_another_language_is_marked(client: TestClient) -> None:
    page = post(client, "제12조의 내용은 무엇입니까?")
    assert '<div class="text" lang="ko">' in page and '<span lang="ja">「' in page
    assert "やさしい日本語</button>" not in page
