"""A cell's value as its number format displays it: 1,234 / 12.5% / 令和8年4月1日. Formats that are rarer than these show
the plain value.

Source: ISO/IEC 29500-1, 18.8.30 (numFmts) and 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]|\[[^\]]*\]")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")
_DATE_PART = re.compile(r"ggge{1,2}|gge{1,2}|ge{1,2}|yyyy|yy|mm|m|dd|d|aaaa|aaa|hh|h|ss|s|AM/PM", re.IGNORECASE)
_ERAS = ((dt.date(2019, 5, 1), "令和", "R"), (dt.date(1989, 1, 8), "平成", "H"), (dt.date(1926, 12, 25), "昭和", "S"))
_DAYS = "月火水木金土日"
_LARGEST = 1e15  # beyond it Excel too shows 1E+15
_LONGEST_FORMAT = 255  # characters; Excel takes no longer one
_STAND_IN = "\ue000"  # for a literal while the rest is read


def displayed(value: Any, form: str) -> str:
    """`value` as text: bool, number, date, time, duration or string, by the number format `form`."""
    if value is None:
        return ""
    form = form if len(form) <= _LONGEST_FORMAT else "General"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, form)
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    if not math.isfinite(value):
        return ""
    section = _section(value, form)
    bare, literals = _literals(section)
    found = _DIGITS.search(bare)
    if found is None or abs(value) >= _LARGEST:
        return _plain(value) if "@" in bare or "general" in bare.lower() or not literals else _restored(bare, literals)
    places = len(found[1] or "")
    number = Decimal(repr(value)) * (100 if "%" in bare else 1)
    optional = len((found[1] or "").rstrip("#")) if found[1] else 0
    text = f"{abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):{',' if ',' in found[0] else ''}f}"
    while places > optional and text.endswith("0"):
        text, places = text[:-1], places - 1
    whole = found[0].split(".", maxsplit=1)[0].count("0")
    text = "0" * (whole - len(text.split(".", maxsplit=1)[0])) + text
    sign = "-" if value < 0 and section == form.split(";", maxsplit=1)[0] else ""
    shown = bare[: found.start()] + sign + text.rstrip(".") + bare[found.end() :]
    return _restored(shown, literals).strip()


def _section(value: float, form: str) -> str:
    """A format has up to four parts: positive; negative; zero; text."""
    parts = form.split(";")
    if value < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if value == 0 and len(parts) > 2 and parts[2] else parts[0]


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def _literals(form: str) -> tuple[str, list[str]]:
    """The format with a stand-in for each literal text, and these texts in order."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        text = next((group for group in match.groups() if group), "")
        if not text:
            return ""
        found.append(text)
        return _STAND_IN

    return _LOCALE.sub(lambda m: m[1] or "", _QUOTED.sub(keep, form)), found


def _restored(text: str, literals: list[str]) -> str:
    for literal in literals:
        text = text.replace(_STAND_IN, literal, 1)
    return text


def _date(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    bare, literals = _literals(form.split(";", maxsplit=1)[0])
    if not _DATE_PART.search(bare) or "general" in bare.lower():
        return value.isoformat(" ").removesuffix(" 00:00:00") if isinstance(value, dt.datetime) else value.isoformat()
    shown, clock = "", False
    position = 0
    for part in _DATE_PART.finditer(bare):
        between = bare[position : part.start()]
        token = part[0].lower()
        after = bare[part.end() :]
        minutes = token in ("m", "mm") and (clock or re.match(r"[^a-zA-Z]*s", after, re.IGNORECASE) is not None)
        shown += between + (_clock("n" * len(token) if minutes else token, value) or _calendar(token, value))
        clock = token.startswith("h") or (clock and not minutes and token.startswith("m"))
        position = part.end()
    return _restored(shown + bare[position:], literals).strip().removesuffix(";@")


def _clock(token: str, value: dt.datetime | dt.date | dt.time) -> str:
    """Hours, minutes (n) and seconds; "" for parts of a day's date."""
    if not isinstance(value, dt.datetime | dt.time):
        return ""
    parts = {"h": value.hour, "n": value.minute, "s": value.second}
    if token[0] not in parts or token.startswith("am"):
        return ("AM" if value.hour < 12 else "PM") if token.startswith("am") else ""
    return f"{parts[token[0]]:0{len(token)}}"


def _calendar(token: str, value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.time):
        return ""
    date = value.date() if isinstance(value, dt.datetime) else value
    if token.startswith("g"):
        return _era(date, token)
    parts = {"yyyy": f"{date.year}", "yy": f"{date.year % 100:02}", "mm": f"{date.month:02}", "m": f"{date.month}"}
    parts |= {"dd": f"{date.day:02}", "d": f"{date.day}"}
    parts |= {"aaaa": _DAYS[date.weekday()] + "曜日", "aaa": _DAYS[date.weekday()]}
    return parts.get(token, "")


def _era(date: dt.date, token: str) -> str:
    begins, name, letter = next((era for era in _ERAS if date >= era[0]), (dt.date(1912, 7, 30), "大正", "T"))
    number = date.year - begins.year + 1
    shown = {1: letter, 2: name[0], 3: name}[token.count("g")]
    return shown + (f"{number:02}" if token.endswith("ee") else str(number))
