"""Make the pictures of the five main pages beside this file: wide (1280 px) and on a phone (360 px).

    KYODO_HOME=… python docs/screens/make.py

Needs an index, Chromium and Japanese fonts. The people, groups and projects of the samples are invented.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from assistant.console import err
from assistant.embeddings import E5
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FOLDER = Path(__file__).parent
SAMPLES = FOLDER.parent / "samples"
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
QUESTION = "青葉区で花と緑の活動、担当はどこ"


def ask(page: Page) -> None:
    page.goto("/")
    page.locator("textarea").first.fill(QUESTION)
    page.locator("form[action='/ask'] button[type=submit]:visible").first.click()
    page.wait_for_url("**/c/**")
    page.locator("#answer-1").wait_for()


def drafts(page: Page) -> None:
    page.goto("/drafts/new?document=contract")
    page.get_by_label("協働契約書").first.check()
    page.locator("button[name=go][value=text], button:has-text('文章')").first.click()
    page.locator("textarea").first.fill((SAMPLES / "contract.txt").read_text("utf-8"))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def reviews(page: Page) -> None:
    page.goto("/reviews")
    page.locator("input[type=file]").set_input_files(SAMPLES / "contract.docx")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/r/**")


def learn(page: Page) -> None:
    page.goto("/learn/lessons/1")


def sources(page: Page) -> None:
    page.goto("/overview")


PICTURES: dict[str, Callable[[Page], None]] = {
    "ask": ask,
    "drafts": drafts,
    "reviews": reviews,
    "learn": learn,
    "sources": sources,
}


def main() -> None:
    with served() as url, sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, journey in PICTURES.items():
            for suffix, viewport in (("", WIDE), ("-phone", NARROW)):
                context = browser.new_context(base_url=url, viewport=viewport, locale="ja-JP", reduced_motion="reduce")
                page = context.new_page()
                journey(page)
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=FOLDER / f"{name}{suffix}.png")
                context.close()
                err().print(f"{name}{suffix}.png", markup=False)
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The service on a port of its own, with a database that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = Settings().model_copy(update={"database": f"sqlite:///{folder}/web.db", "rate_client": ""})
        app = create_app(Service(settings, E5(settings.engine)))
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main()
