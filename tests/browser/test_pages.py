"""Every page in a browser: accessible, within its window, in both widths and languages."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.rules import NARROW, WIDE, assert_accessible, assert_bends, assert_fits, assert_holds, set_width

PATHS = ("/", "/drafts", "/reviews", "/learn", "/sources", "/directory", "/overview", "/about", "/me")
WHOLE = (*PATHS, "/about?ruby=on", "/learn/lessons/1?ruby=on")  # hold every rule


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_fits(open_page: OpenPage, path: str, language: str) -> None:
    page = open_page(f"{path}?lang={language}")
    assert page.locator("h1").count() == 1 and page.locator("html").get_attribute("lang") == language
    for size in (WIDE, NARROW):
        set_width(page, size["width"])
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize("path", WHOLE)
def test_a_page_holds_every_rule(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport=NARROW)
    assert_holds(page)
    assert_bends(page)
