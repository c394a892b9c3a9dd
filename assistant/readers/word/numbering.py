"""The automatic numbers of paragraphs. A contract made in Word often has 第1条 only there, not in its text.

Source: ISO/IEC 29500-1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.readers.word.numbers import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_LONGEST_CHAIN = 20  # styles that rest on one another; more is a circle
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # signs of symbol fonts
_BULLET = "・"
_SUFFIXES = {"nothing": "", "space": " "}
_TAB = "　"


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    plain: bool  # all numbers in digits
    style: str


def value(parent: Any, tag: str) -> str | None:
    """The w:val of the child `tag`; None without one."""
    child = parent.find(W + tag) if parent is not None else None
    return None if child is None else child.get(W + "val")


def number(text: str | None, otherwise: int = 0) -> int:
    """An integer of the file; anything else in its place counts as `otherwise`."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise


class Numbering:
    """Counts while paragraphs are read in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """`numbering` and `styles` are the roots of their parts; None where a file has none."""
        self._styles = {s.get(W + "styleId"): s for s in _all(styles, "style")}
        default = (i for i, s in self._styles.items() if s.get(W + "default") and s.get(W + "type") == "paragraph")
        self._default = next(default, None)
        self._abstract = {a.get(W + "abstractNumId"): a for a in _all(numbering, "abstractNum")}
        self._lists = {n.get(W + "numId"): n for n in _all(numbering, "num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def style_name(self, paragraph: Any) -> str:
        """The name of the paragraph's style in lower case (heading 1, toc 2, title)."""
        name = value(next(self._chain(paragraph), None), "name")
        return (name or "").lower()

    def label(self, paragraph: Any) -> str:
        """The number of the next paragraph as Word shows it, with what stands between it and the text; "" without."""
        place = self._place(paragraph)
        if place is None:
            return ""
        identity, depth = place
        levels = self._levels_of(identity)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._count(identity, depth, level, levels)
        if level.form == "bullet":
            shown = _PRIVATE.sub(_BULLET, level.text)
        else:
            shown = re.sub("%([1-9])", lambda m: self._shown(int(m[1]) - 1, counts, levels, level.plain), level.text)
        return shown + _SUFFIXES.get(level.suffix, _TAB) if shown else ""

    def _count(self, identity: str, depth: int, level: _Level, levels: dict[int, _Level]) -> list[int | None]:
        """Lists that rest on one definition go on counting, unless one says where it begins."""
        abstract = value(self._lists[identity], "abstractNumId") or ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        begins = self._override(identity, depth)
        if begins is not None and (identity, depth) not in self._begun:
            counts[depth] = begins
        else:
            before = counts[depth]
            counts[depth] = level.start if before is None else before + 1
        self._begun.add((identity, depth))
        for deeper in range(depth + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                counts[deeper] = None
        return counts

    def _shown(self, depth: int, counts: list[int | None], levels: dict[int, _Level], plain: bool) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        count = counts[depth]
        form = "decimal" if plain else level.form
        return "" if form == "none" else written(level.start if count is None else count, form)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level that a paragraph belongs to, by itself or by its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        identity, depth = value(own, "numId"), value(own, "ilvl")
        for style in self._chain(paragraph):
            if identity is not None:
                break
            given = style.find(f"{W}pPr/{W}numPr")
            identity, depth = value(given, "numId"), depth or value(given, "ilvl")
            if identity in self._lists:
                name = style.get(W + "styleId")
                tied = (d for d, level in self._levels_of(identity).items() if level.style == name)
                depth = str(next(tied, number(depth)))
        if identity not in self._lists:  # 0 takes a style's number away
            return None
        return str(identity), min(max(number(depth), 0), _LEVELS - 1)

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        identity = value(paragraph.find(W + "pPr"), "pStyle") or self._default
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identity)
            if style is None:
                return
            yield style
            identity = value(style, "basedOn")

    def _levels_of(self, identity: str | None) -> dict[int, _Level]:
        if identity is None or identity not in self._lists:
            return {}
        if identity not in self._levels:
            self._levels[identity] = {}  # a definition that leads back to itself has no levels
            own = {_depth(x): _level(x.find(W + "lvl")) for x in self._lists[identity].findall(W + "lvlOverride")}
            levels = self._defined(value(self._lists[identity], "abstractNumId"))
            self._levels[identity] = levels | {depth: level for depth, level in own.items() if level is not None}
        return self._levels[identity]

    def _defined(self, identity: str | None) -> dict[int, _Level]:
        abstract = self._abstract.get(identity)
        if abstract is None:
            return {}
        linked = self._styles.get(value(abstract, "numStyleLink"))
        if linked is not None:
            return self._levels_of(value(linked.find(f"{W}pPr/{W}numPr"), "numId"))
        levels = {_depth(x): _level(x) for x in abstract.findall(W + "lvl")}
        return {depth: level for depth, level in levels.items() if level is not None}

    def _override(self, identity: str, depth: int) -> int | None:
        for override in self._lists[identity].findall(W + "lvlOverride"):
            if _depth(override) == depth and (begins := value(override, "startOverride")) is not None:
                return number(begins, 1)
        return None


def _all(root: Any, tag: str) -> list[Any]:
    return [] if root is None else list(root.findall(W + tag))


def _depth(element: Any) -> int:
    return number(element.get(W + "ilvl"))


def _level(element: Any) -> _Level | None:
    if element is None:
        return None
    form = element.find(f".//{W}numFmt")
    restart = value(element, "lvlRestart")
    plain = element.find(W + "isLgl")
    return _Level(
        start=number(value(element, "start")),
        form="decimal" if form is None else form.get(W + "val", "decimal"),
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else number(restart),
        plain=plain is not None and plain.get(W + "val") not in ("0", "false"),
        style=value(element, "pStyle") or "",
    )
