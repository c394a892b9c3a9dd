"""Requests that wait until a test has looked at the page."""

from __future__ import annotations

from playwright.sync_api import Page, Route


def hold(page: Page, address: str) -> list[Route]:
    """Where the next request for `address` is held back when it comes."""
    held: list[Route] = []

    def keep(route: Route) -> None:  # Playwright writes on the function it is given: a list's own method will not do
        held.append(route)

    page.route(address, keep, times=1)
    return held


def await_held(page: Page, held: list[Route]) -> Route:
    while not held:
        page.wait_for_timeout(20)
    return held[0]
