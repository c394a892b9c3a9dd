"""How a line of a document begins: its number or mark, its heading, a row of a table. Patterns: structure.toml.

A line is read by itself here; what stands above it is the matter of structure.py. All offsets count in the whole text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.clauses.amounts import plain

_RULE = re.compile(r"[\s|│┃:：\-=─━―—*＊_＿~～.・+┼├┤┌┐└┘┬┴]+")
_CELL = re.compile(r"[^|│┃\n]+")
_QUANTITY = re.compile(r"[0-9][0-9,.]*\s?(?:円|万|千|月|日|年|時|%|割)|[一二三四五六七八九十]+(?:万|円|割|月|日)")


@dataclass(frozen=True)
class Patterns:
    marks: dict[str, re.Pattern[str]]
    bracket: re.Pattern[str]
    sign: re.Pattern[str]
    gap: re.Pattern[str]
    wide: re.Pattern[str]
    topic: re.Pattern[str]
    party: re.Pattern[str]
    attachment: re.Pattern[str]
    signing_date: re.Pattern[str]
    signer: re.Pattern[str]
    duties: re.Pattern[str]
    title: re.Pattern[str]


@dataclass(frozen=True)
class Line:
    """A line without its white space at both ends. `even` has half-width digits; `body` is where the text after the
    mark begins; `cells` are the spans of a table's row."""

    start: int
    end: int
    even: str
    kind: str = ""
    mark: str = ""
    body: int = 0
    cells: tuple[tuple[int, int], ...] = ()

    @property
    def rest(self) -> str:
        """What follows the mark, with half-width digits."""
        return self.even[self.body - self.start :]

    @property
    def sentence(self) -> bool:
        return "。" in self.even


@dataclass(frozen=True)
class Split:
    """A heading and the place where what it is a heading of begins."""

    heading: str
    body: int


@cache
def patterns() -> Patterns:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("structure.toml").read_text("utf-8"))
    single = {name: re.compile(text) for group in ("headings", "parts") for name, text in told[group].items()}
    return Patterns(marks={name: re.compile(text) for name, text in told["marks"].items()}, **single)


def read_lines(text: str) -> Iterator[Line | None]:
    """The lines of `text`; None for an empty one and for a ruled one (―――, |---|)."""
    even, at = plain(text), 0
    for raw in even.split("\n"):
        start, line = at + len(raw) - len(raw.lstrip()), raw.strip()
        at += len(raw) + 1
        yield None if not line or (_RULE.fullmatch(line) and not re.search("[＿_]{2}", line)) else _read(line, start)


def _read(line: str, start: int) -> Line:
    end = start + len(line)
    if line[0] in "|│┃" and len(line) > 2:
        spans = [(m.start() + _lead(m.group()), m.start() + len(m.group().rstrip())) for m in _CELL.finditer(line)]
        cells = tuple((start + a, start + b) for a, b in spans if a < b)
        return Line(start, end, line, "table", "", cells[0][0] if cells else start, cells)
    for kind, pattern in patterns().marks.items():
        if found := pattern.match(line):
            rest = line[found.end() :]
            return Line(start, end, line, kind, found.group().strip(), start + found.end() + _lead(rest))
    return Line(start, end, line, body=start)


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def bracketed(line: Line) -> Split | None:
    """A heading in brackets at the head of what follows the mark."""
    found = patterns().bracket.match(line.rest)
    if not found:
        return None
    heading = next(group for group in found.groups() if group)
    after = line.rest[found.end() :]
    return Split("".join(heading.split()), line.body + found.end() + _lead(after))


def keyed(line: Line, *, gap: bool) -> Split | None:
    """項目：内容, or with `gap` 項目　内容; the one that ends first. Who does it (乙：運転) is no heading."""
    known = patterns()
    tries = [known.sign.fullmatch(line.rest), (known.gap if gap else known.wide).fullmatch(line.rest)]
    found = min((m for m in tries if m and m["key"].strip()), key=lambda m: m.end("key"), default=None)
    if not found or _QUANTITY.search(found["key"]) or known.party.fullmatch(found["key"].strip()):
        return None
    return Split(found["key"].strip(), line.body + found.start("body"))


def short(text: str, most: int = 30) -> bool:
    """Could `text` be a heading by its form: short, no sentence, no amount, no date?"""
    return 0 < len(text) <= most and not re.search(r"[。、:：=＝\t]", text) and not _QUANTITY.search(text)


def tells(line: Line) -> bool:
    """Is the line one that a heading may stand over: a sentence, a row, a list, a date, an amount?"""
    return bool(line.kind or len(line.even) > 24 or re.search("[。、:：=＝]", line.even) or _QUANTITY.search(line.even))
