"""The operators' journey in a browser: log in, the queue, mark as done, export; and a visitor deletes their data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pydantic import SecretStr

from assistant.embeddings import E5
from assistant.service import Service
from ingest.run import Run
from server.store.database import Database
from tests.browser.conftest import OpenPage, Site
from tests.browser.rules import NARROW, WIDE, assert_accessible, assert_fits
from tests.server.store.samples import fill as fill_visitor
from tests.server.test_admin import TOKEN, fill

PATHS = ("/admin", "/admin/unanswered", "/admin/feedback", "/admin/feedback/1", "/admin/state")
WIDTHS = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])


@pytest.fixture(scope="module")
def site(built: Run, embedder: E5, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service with operators' pages and a database of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('admin') / 'web.db'}"
    settings = built.settings.model_copy(update={"database": url, "admin_token": SecretStr(TOKEN)})
    database = Database(settings)
    fill(database)
    database.close()
    site = Site(Service(settings, embedder))
    yield site
    site.stop()


def _enter(open_page: OpenPage, **options: Any) -> Page:
    page = open_page("/admin", **options)
    page.get_by_label("合い言葉").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("運用：様子")
    return page


@WIDTHS
def test_an_operator_works_through_the_queue(open_page: OpenPage, viewport: dict[str, int], downloads: Path) -> None:
    page = open_page("/admin", viewport=viewport)
    assert_accessible(page)
    page.get_by_label("合い言葉").fill("wrong")
    page.get_by_role("button", name="入る").click()
    expect(page).to_have_title("エラー：運用に入る — 協働ナビ")
    assert_accessible(page)
    page.get_by_label("合い言葉").fill(TOKEN)
    page.get_by_role("button", name="入る").click()
    page.get_by_role("link", name="回答への評価を見る").click()
    page.get_by_role("row", name="足りない").get_by_role("link").click()
    page.get_by_label("担当課を答えるケース").check()
    page.get_by_role("button", name="処理済みにする").click()
    expect(page.get_by_role("status").filter(has_text="更新しました")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="routing.jsonl").click()
    download.value.save_as(downloads / "routing.jsonl")
    (case,) = [json.loads(line) for line in (downloads / "routing.jsonl").read_text("utf-8").splitlines()]
    assert case["question"] == "花の担当は？" and "gold" in case["todo"]
    page.get_by_role("link", name="処理済み（1件）").click()
    page.get_by_role("row", name="足りない").get_by_role("link").click()
    page.get_by_role("button", name="まだ見ていない状態に戻す").click()
    expect(page.get_by_role("link", name="まだ見ていない（3件）")).to_be_visible()
    page.get_by_role("button", name="運用から出る").click()
    expect(page.get_by_label("合い言葉")).to_be_visible()
    page.goto("/admin")
    expect(page.get_by_role("heading", level=1)).to_have_text("運用に入る")


@WIDTHS
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_accessible_and_fits(open_page: OpenPage, viewport: dict[str, int], language: str) -> None:
    page = _enter(open_page, viewport=viewport)
    for path in PATHS:
        page.goto(f"{path}?lang={language}")
        assert page.locator("h1").count() == 1
        assert_accessible(page)
        assert_fits(page)


def test_it_works_without_scripts_and_by_keyboard(open_page: OpenPage) -> None:
    page = _enter(open_page, java_script_enabled=False)
    page.get_by_label("期間").focus()
    page.keyboard.press("ArrowDown")  # 30 days
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('?')[0]}?days=30")
    expect(page.get_by_label("期間")).to_have_value("30")


@WIDTHS
def test_a_visitor_deletes_everything(open_page: OpenPage, site: Site, viewport: dict[str, int]) -> None:
    page = open_page("/me", viewport=viewport)
    assert_accessible(page)
    _give(site, page)
    page.reload()
    assert_accessible(page)
    assert_fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="すべてをダウンロード").click()
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["turns"][0]["asked"] == "協働とは"
    page.get_by_role("link", name="すべて消す").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("データを消してよいですか")
    assert_accessible(page)
    page.get_by_role("button", name="すべて消す").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("データを消しました")
    assert_accessible(page)
    page.goto("/me")
    expect(page.get_by_text("保存されているものは、ありません")).to_be_visible()


def _give(site: Site, page: Page) -> None:
    """Keep one of everything for the visitor of this page."""
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == "kyodo")
    with site.server.config.app.state.database.session() as session:  # type: ignore[union-attr]
        fill_visitor(session, hashlib.sha256(cookie.encode()).hexdigest())
