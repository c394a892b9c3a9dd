"""Error pages in a browser: accessible, they fit, and what was written is still there on going back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rules import NARROW, WIDE, assert_accessible, assert_fits

WRITTEN = "青葉区で花と緑の活動をしたい。"


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("path", ["/nothing", "/nothing?lang=en", "/projects"])
def test_an_error_page_is_accessible_and_fits(open_page: OpenPage, path: str, viewport: dict[str, int]) -> None:
    page: Page = open_page(path, viewport=viewport)
    assert page.title().startswith(("エラー：", "Error: "))
    assert page.locator("h1").count() == 1 and page.locator(".trace").inner_text()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_keeps_what_was_written(open_page: OpenPage, scripts: bool) -> None:
    """Error pages promise it; pages are sent with `Cache-Control: no-store`, which must not undo it."""
    page: Page = open_page("/", java_script_enabled=scripts)
    page.locator("textarea").first.fill(WRITTEN)
    page.goto("/nothing")
    page.go_back()
    expect(page.locator("textarea").first).to_have_value(WRITTEN)
