"""Furigana in a browser: no script needed, copy and search give the text without readings, everything still holds."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.rules import NARROW, assert_bends, assert_holds
from tests.browser.test_parts import site

__all__ = ["site"]

COPY = """() => { const range = document.createRange(), selection = getSelection();
  range.selectNodeContents(document.querySelector('blockquote')); selection.removeAllRanges(); selection.addRange(range);
  return selection.toString(); }"""


def test_the_switch_works_without_scripts_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/parts?field=福祉", java_script_enabled=False)
    assert page.locator("rt").count() == 0
    page.get_by_role("link", name="ふりがなをつける").click()
    expect(page).to_have_url(re.compile("field="))
    expect(page.locator("blockquote rt").nth(3)).to_be_attached()
    page.goto("/")
    assert page.locator("rt").count() > 3
    page.locator("a[href*='ruby=off']").click()
    expect(page.get_by_role("link", name="ふりがなをつける")).to_be_visible()
    page.wait_for_load_state()
    assert page.locator("rt").count() == 0


def test_copy_and_search_give_the_text_without_readings(open_page: OpenPage) -> None:
    plain = open_page("/parts").evaluate(COPY)
    page = open_page("/parts?ruby=on")
    assert page.evaluate(COPY) == plain == "市及び市民等は、協働契約を締結する。"
    page.evaluate("getSelection().removeAllRanges()")
    assert page.evaluate("window.find('協働') && window.find('契約')")  # a word; over several, it is for the browser


def test_pages_hold_with_readings(open_page: OpenPage) -> None:
    page = open_page("/parts?ruby=on", viewport=NARROW)
    assert_holds(page)
    assert_bends(page)
