"""A draft in a browser: an NPO's way from its own words to a Word file, without scripts, by keyboard, in two tabs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, Request, expect

from assistant.service import Service
from tests.browser.conftest import OpenPage, stop_clock
from tests.browser.held import await_held, hold
from tests.browser.rules import NARROW, WIDE, assert_accessible, assert_bends, assert_holds

BRIEF = (
    "青葉区地域振興課とNPO法人こもれびです。\n目的は、高齢者の話し相手を増やすことです。月2回、地区センターでお茶会を開きます。"
    "費用は総額30万円で、区が20万円、こもれびが10万円を負担します。"
)
LONG = (
    "ひとり暮らしの高齢者が歩いて行ける場所で話し相手を見つけられるようにする取組みを地域のみんなで続けていくこと" * 20
)
WORD = "w" * 400  # nothing to break a line at
NEXT = "保存して次へ"
SAVED = re.compile(r"^\d\d:\d\dに保存しました")  # by script; a page that comes so says the day too


@pytest.fixture(scope="module", autouse=True)
def awake(service: Service) -> None:
    """The first draft opens dictionary and model; no page has to wait for that."""
    service.draft(BRIEF)


def begin(page: Page, way: str = "項目ごとに書く", kind: str = "協働契約書") -> str:
    """A draft from the start page on; its private link."""
    page.get_by_role("link", name=f"{kind}をつくる").click()
    page.get_by_role("button", name=way).click()
    page.wait_for_url(re.compile(r"/d/[0-9a-f]{32}/"))
    return re.sub(r"/[a-z0-9]*$", "", page.url)


def test_an_npo_goes_from_its_own_words_to_a_word_file(open_page: OpenPage, downloads: Path) -> None:
    page = open_page("/drafts")
    begin(page, "文章で書く")
    page.get_by_label("事業の内容").fill(BRIEF)
    page.get_by_role("button", name="保存して、読み取る").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("読み取った内容")
    expect(page.locator("mark", has_text="高齢者の話し相手を増やすこと")).to_contain_text("事業目的")
    page.get_by_role("link", name=re.compile("役割の分担）$")).click()  # a question back leads to its field
    expect(page.get_by_label("役割の分担")).to_be_in_viewport()
    page.get_by_label("役割の分担").fill("区は会場の確保と広報、こもれびは企画と当日の運営を受け持つ")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_text("全4ステップ中、4ステップ目")).to_be_visible()
    page.get_by_role("link", name=re.compile("この項目を書く.*事業の名称")).click()
    page.get_by_label("事業の名称").fill("こもれびお茶の会")
    page.get_by_role("button", name=NEXT).click()
    page.get_by_role("button", name=NEXT).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Wordファイルをダウンロード").click()
    path = downloads / "draft.docx"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == "協働契約書案_こもれびお茶の会.docx"
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    for told in ("高齢者の話し相手を増やすこと", "区は会場の確保と広報", "こもれびお茶の会", "〔要確認：責任の分担"):
        assert told in words


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
def test_every_step_without_scripts(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page("/drafts", viewport=viewport, java_script_enabled=True)
    page.route("**/drafts.js", lambda route: route.abort())  # axe needs scripts, the page does not
    link = begin(page)
    page.get_by_label("事業の名称").fill(WORD)
    page.get_by_label("団体等の名称").fill("NPO法人こもれび")
    page.get_by_label("事業目的").fill(LONG)
    assert_holds(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.locator("[aria-current=step]")).to_have_text("どのように")
    page.get_by_label("費用の分担").fill("総額30万円のうち、区が20万円、こもれびが15万円を負担する")
    page.get_by_role("button", name="前のステップへ").click()
    expect(page.get_by_label("事業目的")).to_have_value(LONG)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_label("費用の分担")).to_have_value("総額30万円のうち、区が20万円、こもれびが15万円を負担する")
    page.wait_for_load_state()
    for disclosure in page.locator("summary").all():
        disclosure.click()
    assert_holds(page)
    page.get_by_role("button", name=NEXT).click()
    page.wait_for_url("**/4")
    for path in ("/4", "/1", "/text", "/read", "/delete", "/print"):
        page.goto(link + path)
        assert page.locator("h1").count() == 1
        assert_accessible(page) if path == "/print" else assert_holds(page)
    for path in ("/2", "/4", "/read"):
        page.goto(link + path)
        assert_bends(page)


def test_scripts_off_altogether(open_page: OpenPage) -> None:
    page = open_page("/drafts", java_script_enabled=False, viewport=NARROW)
    begin(page)
    page.get_by_label("事業の名称").fill("お茶の会")
    page.go_back()
    page.go_forward()
    page.get_by_label("事業の名称").fill("お茶の会")
    page.get_by_role("button", name=NEXT).click()
    page.get_by_label("事業の進め方").fill("月2回、地区センターで開く")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_text("月2回、地区センターで開く").first).to_be_visible()
    expect(page.get_by_role("link", name="Wordファイルをダウンロード")).to_be_visible()


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/drafts")

    def to(name: str) -> None:
        """Tab until the element with this name has the focus."""
        for _ in range(80):
            page.keyboard.press("Tab")
            if (
                page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent")
                .strip()
                .startswith(name)
            ):
                return
        raise AssertionError(f"no way to {name}")

    to("協働契約書をつくる")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/new*")
    to("まだ決めていない")
    page.keyboard.press("ArrowDown")
    to("項目ごとに書く")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2")
    to("事業の名称")
    page.keyboard.insert_text("お茶の会")
    page.keyboard.press("Enter")  # in a field of one line Enter goes on, as the first button does
    page.wait_for_url("**/3")
    to("事業の進め方")
    page.keyboard.insert_text("月2回開く")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("地区センターで")
    to(NEXT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/4")
    expect(page.locator("dl.told").last).to_contain_text("月2回開く\n地区センターで")
    expect(page.locator("dl.told").first).to_contain_text("委託型")
    to("Wordファイルをダウンロード")
    with page.expect_download():
        page.keyboard.press("Enter")


def test_autosave_says_the_time_and_what_changed(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    link = begin(page)
    page.goto(f"{link}/3")
    expect(page.locator("#aside")).to_contain_text("× まだ 事業の進め方", use_inner_text=False)
    stop_clock(page)
    page.get_by_label("事業の進め方").press_sequentially("月2回、地区センターで開く")
    expect(page.locator("#status")).to_have_text("")  # nothing is said at each key
    page.clock.run_for(1500)
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("#status")).to_have_text("「事業の進め方」が書けました。 残り4項目です。")
    expect(page.locator("#aside .told")).to_contain_text("事業の進め方")
    expect(page.locator("#more-notes")).to_have_attribute("open", "")
    expect(page.get_by_label("事業の進め方")).to_be_focused()
    page.clock.resume()
    assert_accessible(page)
    other = open_page("/drafts")  # another visitor with the link goes on
    other.goto(link)
    other.goto(f"{link}/3")
    expect(other.get_by_label("事業の進め方")).to_have_value("月2回、地区センターで開く")
    other.get_by_label("期間").fill("令和9年5月1日から令和10年3月31日まで")
    other.get_by_role("button", name=NEXT).click()
    expect(other.get_by_text("令和9年5月1日から令和10年3月31日まで").first).to_be_visible()


def test_a_button_pressed_while_saving_is_no_conflict(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    begin(page)
    held = hold(page, "**/api/drafts/saved/*")
    page.get_by_label("事業の名称").fill("お茶の会")
    request = await_held(page, held)
    page.get_by_role("button", name=NEXT).click()
    request.continue_()
    expect(page.locator("[aria-current=step]")).to_have_text("どのように")


def test_two_tabs(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    link = begin(page)
    other = page.context.new_page()
    other.goto(f"{link}/2")
    page.get_by_label("事業の名称").fill("一つめの名")
    expect(page.locator("#saved")).to_have_text(SAVED)
    other.get_by_label("事業の名称").fill("二つめの名")
    expect(other.get_by_role("alert")).to_contain_text("別の画面で、この書類が変更されました")
    assert_accessible(other)
    other.get_by_role("button", name=NEXT).click()
    expect(other.get_by_role("heading", name="先に変更が保存されています")).to_be_visible()
    expect(other.get_by_label("事業の名称")).to_have_value("二つめの名")
    expect(other.locator(".other")).to_contain_text("一つめの名")
    expect(other).to_have_title(re.compile("^エラー："))
    assert_holds(other)
    other.get_by_role("button", name=NEXT).click()
    expect(other.locator("[aria-current=step]")).to_have_text("どのように")
    page.reload()
    expect(page.get_by_label("事業の名称")).to_have_value("二つめの名")


def test_what_cannot_be_saved_stays_and_is_told(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    begin(page)
    page.context.set_offline(True)
    page.get_by_label("事業の名称").fill("お茶の会")
    expect(page.get_by_role("alert")).to_contain_text("保存できませんでした")
    expect(page.get_by_label("事業の名称")).to_have_value("お茶の会")
    page.context.set_offline(False)
    page.get_by_label("事業の名称").press_sequentially("！")
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("#alert")).to_have_text("")


def test_words_of_the_text_stay_the_texts_when_saved_by_script(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    link = begin(page, "文章で書く")
    page.get_by_label("事業の内容").fill(BRIEF)
    page.get_by_role("button", name="保存して、読み取る").click()
    page.get_by_role("link", name="足りない項目を書く").click()
    expect(page.get_by_label("団体等の名称")).to_have_value("NPO法人こもれび")
    page.get_by_label("事業の名称").fill("お茶の会")
    expect(page.locator("#saved")).to_have_text(SAVED)
    saved = page.request.get(link.replace("/d/", "/api/drafts/saved/")).json()
    assert saved["fields"] == {"name": "お茶の会"}


def test_what_was_typed_before_the_script_came_is_saved(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    begin(page)
    held = hold(page, "**/drafts*.js*")
    page.reload(wait_until="commit")
    page.get_by_label("事業の名称").fill("お茶の会")
    await_held(page, held).continue_()
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_nothing_is_saved_while_words_are_composed(open_page: OpenPage) -> None:
    page = open_page("/drafts")
    begin(page)
    saved: list[dict[str, str]] = []

    def note(sent: Request) -> None:
        if sent.method == "PUT":
            saved.append(json.loads(sent.post_data or "")["fields"])

    page.on("request", note)
    stop_clock(page)
    keyboard = page.context.new_cdp_session(page)
    page.get_by_label("事業の名称").focus()
    keyboard.send("Input.imeSetComposition", {"text": "むずかしい", "selectionStart": 5, "selectionEnd": 5})
    page.clock.run_for(10_000)
    keyboard.send("Input.insertText", {"text": "難しい"})
    page.clock.run_for(1500)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert saved == [{"name": "難しい"}]


def test_errors_are_summed_up_at_the_top(open_page: OpenPage) -> None:
    page = open_page("/drafts/new")
    page.get_by_role("button", name="項目ごとに書く").click()
    expect(page).to_have_title(re.compile("^エラー："))
    page.get_by_role("alert").get_by_role("link", name="つくる書類を選んでください。").click()
    expect(page.locator("#document")).to_be_focused()
    assert_holds(page)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_of_own_drafts(open_page: OpenPage, language: str, viewport: dict[str, int]) -> None:
    page = open_page("/drafts", viewport=viewport)
    begin(page)
    page.get_by_label("事業の名称").fill(WORD)
    page.get_by_role("button", name=NEXT).click()
    page.wait_for_url("**/3")
    page.goto(f"/drafts?lang={language}")
    expect(page.locator(".own")).to_contain_text(WORD)
    assert_holds(page)
    assert_bends(page)
