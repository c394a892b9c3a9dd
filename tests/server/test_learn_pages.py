"""学ぶ as pages: read, practise, finish, and nothing counts twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.index import Index
from assistant.learn.course import load_course
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.pages.learn.evidence import _quotes, find_links
from tests.fakes import HashEmbedder
from tests.server.forms import sign
from tests.server.learners import fields, question_on, round_on

PRACTICE = "/learn/practice"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Over a home without an index: the course needs none."""
    service = Service(Settings(home=tmp_path / "home"), HashEmbedder())
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        client.headers["x-sign"] = sign(client)
        yield client


def _progress(client: TestClient) -> Any:
    return client.get("/api/learn/progress").json()


def _answer(client: TestClient, path: str, page: str, **changed: str) -> Any:
    return client.post(path, data={"round": round_on(page), **fields(question_on(page)), **changed})


def _finished(client: TestClient, **more: Any) -> None:
    """Make the visitor one who has finished the course."""
    course = load_course()
    boxes = {q.id: {"box": 2, "round": 1, "right": 1, "last_right": True} for q in course.questions}
    read = {lesson.id: "2026-11-20" for lesson in course.lessons}
    body = {"round": 9, "read": read, "boxes": boxes, "finished": "2026-11-22", **more}
    assert client.put("/api/learn/progress", json=body).status_code == 200


def test_the_list_says_what_the_course_is_and_where_to_begin(client: TestClient) -> None:
    page = client.get("/learn").text
    for lesson in load_course().lessons:
        assert f'href="/learn/lessons/{lesson.id}"' in page and lesson.aim in page
    assert page.count("まだ読んでいません") == 9 and "レッスン1を読む" in page and "0／9" in page
    assert "合わせて45問" in page


def test_a_lesson_without_an_index_has_all_its_words_and_no_links_to_sources(client: TestClient) -> None:
    for lesson in load_course().lessons:
        page = unescape(client.get(f"/learn/lessons/{lesson.id}").text)
        for quote in (*lesson.says, *lesson.case.cites):
            assert " ".join(quote.quote.split()) in page and quote.locator in page
        assert lesson.case.comment in page and lesson.repair.repair in page and 'href="/sources/' not in page
        assert page.count("<h1") == 1


def test_with_an_index_every_quotation_has_its_page(service: Service, index: Index) -> None:
    course = load_course()
    links = find_links(index, course)
    assert set(links) == set(_quotes(course))
    with TestClient(create_app(service)) as client:
        page = client.get("/learn/lessons/keiyaku").text
        found = set(re.findall(r'href="(/sources/[^"]+)"', page))
        assert len(found) >= 5
        for link in found:
            assert client.get(link).status_code == 200


def test_a_lesson_is_read_once(client: TestClient) -> None:
    done = client.post("/learn/lessons/taito/read")
    assert done.status_code == 200 and done.url.path == "/learn/lessons/taito" and "読みました" in done.text
    first = _progress(client)
    assert set(first["read"]) == {"taito"}
    client.post("/learn/lessons/taito/read")
    assert _progress(client) == first
    assert "レッスン2を読む" in client.get("/learn").text


def test_questions_of_a_lesson_are_marked_in_place_and_count_once(client: TestClient) -> None:
    path = "/learn/lessons/taito"
    page = client.get(path).text
    forms = re.findall(r'<form class="question".*?</form>', page, re.DOTALL)
    assert len(forms) == 3
    for place, form in enumerate(forms, 1):
        marked = _answer(client, f"{path}/questions/{place}", form)
        assert marked.url.path == path and marked.text.count('class="verdict right"') == place
    assert "3問のうち3問が正解でした" in marked.text
    before = _progress(client)
    assert sum(box["right"] for box in before["boxes"].values()) == 3 and set(before["read"]) == {"taito"}
    for place, form in enumerate(forms, 1):  # the back button, and sent again
        _answer(client, f"{path}/questions/{place}", form, unknown="1")
    assert _progress(client) == before
    assert '<form class="question"' in client.post(f"{path}/questions").text
    _answer(client, f"{path}/questions/1", forms[0])  # a page from before the second try
    assert _progress(client) == before


def _start(client: TestClient, kind: str = "") -> str:
    response = client.post(PRACTICE, data={"kind": kind})
    assert response.url.path == f"{PRACTICE}/1"
    return response.text


def test_a_round_from_its_first_question_to_its_result(client: TestClient) -> None:
    page = _start(client)
    wrong: list[str] = []
    for place in range(1, 11):
        assert f"第{place}問（全10問）" in page
        question = question_on(page)
        right = place % 3 != 0
        sent = {"round": round_on(page), **fields(question, right=right)}
        marked = client.post(f"{PRACTICE}/{place}", data=sent)
        assert marked.url.path == f"{PRACTICE}/{place}"
        assert ("正解です" if right else "ちがいます") in marked.text and question.explanation in marked.text
        for quote in question.cites:
            assert quote.locator in marked.text
        wrong += [] if right else [question.id]
        page = client.get(f"{PRACTICE}/{place + 1}").text
    result = client.get(f"{PRACTICE}/result").text
    assert "10問のうち7問が正解でした" in result and page.count("まちがえた問題") == result.count("まちがえた問題")
    boxes = _progress(client)["boxes"]
    assert len(boxes) == 10 and {key for key, box in boxes.items() if not box["last_right"]} == set(wrong)


def test_reload_back_and_a_form_sent_twice_count_once(client: TestClient) -> None:
    page = _start(client)
    marked = _answer(client, f"{PRACTICE}/1", page)
    once = _progress(client)
    assert "verdict right" in marked.text and len(once["boxes"]) == 1
    assert "verdict right" in client.get(f"{PRACTICE}/1").text  # reload, or the back button
    again = _answer(client, f"{PRACTICE}/1", page, unknown="1")
    assert "verdict right" in again.text and again.url.path == f"{PRACTICE}/1"
    assert _progress(client) == once
    ahead = client.get(f"{PRACTICE}/9")
    assert ahead.url.path == f"{PRACTICE}/2"
    assert client.get(f"{PRACTICE}/result").url.path == f"{PRACTICE}/2"


def test_a_form_of_an_earlier_round_is_not_counted_and_the_page_says_so(client: TestClient) -> None:
    old = _start(client)
    _start(client, "truth")
    told = _answer(client, f"{PRACTICE}/1", old)
    assert told.url.path == PRACTICE and "前の回の問題でした" in told.text
    assert not _progress(client)["boxes"]


def test_a_round_can_be_left_and_taken_up_again(client: TestClient) -> None:
    page = _start(client, "truth")
    assert question_on(page).kind == "truth"
    _answer(client, f"{PRACTICE}/1", page)
    assert f'href="{PRACTICE}/2"' in client.get("/learn").text
    assert "10問のうち1問まで答えました" in client.get(PRACTICE).text
    stopped = client.post(f"{PRACTICE}/stop")
    assert stopped.url.path == f"{PRACTICE}/result" and "途中でやめました" in stopped.text
    assert client.get(f"{PRACTICE}/2").url.path == f"{PRACTICE}/result"
    _start(client)
    assert client.post(f"{PRACTICE}/stop").url.path == "/learn"  # nothing answered: no result


@pytest.mark.parametrize(
    ("kind", "sent", "told"),
    [
        ("truth", {}, "答えを一つ選んでください。"),
        ("truth", {"answer": "nothing"}, "答えを一つ選んでください。"),
        ("blank", {"answer": "　"}, "答えを書いてください。"),
        ("blank", {"answer": "あ" * 1_001}, "答えが長すぎます。"),
        ("order", {}, "番号の付いていない行があります。"),
    ],
)
def test_an_answer_that_is_none_comes_back_with_what_is_missing(
    client: TestClient, kind: str, sent: dict[str, str], told: str
) -> None:
    page = _start(client, kind)
    response = client.post(f"{PRACTICE}/1", data={"round": round_on(page), **sent})
    assert response.status_code == 422 and response.text.count(told) == 2  # in the summary and at the field
    assert "<title>エラー：" in response.text and "＊" in response.text
    assert not _progress(client)["boxes"]


def test_an_order_with_a_number_twice_comes_back_as_it_was(client: TestClient) -> None:
    page = _start(client, "order")
    names = list(fields(question_on(page)))
    sent = dict.fromkeys(names, "2") | {names[0]: "1"}
    response = client.post(f"{PRACTICE}/1", data={"round": round_on(page), **sent})
    assert response.status_code == 422 and "同じ番号（2）" in response.text
    assert response.text.count("selected>2<") == len(names) - 1


def test_i_do_not_know_is_an_answer(client: TestClient) -> None:
    for kind in ("truth", "order", "number"):
        page = _start(client, kind)
        told = client.post(f"{PRACTICE}/1", data={"round": round_on(page), "unknown": "1"}).text
        assert "正解を見てみましょう" in told and "verdict unknown" in told
    assert [box["wrong"] for box in _progress(client)["boxes"].values()] == [1, 1, 1]


def test_what_is_written_stays_text(client: TestClient) -> None:
    page = _start(client, "blank")
    evil = '"><script>alert(1)</script>{{7*7}}'
    told = client.post(f"{PRACTICE}/1", data={"round": round_on(page), "answer": evil}).text
    assert "<script>alert" not in told and "{{7*7}}" in told and "&lt;script&gt;" in told


def test_the_certificate_says_what_is_left_until_the_course_is_finished(client: TestClient) -> None:
    client.post("/learn/lessons/taito/read")
    page = client.get("/learn/certificate").text
    assert "まだ修了していません" in page and "条例の○×：あと8問" in page
    left = re.findall(r'href="/learn/lessons/(\w+)"', page)
    assert left == [lesson.id for lesson in load_course().lessons[1:]]
    assert client.get("/learn/certificate.html").status_code == 404
    assert client.get("/api/learn/certificate").status_code == 404
    assert "修了しました。おめでとう" not in client.post("/learn/certificate", data={"name": "横浜 花子"}).text


def test_the_certificate_with_a_name_and_without(client: TestClient) -> None:
    _finished(client)
    page = client.get("/learn/certificate").text
    assert "令和8年11月22日" in page and "94問のうち94問" in page and "<style" not in page
    named = client.post("/learn/certificate", data={"name": "  横浜  花子<b> "})
    assert named.url.path == "/learn/certificate" and "<span>横浜 花子&lt;b&gt;</span> 様" in named.text
    file = client.get("/learn/certificate.html")
    assert "attachment" in file.headers["content-disposition"] and "横浜 花子&lt;b&gt;" in file.text
    assert client.get("/api/learn/certificate").json()["name"] == "横浜 花子<b>"
    refused = client.post("/learn/certificate", data={"name": "あ" * 61})
    assert refused.status_code == 422 and "60文字まで" in refused.text and "あ" * 61 in refused.text
    assert "<span></span> 様" in client.post("/learn/certificate", data={"name": ""}).text


def test_answering_the_last_question_finishes(client: TestClient) -> None:
    course = load_course()
    _finished(client, finished=None, boxes={})
    for _ in range(10):
        page = _start(client)
        for place in range(1, 11):
            _answer(client, f"{PRACTICE}/{place}", client.get(f"{PRACTICE}/{place}").text)
        if client.get("/api/learn/standing").json()["done"]:
            break
    assert "修了しています" in client.get(f"{PRACTICE}/result").text
    assert page and client.get("/api/learn/certificate").json()["questions"] == len(course.questions)


def test_progress_goes_to_the_terminal_and_back(client: TestClient, tmp_path: Path) -> None:
    from assistant.learn.store import Store

    _finished(client, name="花子")
    saved = client.get("/learn/progress.json")
    assert 'filename="kyodo-learn.json"' in saved.headers["content-disposition"]
    (tmp_path / "learner.json").write_bytes(saved.content)
    store = Store(tmp_path)
    assert store.load().finished and not store.set_aside
    store.change(lambda progress: progress.with_round())
    client.cookies.clear()
    client.headers["x-sign"] = sign(client)
    assert not _progress(client)["read"]
    files = {"file": ("learner.json", (tmp_path / "learner.json").read_bytes())}
    taken = client.post("/learn/progress", files=files)
    assert taken.url.path == "/learn" and "進み具合を取り込みました" in taken.text
    assert _progress(client) == saved.json() | {"round": 10}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[]",
        b'{"version": 2}',
        b'{"round": -1}',
        b'{"round": 1000001}',
        b"\xff" * 200_000,
        b'{"boxes": {"a": {"box": 9, "round": 1, "last_right": true}}}',
        ('{"name": "%s"}' % ("あ" * 61)).encode(),
    ],
)
def test_a_file_that_is_no_progress_is_refused_and_nothing_changes(client: TestClient, content: bytes) -> None:
    client.post("/learn/lessons/taito/read")
    before = _progress(client)
    response = client.post("/learn/progress", files={"file": ("a.json", content)})
    assert response.status_code == 422 and "<title>エラー：" in response.text and 'id="file-error"' in response.text
    assert _progress(client) == before
    assert client.post("/learn/progress").status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/learn/lessons/taito/read"),
        ("POST", "/learn/lessons/taito/questions"),
        ("POST", "/learn/lessons/taito/questions/1"),
        ("POST", PRACTICE),
        ("POST", f"{PRACTICE}/1"),
        ("POST", f"{PRACTICE}/stop"),
        ("POST", "/learn/progress"),
        ("POST", "/learn/certificate"),
        ("PUT", "/api/learn/progress"),
    ],
)
def test_nothing_changes_without_a_sign(client: TestClient, method: str, path: str) -> None:
    client.headers["x-sign"] = "0" * 64
    assert client.request(method, path, json={} if method == "PUT" else None).status_code == 403


def test_pages_that_are_not_there(client: TestClient) -> None:
    assert client.get("/learn/lessons/nothing").status_code == 404
    assert client.post("/learn/lessons/nothing/read").status_code == 404
    assert client.get(f"{PRACTICE}/1").url.path == PRACTICE  # no round yet
    assert client.get("/learn/lessons/taito/questions/1").url.path == "/learn/lessons/taito"
    assert client.get("/learn/progress").url.path == "/learn"
    assert client.post("/learn/lessons/taito/questions/9", data={"round": "0"}).url.path == "/learn/lessons/taito"


def test_visitors_do_not_see_each_other(client: TestClient) -> None:
    client.post("/learn/lessons/taito/read")
    client.cookies.clear()
    assert not _progress(client)["read"] and "まだ何も読んでいません" in client.get("/learn").text


def test_two_answers_at_once_count_once(client: TestClient) -> None:
    from concurrent.futures import ThreadPoolExecutor

    page = _start(client)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _answer(client, f"{PRACTICE}/1", page), range(16)))
    (box,) = _progress(client)["boxes"].values()
    assert box["right"] == 1 and box["box"] == 2


def test_the_interface_in_english_says_that_lessons_are_japanese(client: TestClient) -> None:
    page = client.get("/learn/lessons/taito?lang=en").text
    assert "The lessons and questions are in Japanese" in page and '<h1 lang="ja">' in page
    assert "I have read it" in page and "読み終えた" not in page
