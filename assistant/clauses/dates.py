"""Dates and periods as people write them: 令和9年6月1日, 2027/6/1, R9.6.1, ２０２７年７月, 令和九年, from … to …."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from assistant.clauses.amounts import number, plain

_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988}
_N = r"(?:\d{1,2}|元|[〇一二三四五六七八九十]{1,3})"
_YEAR = rf"(?:(?P<era>令和|平成|昭和)\s?(?P<eranumber>{_N})|(?P<western>(?:19|20)\d\d))\s?年(?P<fiscal>度)?"
_DATE = re.compile(
    rf"(?:{_YEAR}\s?(?:[(（][^）)]{{1,8}}[)）])?|(?P<relative>翌年度?|同年度?)|(?<![0-9一二三四五六七八九十.])(?P<bare>{_N})\s?年(?=\s?[0-9一二三四五六七八九十]))?の?\s?"
    rf"(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?(?:月(?!間|額|謝|例|刊)|(?=の?月末))\s?"
    rf"(?:の?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?日(?!間)|(?P<last>末日?))?)"
    rf"|(?P<alone>{_YEAR.replace('?P<', '?P<alone_')})"
    r"|(?P<short>[RH](?P<sy>\d{1,2})[./](?P<sm>\d{1,2})[./](?P<sd>\d{1,2}))"
    r"|(?P<iso>(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2}))"
)
_NOTE = r"\s*(?:[（(][^）)]{1,8}[)）])?\s*"
_START = r"(?:始ま[りる]|始め|開始し?|着手し?|スタートし?)"
_FINISH = r"(?:事業|契約|業務|履行|実施)?の?(?:終了|終期|満了|至|終わり|完了|末日|ゴール)(?:予定)?(?:の?日)?"
_GAP = r"[、,。\s|│・/]*"
_BETWEEN = re.compile(
    rf"{_NOTE}(?:(?:から|より)(?:{_START}て?|とし)?|~|―|—|–|-|に{_START}[^。]{{0,8}}?|を(?:始期|開始日|初日)とし[^。]{{0,8}}?"
    rf"|{_GAP}至)[、\s]*"
)
_LABELLED = re.compile(rf"{_NOTE}(?:で|とし|です|である|から)?て?{_GAP}{_FINISH}{_GAP}[はがをに:：]?{_GAP}")
_BEGINS = re.compile(r"(?:開始|始期|始まり|着手|スタート|初日|自|はじめ)(?:予定)?(?:の?日)?[はがをに:：]?[\s|│]*$")


@dataclass(frozen=True)
class Date:
    """A date as far as it was written; a missing part is None. The year is Western; `following` is 翌年, `same` 同年,
    `fiscal` a year from April on (令和9年度) without a month."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    following: bool = False
    same: bool = False
    fiscal: bool = False

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
        if self.begin.fiscal and begin:
            begin = (begin[0], 4, 1)
        if self.finish.fiscal and finish:
            finish = (finish[0] + 1, 3, 31)
        depth = min(len(begin), len(finish))
        return depth > 0 and finish[:depth] < begin[:depth]

    def _finish_known(self) -> tuple[int, ...]:
        """The end with the year of the beginning where it says 同年 or 翌年; nothing where that would be a guess."""
        finish, year = self.finish, self.begin.year
        if finish.year is None and year is not None and (finish.same or finish.following):
            return replace(finish, year=year + finish.following).known
        return finish.known


def dates(text: str) -> list[Date]:
    """All dates of `text`, in their order. 令和9年4月から10年3月: the second year is of the era of the first."""
    found: list[Date] = []
    era = None
    for match in _DATE.finditer(plain(text)):
        if match.group().strip():
            era = match["era"] or match["alone_era"] or era
            found.append(_date(match, era))
    return found


def periods(text: str) -> list[Period]:
    """Pairs of dates that `text` joins to a period."""
    found = dates(text)
    even = plain(text)
    return [Period(a, b) for a, b in itertools.pairwise(found) if b.month or b.year if _joined(even, a, b)]


def _joined(even: str, begin: Date, finish: Date) -> bool:
    between = even[begin.end : finish.start]
    if _BETWEEN.fullmatch(between):
        return True
    labelled = _BEGINS.search(even, max(0, begin.start - 20), begin.start)
    return bool(labelled and _LABELLED.fullmatch(between))


def _date(match: re.Match[str], era: str | None) -> Date:
    if match["short"]:
        year = _ERA[match["short"][0]] + int(match["sy"])
        return Date(year, int(match["sm"]), int(match["sd"]), match.start(), match.end())
    if match["iso"]:
        return Date(int(match["iy"]), int(match["im"]), int(match["id"]), match.start(), match.end())
    if match["alone"]:
        fiscal = bool(match["alone_fiscal"])
        return Date(_year(match, "alone_", era), None, None, match.start(), match.end(), fiscal=fiscal)
    month, day = (number(match[name]) if match[name] else None for name in ("month", "day"))
    day = 31 if match["last"] else day
    year_ = _year(match, "", era)
    if match["fiscal"] and year_ and month and month < 4:  # 令和9年度の3月 is in the next year
        year_ += 1
    told = match["relative"] or ""
    return Date(year_, month, day, match.start(), match.end(), told == "翌年", told == "同年")


def _year(match: re.Match[str], prefix: str, era: str | None) -> int | None:
    if match[f"{prefix}western"]:
        return int(match[f"{prefix}western"])
    named = match[f"{prefix}era"]
    if named:
        written = match[f"{prefix}eranumber"]
        return _ERA[named] + (1 if written == "元" else number(written))
    return _ERA[era] + number(match["bare"]) if era and not prefix and match["bare"] not in (None, "元") else None
