"""Every macro on one page of the tests: accessible, bendable, with a ring, in each mode of the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import expect

from assistant.answers import Citation
from assistant.service import Service
from server.app import WEB, create_app
from server.render import render
from tests.browser.conftest import OpenPage, Site
from tests.browser.rules import NARROW, WIDE, assert_bends, assert_fits, assert_focus_ring, assert_holds, enlarge_text

CITED = Citation(
    n=1,
    source_id="a",
    title="横浜市市民協働条例",
    locator="条例第12条第2項",
    page="",
    quote="市及び市民等は、協働契約を締結する。",
    chunk_id="b",
)


def _with_parts(service: Service) -> FastAPI:
    app = create_app(service)
    loaders = [FileSystemLoader(WEB), FileSystemLoader(Path(__file__).parent)]
    app.state.templates.env.loader = ChoiceLoader(loaders)

    @app.get("/parts", response_class=HTMLResponse)
    def parts(request: Request) -> HTMLResponse:
        return render(request, "parts.html", cited=CITED)

    return app


@pytest.fixture(scope="module")
def site(service: Service) -> Iterator[Site]:
    site = Site(service, _with_parts)
    yield site
    site.stop()


def test_every_macro_is_shown() -> None:
    helpers = {"need", "hints", "label", "described", "demanded", "choice", "picture", "table_box", "once_field"}
    macros = set(re.findall(r"{% macro (\w+)", (WEB / "macros.html").read_text("utf-8"))) - helpers
    shown = set(re.findall(r"ui\.(\w+)", (Path(__file__).parent / "parts.html").read_text("utf-8")))
    assert macros == shown


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_parts_hold(open_page: OpenPage, language: str, viewport: dict[str, int]) -> None:
    page = open_page(f"/parts?lang={language}", viewport=viewport)
    assert_holds(page)
    assert_bends(page)


def test_the_parts_hold_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/parts", java_script_enabled=False)
    assert page.locator("details.disclosure[open]").count() == 1
    page.get_by_text("閉じているもの").click()
    expect(page.get_by_text("なかの文")).to_be_visible()


@pytest.mark.parametrize(
    "mode",
    [{"forced_colors": "active"}, {"color_scheme": "dark"}, {"contrast": "more"}],
    ids=lambda mode: next(iter(mode)),
)
def test_the_parts_hold_in_the_modes_of_a_system(open_page: OpenPage, mode: dict[str, str]) -> None:
    page = open_page("/parts", viewport=NARROW, **mode)
    assert_holds(page)


def test_a_state_is_seen_in_forced_colours(open_page: OpenPage) -> None:
    page = open_page("/?x=1", forced_colors="active")
    colours = "e => [getComputedStyle(e).borderBottomColor, getComputedStyle(document.body).backgroundColor]"
    now = page.locator(".pages a[aria-current]").evaluate(colours)
    other = page.locator(".pages a:not([aria-current])").first.evaluate(colours)
    assert now[0] != now[1] and other[0] == other[1]


def test_nothing_moves_when_motion_is_not_wanted(open_page: OpenPage) -> None:
    moving = "document.getAnimations().length"
    assert open_page("/parts").evaluate(moving) == 1
    assert open_page("/parts", reduced_motion="reduce").evaluate(moving) == 0


def test_large_text_of_a_browser_is_obeyed(open_page: OpenPage) -> None:
    page = open_page("/parts", viewport=NARROW)
    before = page.locator("main p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    enlarge_text(page, 150)
    assert page.locator("main p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == before * 1.5 == 24
    assert_fits(page)


def test_the_first_stop_is_the_way_to_the_contents(open_page: OpenPage) -> None:
    page = open_page("/parts")
    assert 'href="#main"' in assert_focus_ring(page)[0]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_paper_has_the_contents_and_not_the_ways(open_page: OpenPage) -> None:
    page = open_page("/parts")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header.site, .pagination, .tabs, .actions").filter(visible=True)).to_have_count(0)


def test_the_language_switch_keeps_page_and_query(open_page: OpenPage) -> None:
    page = open_page("/parts?field=福祉&page=2&lang=ja")
    link = page.get_by_role("link", name="English")
    assert link.get_attribute("lang") == link.get_attribute("hreflang") == "en"
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("Object.fromEntries(new URLSearchParams(location.search))") == {
        "field": "福祉",
        "page": "2",
        "lang": "en",
    }
    page.goto("/parts")
    assert page.locator("html").get_attribute("lang") == "en"
