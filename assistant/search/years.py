"""Years as people write them, so that a year that no document mentions can be told."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.text import fold

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988}
_BEGINS = (("令和", "2019-05-01"), ("平成", "1989-01-08"), ("昭和", "1926-12-25"))
_YEAR = re.compile(
    r"(令和|平成|昭和|(?<![a-z0-9])[rh])\s?(元|[0-9]{1,2})(?:\s?年|[.年]|(?=[^0-9a-z]|$))|(?<![0-9,])((?:19|20)[0-9]{2})(?![0-9,円])"
)
_BARE = re.compile(r"(?<![和成0-9])\s?(元|[0-9]{1,2})\s?年度")


def years(text: str) -> set[int]:
    """The years named in `text` with an era or four digits, as western years; 年度 counts as the year it begins in."""
    found = set()
    for era, number, western in _YEAR.findall(fold(text)):
        found.add(int(western) if western else _ERAS[era] + (1 if number == "元" else int(number)))
    return found


def years_in_tables(text: str) -> set[int]:
    """Years named without their era, as tables have them (元年度, 28年度), in each era that they may be of."""
    numbers = {1 if number == "元" else int(number) for number in _BARE.findall(fold(text))}
    return {_ERAS[era] + number for number in numbers for era in ("令和", "平成")}


def western(year: str) -> int:
    """令和元, 平成25 or 2013 as a western year."""
    era = next((name for name in _ERAS if year.startswith(name)), "")
    number = year.removeprefix(era)
    return _ERAS.get(era, 0) + (1 if number == "元" else int(number))


def era_date(day: str) -> str:
    """2021-04-01 → 令和3年4月1日; 2013-02 → 平成25年2月."""
    year, *rest = day.split("-")
    since = next((n for n, begins in _BEGINS if day >= begins), "")
    count = int(year) - _ERAS[since] if since else int(year)
    told = f"{since}{'元' if count == 1 and since else count}年"
    return told + "".join(f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False))


def day_before(day: str) -> str:
    """2021-04-01 → 2021-03-31; a month without a day stays."""
    return f"{date.fromisoformat(day) - timedelta(days=1)}" if len(day) == len("2021-04-01") else day
