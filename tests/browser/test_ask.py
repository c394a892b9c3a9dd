"""聞く in a browser: a citizen's way from the question to the source and the feedback; keys, input methods, failures."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answers import Answer
from assistant.chat.conversation import Conversation
from assistant.chat.pipeline import Watch, unwatched
from tests.browser.conftest import OpenPage, Site, stop_clock
from tests.browser.rules import (
    NARROW,
    WIDE,
    assert_accessible,
    assert_bends,
    assert_fits,
    assert_focus_ring,
    assert_holds,
)

ARTICLE = "協働契約には何を定めなければなりませんか"
DIVISION = "青葉区で花と緑の活動、担当はどこ"
SIZES = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])


def send(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.click("#ask button[type=submit]")


def answered(page: Page, n: int, told: str = "") -> None:
    expect(page.locator(f"#answer-{n}")).to_contain_text(f"回答 {n}{told}")


class Held:
    """Answers that wait, step by step, until they are let go."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = threading.Event()
        self.asked: list[str] = []
        self.begun, self.ended = threading.Event(), threading.Event()
        real = site.service.conversation

        def conversation(**options: Any) -> Conversation:
            made = real(**options)
            ask = made.ask

            def held(text: str, watch: Watch = unwatched) -> Answer:
                self.asked.append(text)
                self.begun.set()
                try:
                    while not self.go.wait(0.05):
                        watch("retrieve")
                finally:
                    self.ended.set()
                return ask(text, watch)

            monkeypatch.setattr(made, "ask", held)
            return made

        monkeypatch.setattr(site.service, "conversation", conversation)


@pytest.fixture
def held(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(site, monkeypatch)
    yield held
    held.go.set()


@SIZES
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_citizen_asks_opens_the_source_goes_on_and_says_what_was_wrong(
    open_page: OpenPage, viewport: dict[str, int], scripts: bool
) -> None:
    page = open_page("/", viewport=viewport, java_script_enabled=scripts)
    page.get_by_role("button", name="青葉区で花と緑の活動をしています").click()
    answered(page, 1)
    expect(page).to_have_url(re.compile("/c/[^%]*$"))
    page.locator(".text a[data-source]").first.click()
    quote = page.locator("#answer-1-source-1 blockquote")
    expect(quote).to_be_visible()
    words = quote.inner_text()
    page.locator("#answer-1-source-1").get_by_role("link", name="資料のこの場所を開く").click()
    expect(page.locator("#cited")).to_contain_text(words)
    page.go_back()
    answered(page, 1)
    send(page, "相手方はだれですか")
    answered(page, 2)
    expect(page.locator("#ask-newest")).to_contain_text("森ノオト")
    expect(page.locator("#ask-history")).to_contain_text("区政推進課")
    form = page.locator("#ask-newest .feedback")
    form.locator("summary").click()
    form.get_by_label("足りない").check()
    form.get_by_label("そう考える理由").fill("団体の名前だけでよい")
    form.get_by_role("button", name="知らせる").click()
    expect(page.locator("#thanks")).to_contain_text("ありがとうございます")
    page.get_by_role("link", name="新しい会話を始める").click()
    expect(page.get_by_role("link", name="青葉区で花と緑の活動をしています")).to_be_visible()


@SIZES
def test_every_state_is_accessible(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page("/", viewport=viewport)
    assert_holds(page)
    for n, (question, told) in enumerate(
        [
            (DIVISION, ""),
            ("第30条は？", "：資料には書かれていません"),
            ("それはどうしてですか", ""),
            ("火事です。119に電話する前に協働条例を教えて", ""),
        ],
        1,
    ):
        send(page, question)
        answered(page, n, told)
        assert_accessible(page)
        assert_fits(page)
    send(page, "090-1234-5678に電話して")
    expect(page.locator("#errors")).to_be_focused()
    expect(page).to_have_title(re.compile("^エラー："))
    expect(page.locator("#question")).to_have_value("090-1234-5678に電話して")
    assert_holds(page)
    page.reload()
    page.locator("#ask-newest .feedback summary").click()
    page.locator("#ask-newest .feedback").get_by_role("button", name="知らせる").click()
    expect(page.locator("#ask-newest .feedback .error-text")).to_be_visible()
    assert_accessible(page)
    page.locator("#ask-newest .feedback").get_by_label("正しい").check()
    page.locator("#ask-newest .feedback").get_by_role("button", name="知らせる").click()
    expect(page.locator("#thanks")).to_be_visible()
    assert_accessible(page)


def test_an_answer_alone_and_in_english(open_page: OpenPage) -> None:
    page = open_page("/?lang=en", viewport=NARROW)
    send(page, "What does Article 12 say?")
    expect(page.locator("#answer-1")).to_have_text("Answer 1")
    assert_holds(page)
    page.get_by_role("link", name="Link to this answer").click()
    expect(page.locator("h1")).to_have_text("An answer")
    assert_holds(page)
    assert_bends(page)


@pytest.mark.parametrize("question", ["", ARTICLE], ids=["start", "answer"])
def test_large_text_and_narrow_windows(open_page: OpenPage, question: str) -> None:
    page = open_page("/")
    if question:
        send(page, question)
        answered(page, 1)
    assert_bends(page)


def test_the_keyboard_alone_and_the_form_never_covers_the_focus(open_page: OpenPage) -> None:
    page = open_page("/")
    while page.evaluate("document.activeElement.id") != "question":
        page.keyboard.press("Tab")
    page.keyboard.type(ARTICLE)
    page.keyboard.press("Enter")
    expect(page.locator("#answer-1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#answer-1-source-1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#answer-1-ref-1")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.getElementById('ask')).position") == "sticky"
    stops = assert_focus_ring(page)
    assert any('id="question"' in stop for stop in stops)


def test_enter_while_composing_sends_nothing(open_page: OpenPage, held: Held) -> None:
    page = open_page("/")
    expect(page.locator("#question-keys")).to_contain_text("変換の確定では送りません")
    page.focus("#question")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "むずかしい", "selectionStart": 5, "selectionEnd": 5})
    page.keyboard.press("Enter")  # the browser says isComposing
    # Safari ends the composition first and tells of the Enter by the key code alone.
    page.evaluate(
        """document.getElementById('question').dispatchEvent(
        new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    keys.send("Input.insertText", {"text": "難しい"})
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#question")).to_have_value(re.compile("難しい\n"))
    page.keyboard.type(ARTICLE)
    page.keyboard.press("Enter")
    expect(page.locator("#ask-stop")).to_be_visible()
    page.keyboard.press("Enter")
    held.go.set()
    answered(page, 1)
    (asked,) = held.asked
    assert asked.strip().endswith(ARTICLE)


def test_waiting_is_told_and_takes_no_second_question(open_page: OpenPage, held: Held) -> None:
    page = open_page("/")
    send(page, ARTICLE)
    expect(page.locator("#ask-working")).to_have_text("資料を探しています")
    button = page.locator("#ask button[type=submit]")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_be_focused()
    expect(page.locator("#question")).not_to_be_editable()
    expect(page.locator("#ask-newest")).to_have_attribute("aria-busy", "true")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("回答を作成しています。")
    held.go.set()
    answered(page, 1)
    expect(page.locator("#status")).to_have_text("回答ができました。")
    expect(page.locator("#answer-1")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")
    expect(page.locator("#ask-newest")).not_to_have_attribute("aria-busy", "true")
    assert held.asked == [ARTICLE]


def test_who_does_something_else_meanwhile_is_not_interrupted(open_page: OpenPage, held: Held) -> None:
    page = open_page("/")
    send(page, ARTICLE)
    expect(page.locator("#ask-stop")).to_be_visible()
    page.focus("#easy")
    page.keyboard.press("Space")
    held.go.set()
    answered(page, 1)
    expect(page.locator("#easy")).to_be_focused()
    page.get_by_role("link", name="新しい回答へ").click()
    expect(page.locator("#answer-1")).to_be_in_viewport()


def test_who_has_scrolled_away_stays_where_they_read(open_page: OpenPage, held: Held) -> None:
    page = open_page("/")
    held.go.set()
    send(page, ARTICLE)
    answered(page, 1)
    held.go.clear()
    send(page, DIVISION)
    expect(page.locator("#ask-stop")).to_be_visible()
    page.mouse.move(600, 200)
    page.mouse.wheel(0, -5_000)
    page.wait_for_function("scrollY === 0")
    where = "document.getElementById('answer-1').getBoundingClientRect().top"
    before = page.evaluate(where)
    held.go.set()
    answered(page, 2)
    assert page.evaluate("scrollY") == 0 and abs(page.evaluate(where) - before) < 2


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_a_question_can_be_stopped(open_page: OpenPage, held: Held, how: str) -> None:
    page = open_page("/")
    send(page, ARTICLE)
    expect(page.locator("#ask-stop")).to_be_visible()
    assert held.begun.wait(60)
    page.get_by_role("button", name="止める").click() if how == "button" else page.keyboard.press("Escape")
    expect(page.locator("#status")).to_contain_text("止めました")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value(ARTICLE)
    assert page.url.endswith("/")
    assert held.ended.wait(60)  # the server works no longer for nobody
    held.go.set()
    page.keyboard.press("Enter")
    answered(page, 1)
    page.reload()
    assert page.locator(".turn").count() == 1


def test_the_server_goes_away_in_the_middle_and_comes_back(open_page: OpenPage, site: Site, held: Held) -> None:
    page = open_page("/")
    send(page, ARTICLE)
    expect(page.locator("#ask-stop")).to_be_visible()
    try:
        site.stop()
        alert = page.locator("#ask-alert")
        expect(alert).to_contain_text("サーバーにつながりません")
        expect(alert).to_have_attribute("role", "alert")
        expect(page.locator("#question")).to_have_value(ARTICLE)
        assert_accessible(page)
        page.get_by_role("button", name="再試行").click()
        expect(alert).to_contain_text("サーバーにつながりません")
    finally:
        site.start()
    held.go.set()
    page.get_by_role("button", name="再試行").click()
    answered(page, 1)
    expect(page.locator("#ask-alert")).to_be_empty()


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [(429, {"Retry-After": "7"}, "7秒ほど待って"), (403, {}, "開き直して"), (500, {}, "予期しない誤り")],
)
def test_a_refusal_says_what_to_do(open_page: OpenPage, status: int, headers: dict[str, str], told: str) -> None:
    page = open_page("/")
    error = {"error": {"code": "x", "message": "予期しない誤りが起きました。", "message_en": "unexpected"}}
    page.route("**/ask", lambda route: route.fulfill(status=status, headers=headers, json=error))
    send(page, ARTICLE)
    expect(page.locator("#ask-alert")).to_contain_text(told)
    expect(page.locator("#question")).to_have_value(ARTICLE)
    page.unroute("**/ask")
    page.get_by_role("button", name="再試行").click()
    answered(page, 1)


def test_two_tabs_are_two_conversations(open_page: OpenPage) -> None:
    one = open_page("/")
    two = one.context.new_page()
    two.goto("/")
    send(one, "泉区の子育て支援拠点の名前は？")
    answered(one, 1)
    send(two, ARTICLE)
    answered(two, 1)
    send(one, "栄区は？")
    answered(one, 2)
    expect(one.locator("#ask-newest")).to_contain_text("にこりんく")
    for tab in (one, two):
        expect(tab).to_have_url(re.compile("/c/"))
    assert one.url.partition("#")[0] != two.url.partition("#")[0]
    two.reload()
    assert two.locator(".turn").count() == 1
    one.go_back()
    expect(one.locator("#examples")).to_be_visible()


def test_the_characters_left_are_told_after_a_pause(open_page: OpenPage) -> None:
    page = open_page("/")
    count = page.locator("#question-count")
    stop_clock(page)
    page.locator("#question").press_sequentially("協働とは")
    page.clock.run_for(900)
    expect(count).to_be_hidden()
    page.clock.run_for(200)
    expect(count).to_have_text("残り3,996文字")
    expect(page.locator("#status")).to_have_text("残り3,996文字")
    page.fill("#question", "あ" * 4_010)
    expect(count).to_have_text("10文字超えています")  # at once
    page.clock.resume()
    assert_accessible(page)
    page.click("#ask button[type=submit]")
    expect(page.locator("#question-error")).to_contain_text("4,000文字までに")


def test_copy_easy_japanese_and_the_way_back(open_page: OpenPage) -> None:
    page = open_page("/", permissions=["clipboard-read", "clipboard-write"])
    send(page, DIVISION)
    answered(page, 1)
    page.get_by_role("button", name="回答をコピー").click()
    expect(page.locator("#status")).to_have_text("コピーしました。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "［1］" in copied and "「フラワーダイアログあおば事業" in copied and "/a/" in copied
    page.get_by_role("button", name="やさしい日本語").click()
    answered(page, 2)
    expect(page.locator("#ask-newest .toggle")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#ask-newest .text")).to_contain_text("に 聞いて ください")
    assert_accessible(page)
    page.get_by_role("link", name="ふつうの日本語の回答 1 へ").click()
    expect(page.locator("#answer-1")).to_be_in_viewport()


def test_a_suggestion_goes_on(open_page: OpenPage) -> None:
    page = open_page("/")
    send(page, ARTICLE)
    answered(page, 1)
    page.get_by_role("button", name="条例第13条には何が書かれていますか").click()
    answered(page, 2)
    expect(page.locator("#ask-newest")).to_contain_text("秘密")
