"""資料 in a browser: from a filter to the source, the quotation at its place, every page within the rules."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from assistant.index import Index
from assistant.service import Service
from server.library.passages import citation_address
from tests.browser.conftest import OpenPage
from tests.browser.rules import (
    NARROW,
    WIDE,
    assert_accessible,
    assert_bends,
    assert_fits,
    assert_focus_ring,
    assert_targets,
    assert_text_sizes,
    set_width,
)

REPORT = "/sources/yokohama-report-r2"
PATHS = (
    "/sources",
    REPORT,
    f"{REPORT}?words=夢ファンド",
    "/sources/tsurumi-plan/text",
    f"{REPORT}/articles",
    f"{REPORT}/articles/5",
    f"{REPORT}/articles/21",
    f"{REPORT}/tables",
    f"{REPORT}/none",
    "/directory?organization=青葉区",
    "/directory?words=ゑゑゑ",
    "/projects/W015",
    "/contracts",
    "/overview",
    "/overview?field=環境の保全",
)


def _assert_holds(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)
    assert_text_sizes(page)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_holds(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    for summary in page.locator("main summary").all()[:12]:
        if summary.is_visible():
            summary.click()
    for size in (WIDE, NARROW):
        set_width(page, size["width"])
        _assert_holds(page)


@pytest.mark.parametrize("path", ["/sources", "/overview", "/directory?organization=青葉区", f"{REPORT}/articles/5"])
def test_a_page_holds_in_english_and_bends(open_page: OpenPage, path: str) -> None:
    page = open_page(f"{path}{'&' if '?' in path else '?'}lang=en", viewport=NARROW)
    _assert_holds(page)
    assert_bends(page)


@pytest.mark.parametrize("path", ["/overview", "/directory?organization=青葉区", f"{REPORT}/articles/5"])
def test_every_stop_shows_the_ring(open_page: OpenPage, path: str) -> None:
    assert len(assert_focus_ring(open_page(path))) > 10


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_a_filter_to_the_source(open_page: OpenPage, script: bool) -> None:
    page = open_page("/directory", viewport=NARROW, java_script_enabled=script)
    page.get_by_label("言葉").fill("花")
    page.get_by_label("区・局", exact=True).select_option("青葉区")
    page.get_by_role("button", name="絞り込む").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("203件のうち1件")
    page.get_by_role("link", name="フラワーダイアログあおば").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("フラワーダイアログあおば事業")
    page.locator("#basis + p a").click()
    expect(page.locator("#cited")).to_contain_text("本編19ページをご参照ください")
    expect(page.locator("#cited")).to_be_in_viewport()
    page.get_by_role("link", name="この事業のページ").click()
    expect(page).to_have_url(re.compile("/projects/W"))


def test_the_list_follows_the_words_and_says_so(open_page: OpenPage) -> None:
    page = open_page("/directory")
    page.get_by_label("言葉").press_sequentially("ホタル", delay=20)
    expect(page.locator("#spoken")).to_contain_text("203件のうち")
    expect(page).to_have_url(re.compile(f"words={quote('ホタル')}"))
    page.reload()
    expect(page.get_by_label("言葉")).to_have_value("ホタル")
    expect(page.locator("#count")).to_contain_text("203件のうち")


def test_sorting_by_a_heading(open_page: OpenPage) -> None:
    page = open_page("/directory?field=防犯・地域安全活動")
    page.get_by_role("link", name="事業名").click()
    expect(page.get_by_role("columnheader", name="事業名")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="事業名").click()
    expect(page.get_by_role("columnheader", name="事業名")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tbody tr")).to_have_count(2)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
def test_the_quotation_is_marked_and_in_the_window(
    open_page: OpenPage, index: Index, service: Service, viewport: dict[str, int]
) -> None:
    for question in ("協働契約には何を定めなければなりませんか", "地域運営補助金を活用した地区は何地区ですか"):
        citation = service.ask(question).citations[0]
        page = open_page(citation_address(index, citation), viewport=viewport)
        mark = page.locator("mark")
        assert mark.count() == 1 and mark.evaluate("e => e.textContent") == citation.quote
        expect(mark).to_be_in_viewport()
        _assert_holds(page)


def test_the_map_leads_to_the_list(open_page: OpenPage) -> None:
    page = open_page("/overview")
    page.get_by_label("分野", exact=True).select_option("環境の保全")
    page.get_by_role("button", name="地図に表す").click()
    expect(page.locator(".shown")).to_contain_text("33件")
    tile = page.locator(".map a", has_text="旭区")
    count = int(tile.locator(".n").inner_text().split()[0])
    tile.click()
    expect(page.locator("tbody tr")).to_have_count(count)


def test_charts_keep_their_text_size_and_their_words(open_page: OpenPage) -> None:
    for viewport in (WIDE, NARROW):
        page = open_page("/overview", viewport=viewport)
        sizes = page.locator(".chart text").evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert len(sizes) > 50 and min(sizes) >= 14
        outside = page.locator(".chart text").evaluate_all(
            """all => all.filter(e => { const t = e.getBoundingClientRect(), s = e.ownerSVGElement.getBoundingClientRect();
               return t.left < s.left - 1 || t.right > s.right + 1 || t.bottom > s.bottom + 1; }).map(e => e.textContent)"""
        )
        assert not outside


def test_forced_colours_keep_the_bars(open_page: OpenPage) -> None:
    page = open_page("/overview", forced_colors="active")
    bar, ground = page.locator(".chart .bar").first, page.locator("body")
    assert bar.evaluate("e => getComputedStyle(e).fill") != ground.evaluate("e => getComputedStyle(e).backgroundColor")
    assert_accessible(page)


def test_an_article_at_its_item(open_page: OpenPage) -> None:
    page = open_page(f"{REPORT}/articles/5#p1-i4")
    assert page.locator(":target").inner_text().split() == ["(4)", "営利を主たる目的とする活動"]
    page.get_by_role("link", name="第6条").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第6条（市民活動推進基金）")
