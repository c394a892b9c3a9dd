"""The content of a web page, without the menus, banners and notices of its site. The words it goes by stand in words.toml."""

from __future__ import annotations

import re
from functools import cache

from assistant.readers.web.tree import Element, without, words

_LEAST_MAIN = 0.25  # of the text; an element with less is one part of several
_MOST_DROPPED = 0.5  # of the text; what holds more is the page itself, whatever it is called
_LINKS = 0.75  # share of a list's text that is links: a menu
_FEWEST_LINKS = 4
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(words(name))


def find_main(root: Element) -> Element:
    """The element that holds the content, cleared of what is none."""
    shown = without(root, _never_shown)
    body = next((e for e in shown.elements() if e.tag == "body"), shown)
    most = _MOST_DROPPED * body.size
    body = without(body, lambda e: e.size <= most and bool(e.names & _words("everywhere")))
    return _main_element(body) or _cleared(body)


def _main_element(body: Element) -> Element | None:
    found: dict[str, list[Element]] = {name: [] for name in words("main")}
    for element in body.elements():
        said = element.attributes
        for name in {element.tag, said.get("role", ""), f"#{said.get('id', '')}"} & found.keys():
            found[name].append(element)
    return next((f[0] for f in found.values() if len(f) == 1 and f[0].size >= _LEAST_MAIN * body.size), None)


def _never_shown(element: Element) -> bool:
    said = element.attributes
    return (
        element.tag in _words("dropped")
        or said.get("role", "") in _words("dropped_roles")
        or "hidden" in said
        or said.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(said.get("style", "")))
    )


def _cleared(body: Element) -> Element:
    most = _MOST_DROPPED * body.size
    plain = without(body, lambda e: e.size <= most and _is_frame(e))
    most = _MOST_DROPPED * plain.size
    return without(plain, lambda e: e.size <= most and _is_menu(e))


def _is_frame(element: Element) -> bool:
    role = element.attributes.get("role", "")
    return (
        element.tag in _words("frame") or role in _words("frame_roles") or bool(element.names & _words("frame_names"))
    )


def _is_menu(element: Element) -> bool:
    """A list of links and nothing else, as pages without names for their parts have them."""
    if element.tag not in ("ul", "ol", "td", "table", "div", "p") or element.find("h1", "h2", "h3", "h4"):
        return False
    links = [e.size for e in element.find("a") if e.attributes.get("href")]
    return len(links) >= _FEWEST_LINKS and sum(links) >= _LINKS * element.size
