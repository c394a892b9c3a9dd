"""学ぶ in a browser: the way of a new member of staff from the first lesson to the certificate; each state accessible."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assistant.learn.course import load_course
from assistant.learn.questions import Question
from tests.browser.conftest import OpenPage
from tests.browser.rules import NARROW, WIDE, assert_accessible, assert_bends, assert_fits, assert_holds
from tests.server.learners import fields, question_on

WIDTHS = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def _asked(page: Page) -> Question:
    """The question that the page asks, when it is there and the scripts have put buttons in the place of numbers."""
    page.locator("form.question").wait_for()
    page.wait_for_load_state()
    return question_on(page.content())


def _fill(page: Page, question: Question, *, right: bool = True) -> None:
    """Answer as a person does, with what the page offers."""
    sent = fields(question, right=right)
    if question.way == "order" and page.get_by_role("button", name="上へ").count():
        _sort(page, sorted(sent, key=lambda name: int(sent[name])))
        return
    for name, value in sent.items():
        field = page.locator(f'form.question [name="{name}"]')
        if question.way == "order":
            field.select_option(value)
        elif question.way == "text":
            field.fill(value)
        else:
            page.locator(f'form.question [value="{value}"]').check()


def _sort(page: Page, names: list[str]) -> None:
    """Press 上へ until the lines stand in the order of `names`."""
    for place, name in enumerate(names):
        line = page.locator("form.question .lines > li").filter(has=page.locator(f'[name="{name}"]'))
        while (
            page.locator("form.question .lines select").evaluate_all("all => all.map(e => e.name)").index(name) > place
        ):
            line.get_by_role("button", name="上へ").click()


def _start(page: Page, kind: str) -> None:
    page.goto("/learn/practice")
    page.locator(f'[name="kind"][value="{kind}"]').check()
    page.get_by_role("button", name="練習をはじめる").click()
    _asked(page)


def _put(page: Page, **more: Any) -> None:
    """Make the visitor one who has gone through the course, all or nearly."""
    course = load_course()
    boxes = {q.id: {"box": 2, "round": 1, "right": 1, "last_right": True} for q in course.questions}
    read = {lesson.id: "2026-11-20" for lesson in course.lessons}
    body = {"round": 9, "read": read, "boxes": boxes, "finished": "2026-11-22", **more}
    page.goto("/learn")
    sign = page.locator('meta[name="sign"]').get_attribute("content") or ""
    assert page.request.put("/api/learn/progress", data=body, headers={"X-Sign": sign}).ok


@SCRIPTS
def test_staff_go_from_the_first_lesson_to_the_certificate(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/learn", java_script_enabled=scripts)
    page.get_by_role("link", name="レッスン1を読む").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("対等：同じテーブルにつく")
    page.get_by_text("問題点と直し方を見る").click()
    page.get_by_role("button", name="読み終えた").click()
    expect(page.get_by_role("heading", name="このレッスンは読みました")).to_be_visible()
    page.get_by_role("link", name="レッスン2を読む").click()
    expect(page).not_to_have_url(re.compile("#done$"))
    page.wait_for_load_state()
    page.goto("/learn/practice")
    page.get_by_role("button", name="練習をはじめる").click()
    ways = set()
    for place in range(1, 11):
        question = _asked(page)
        ways.add(question.way)
        _fill(page, question)
        page.get_by_role("button", name="答える").click()
        expect(page.get_by_role("heading", name="正解です")).to_be_visible()
        page.get_by_role("link", name="次の問題へ" if place < 10 else "結果を見る").click()
    assert ways == {"choice", "order", "text"}
    expect(page.get_by_text("10問のうち10問が正解でした")).to_be_visible()
    _put(page, finished=None, read={lesson.id: "2026-11-20" for lesson in load_course().lessons[:-1]})
    page.goto("/learn")
    page.get_by_role("link", name="レッスン9を読む").click()
    page.get_by_role("button", name="読み終えた").click()
    page.get_by_role("link", name="修了証を出す").click()
    page.get_by_label("修了証に入れる名前").fill("横浜 花子")
    page.get_by_role("button", name="名前を入れる").click()
    expect(page.locator(".paper")).to_contain_text("横浜 花子 様")
    with page.expect_download() as saved:
        page.get_by_role("link", name="修了証のファイルを保存する").click()
    assert "横浜 花子" in Path(saved.value.path()).read_text("utf-8")


def test_the_certificate_is_one_page_of_a4(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/learn")
    _put(page, name="横浜市市民局地域支援部市民協働推進課協働推進担当 横浜 花子")
    page.goto("/learn/certificate")
    assert_holds(page)
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    (paper,) = PdfReader(tmp_path / "paper.pdf").pages
    assert [round(float(size) / 72 * 25.4) for size in (paper.mediabox.width, paper.mediabox.height)] == [210, 297]
    text = re.sub(
        r"\s", "", normalize("NFKC", paper.extract_text())
    )  # the font's tables know some characters as radicals
    assert "修了証" in text and "横浜花子" in text and "印刷" not in text and "協働ナビ" in text


@WIDTHS
def test_every_state_of_a_question_is_accessible(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page("/learn", viewport=viewport, reduced_motion="reduce")
    for kind in ("principle", "order", "blank"):
        _start(page, kind)
        assert_holds(page)
        if kind != "order":  # with scripts the lines always stand in some order
            page.get_by_role("button", name="答える").click()
            expect(page).to_have_title(re.compile("^エラー："))
            assert_accessible(page)
        for right in (True, False):
            _fill(page, _asked(page), right=right)
            page.get_by_role("button", name="答える").click()
            expect(page).to_have_title(re.compile("^正解です：" if right else "^ちがいます："))
            assert_accessible(page)
            assert_fits(page)
            page.get_by_role("link", name="次の問題へ").click()
        page.get_by_role("button", name="分からない").click()
        expect(page).to_have_title(re.compile("^ちがいます："))
        assert_accessible(page)
    page.get_by_role("button", name="やめる").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("この回の結果")
    assert_holds(page)


@WIDTHS
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_a_lesson_practice_and_what_is_left(
    open_page: OpenPage, language: str, viewport: dict[str, int]
) -> None:
    page = open_page(f"/learn?lang={language}", viewport=viewport)
    for path in ("/learn", "/learn/lessons/keiyaku", "/learn/practice", "/learn/certificate"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.locator("h1").count() == 1 and page.locator("html").get_attribute("lang") == language
        assert_holds(page)


@pytest.mark.parametrize("path", ["/learn", "/learn/lessons/teian", "/learn/practice"])
def test_pages_bend_to_the_reader(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert_bends(page)


def test_a_question_bends_to_the_reader(open_page: OpenPage) -> None:
    page = open_page("/learn")
    _start(page, "order")
    assert_bends(page)


def test_questions_of_a_lesson_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/learn/lessons/kokai", java_script_enabled=False, viewport=NARROW)
    page.locator("#q1").get_by_role("button", name="答える").click()
    expect(page).to_have_title(re.compile("^エラー："))
    for place in (1, 2, 3):
        page.locator(f"#q{place}").get_by_role("button", name="分からない").click()
        expect(page).to_have_url(re.compile(f"/learn/lessons/kokai#q{place}$"))
    expect(page.get_by_text("3問のうち0問が正解でした。")).to_be_visible()
    expect(page.get_by_role("heading", name="このレッスンは読みました")).to_be_visible()
    page.locator("#q1 .quoted a").first.click()
    expect(page).to_have_url(re.compile("/sources/"))
    expect(page.locator("h1")).to_have_count(1)


def test_reload_and_the_back_button_count_an_answer_once(open_page: OpenPage) -> None:
    page = open_page("/learn")
    _start(page, "truth")
    _fill(page, _asked(page))
    page.get_by_role("button", name="答える").click()
    expect(page.get_by_role("heading", name="正解です")).to_be_visible()
    once = page.request.get("/api/learn/progress").json()
    page.reload()
    expect(page.get_by_role("heading", name="正解です")).to_be_visible()
    page.get_by_role("link", name="次の問題へ").click()
    _asked(page)
    page.go_back()
    page.go_back()
    if page.get_by_role("button", name="分からない").count():  # the page as it was before the answer
        page.get_by_role("button", name="分からない").click()
    expect(page.get_by_role("heading", name="正解です")).to_be_visible()
    assert page.request.get("/api/learn/progress").json() == once


def test_an_order_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/learn")
    _start(page, "order")
    line = page.locator(".lines > li").first
    words = line.locator(".line").inner_text()
    down = line.get_by_role("button", name=f"下へ {words}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if down.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".lines > li").nth(1).locator(".line")).to_have_text(words)
    expect(page.locator("#status")).to_have_text("2番目に移しました")
    moved = page.locator(".lines > li").nth(1).get_by_role("button", name=f"下へ {words}")
    expect(moved).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.locator(".lines > li").first.locator(".line")).to_have_text(words)
    expect(page.locator("#status")).to_have_text("これより先には動かせません")
    while not page.get_by_role("button", name="答える").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("正解です|ちがいます"))).to_be_visible()


def test_a_choice_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/learn")
    _start(page, "principle")
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=answer]").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("正解です|ちがいます"))).to_be_visible()


def test_progress_moves_by_file(open_page: OpenPage, downloads: Path) -> None:
    page = open_page("/learn")
    _put(page, name="", finished=None, boxes={})
    page.goto("/learn")
    page.get_by_text("ファイルに保存する・ファイルから取り込む").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="進み具合をファイルに保存する").click()
    saved.value.save_as(downloads / "kyodo-learn.json")
    other = open_page("/learn", viewport=NARROW)
    other.get_by_text("ファイルに保存する・ファイルから取り込む").click()
    other.get_by_role("button", name="ファイルから取り込む").click()
    expect(other).to_have_title(re.compile("^エラー："))
    assert_accessible(other)
    other.get_by_label("取り込むファイル").set_input_files(downloads / "kyodo-learn.json")
    other.get_by_role("button", name="ファイルから取り込む").click()
    expect(other.get_by_role("heading", name="進み具合を取り込みました")).to_be_visible()
    expect(other.get_by_text("レッスンはすべて読みました")).to_be_visible()
    assert_accessible(other)


def test_forced_colours_keep_what_was_chosen(open_page: OpenPage) -> None:
    page = open_page("/learn", forced_colors="active")
    _start(page, "truth")
    page.locator("[name=answer]").first.check()
    outline = page.locator(".choices .choice").first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    assert_accessible(page)
