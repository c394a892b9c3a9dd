"""Dates and periods as people write them: 令和9年6月1日, 2027/6/1, R9.6.1, ２０２７年７月, 令和九年, from … to …."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant.clauses.amounts import number, plain

_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988}
_N = r"(?:\d{1,2}|元|[〇一二三四五六七八九十]{1,3})"
_YEAR = rf"(?:(?P<era>令和|平成|昭和)\s?(?P<eranumber>{_N})|(?P<western>(?:19|20)\d\d))\s?年(?P<fiscal>度)?"
_DATE = re.compile(
    rf"(?:{_YEAR}\s?(?:[(（][^）)]{{1,8}}[)）])?|(?P<next>翌年度?|同年度?))?の?\s?"
    rf"(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?(?:月(?!間|額|謝|例|刊)|(?=の?月末))\s?"
    rf"(?:の?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?日(?!間)|(?P<last>末日?))?)"
    rf"|(?P<alone>{_YEAR.replace('?P<', '?P<alone_')})"
    r"|(?P<short>[RH](?P<sy>\d{1,2})[./](?P<sm>\d{1,2})[./](?P<sd>\d{1,2}))"
    r"|(?P<iso>(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2}))"
)
_BETWEEN = re.compile(
    r"\s*(?:[（(][^）)]{1,8}[）)])?\s*(?:から|より|~|―|—|–|-|に(?:始ま|始め|開始|着手|スタート)[^。]{0,8}?|を(?:始期|開始日|初日)とし[^。]{0,8}?"
    r"|[、,。\n\s]*(?:終了日?|終期|満了日?|至|終わり|完了|末日)(?:予定)?日?\s*[はがを:：]?)[、\s]*"
)


@dataclass(frozen=True)
class Date:
    """A date as far as it was written; a missing part is None. The year is Western."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    following: bool = False  # 翌年

    @property
    def known(self) -> tuple[int, ...]:
        """(year), (year, month) or (year, month, day), as far as written without a gap."""
        parts = (self.year, self.month, self.day)
        return tuple(p for i, p in enumerate(parts) if p is not None and None not in parts[:i])


@dataclass(frozen=True)
class Period:
    """From … to …, with its place in the text. `backwards`: the end is before the start."""

    begin: Date
    finish: Date

    @property
    def start(self) -> int:
        return self.begin.start

    @property
    def end(self) -> int:
        return self.finish.end

    @property
    def backwards(self) -> bool:
        begin, finish = self.begin.known, self._finish_known()
        depth = min(len(begin), len(finish))
        return depth > 0 and finish[:depth] < begin[:depth]

    def _finish_known(self) -> tuple[int, ...]:
        """The end with the year of the beginning where it has none; nothing where that would be a guess."""
        if self.finish.year is not None or self.begin.year is None or self.finish.month is None:
            return self.finish.known
        return ()


def dates(text: str) -> list[Date]:
    """All dates of `text`, in their order."""
    return [_date(match) for match in _DATE.finditer(plain(text)) if match.group().strip()]


def periods(text: str) -> list[Period]:
    """Pairs of dates that `text` joins to a period."""
    found = dates(text)
    even = plain(text)
    return [
        Period(a, b)
        for a, b in itertools.pairwise(found)
        if _BETWEEN.fullmatch(even[a.end : b.start]) and len(b.known or (0,)) >= 1
    ]


def _date(match: re.Match[str]) -> Date:
    if match["short"]:
        year = _ERA[match["short"][0]] + int(match["sy"])
        return Date(year, int(match["sm"]), int(match["sd"]), match.start(), match.end())
    if match["iso"]:
        return Date(int(match["iy"]), int(match["im"]), int(match["id"]), match.start(), match.end())
    if match["alone"]:
        return Date(_year(match, "alone_"), None, None, match.start(), match.end())
    month, day = (number(match[name]) if match[name] else None for name in ("month", "day"))
    day = 31 if match["last"] else day
    return Date(_year(match, ""), month, day, match.start(), match.end(), bool(match["next"]))


def _year(match: re.Match[str], prefix: str) -> int | None:
    if match[f"{prefix}western"]:
        return int(match[f"{prefix}western"])
    if match[f"{prefix}era"]:
        written = match[f"{prefix}eranumber"]
        return _ERA[match[f"{prefix}era"]] + (1 if written == "元" else number(written))
    return None
