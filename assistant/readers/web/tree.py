"""A page's elements as plain objects, parsed as browsers do (selectolax). No script runs, nothing is fetched."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from assistant.errors import BadInputFile
from assistant.text import sanitize

MOST_TAGS = 400_000  # a quarter of a minute; the longest tables of cities have a tenth of it
_DEEPEST_TAGS = 2_000  # open at once; the parser's time grows with the square of it
_DEEPEST = 150  # elements in elements; what lies deeper counts as text of the last one
_LONGEST_NAMES = 500  # characters of an id and class names that are looked at
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass
class Element:
    """An element; `children` are elements and texts. `size` counts the characters below it, blanks aside."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    size: int = 0

    def elements(self) -> Iterator[Element]:
        """All elements below it, in their order."""
        stack = [child for child in reversed(self.children) if isinstance(child, Element)]
        while stack:
            element = stack.pop()
            yield element
            stack += [child for child in reversed(element.children) if isinstance(child, Element)]

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.elements() if element.tag in tags]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def names(self) -> set[str]:
        """The parts of its id and its class names, in lower case, and these names whole."""
        said = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"[:_LONGEST_NAMES]
        return {part.lower() for part in _PARTS.findall(said)} | set(re.split(r"[\s_-]+", said.lower()))


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of words.toml."""
    data: dict[str, list[str]] = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))
    return tuple(data[name])


def parse(html: str, name: str) -> Element:
    """The root element of a page. Raises BadInputFile for a page that no person or program has meant to be read."""
    _check(html, name)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    return Element("html") if root is None else _copied(root)


def _check(html: str, name: str) -> None:
    open_tags: Counter[str] = Counter()
    depth = deepest = count = 0
    unclosed = frozenset(words("unclosed"))
    for closing, written in _TAG.findall(html):
        count += 1
        tag = written.lower()
        if tag in unclosed:
            continue
        if not closing:
            open_tags[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_tags[tag]:
            open_tags[tag] -= 1
            depth -= 1
    if count > MOST_TAGS or deepest > _DEEPEST_TAGS:
        raise BadInputFile(
            f"{name}: タグの数か入れ子が多すぎるため開きません。ブラウザーで開いてPDFに印刷したものを指定してください。",
            f"{name}: not opened, too many tags or too many levels of them; print it to PDF in a browser and give that",
        )


def _copied(root: Any) -> Element:
    top = Element("html")
    stack: list[tuple[Any, Element, int]] = [(root, top, 0)]
    while stack:
        node, parent, depth = stack.pop()
        for child in node.iter(include_text=True):
            if child.is_text_node:
                parent.children.append(sanitize(child.text_content or ""))
            elif child.is_element_node:
                below = parent
                if depth < _DEEPEST:
                    below = Element(child.tag, {k: v or "" for k, v in child.attributes.items()})
                    parent.children.append(below)
                stack.append((child, below, depth + 1))
    return top


def without(element: Element, is_dropped: Callable[[Element], bool]) -> Element:
    """A copy without the elements that `is_dropped` names, sizes counted anew."""
    kept = Element(element.tag, element.attributes)
    for child in element.children:
        if isinstance(child, str):
            kept.children.append(child)
            kept.size += len("".join(child.split()))
        elif not is_dropped(child):
            below = without(child, is_dropped)
            kept.children.append(below)
            kept.size += below.size
    return kept
