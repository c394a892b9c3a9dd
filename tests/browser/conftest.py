"""A real browser over a real server on loopback. Chromium comes from the system; without it these tests are skipped,
and in CI that is an error."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from assistant.service import Service
from server.app import create_app
from tests.browser.rules import WIDE

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OpenPage = Callable[..., Page]
_PATIENCE = 60_000  # milliseconds: a busy machine is slow, and a right page comes in the end


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Playwright's own pipe is a socket pair; the browser itself is held to loopback by `strict`."""


@pytest.fixture(scope="package")  # its event loop runs until it ends, and other tests have loops of their own
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        told = "no Chromium on this machine (Debian: apt-get install chromium-headless-shell fonts-noto-cjk)"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


class Site:
    """The service on a port of its own, in a thread; it can be stopped and started again on the same port."""

    def __init__(self, service: Service, make: Callable[[Service], FastAPI] = create_app) -> None:
        self.service = service
        self.make = make
        self.port = 0  # any that is free, and kept from then on
        self.start()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self.make(self.service),
            log_config=None,  # as `kyodo serve` has it; uvicorn's own would take its lines away from other tests
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([listening],), daemon=True)
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(60)


@pytest.fixture(scope="session")
def site(service: Service) -> Iterator[Site]:
    site = Site(service)
    yield site
    site.stop()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """`open_page(path, viewport=…, java_script_enabled=…)` in a context of its own (another visitor). At the end: nothing
    was asked of another origin, and neither the content security policy nor a script complained."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(
            base_url=site.url, **{"viewport": WIDE, "locale": "ja-JP", "accept_downloads": True, **options}
        )
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Security Policy" in told.text else None)
        page.on("request", lambda sent: complaints.append(sent.url) if not _ours(sent.url, site) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def stop_clock(page: Page) -> None:
    """From now on no timer of the page runs out by itself, however slow the machine; `page.clock.run_for` lets them."""
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(hours=1))


def _ours(url: str, site: Site) -> bool:
    return url.startswith((site.url, "data:", "blob:", "about:"))


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder
