"""Days as ordinances write them, the day from which a provision is in force, and what amended it.

Days are ISO texts (2021-03-25), or 2013-02 where the text names a month only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.law_records import Amendment
from assistant.text import fold, kanji_number

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_D = r"[0-9〇一二三四五六七八九十百]{1,4}"
_YEAR = rf"(?:(?P<era>{'|'.join(_ERAS)})\s*(?P<year>元|{_D})|(?P<western>(?:19|20)[0-9]{{2}})|(?P<same>同))\s*年"
_DAY = re.compile(rf"{_YEAR}(?:\s*(?P<month>{_D})\s*月(?:\s*(?P<day>{_D})\s*日)?)?")
KINDS = "条例|規則|告示|訓令|要綱|規程|要領|要項|規約"
_NUMBER = re.compile(rf"(?P<name>[一-鿿ァ-ヶ]{{0,12}}?(?:{KINDS})[甲乙]?)\s*第\s*(?P<number>{_D})\s*号")
_FROM = re.compile(
    r"(?:(?P<made>公布|告示|公表|制定|決裁)の(?:日|日の翌日(?P<next>))から|から)(?:これを)?(?:施行|実施|適用)"
)
_AMENDED = re.compile(r"^(?:最終)?(?:一部|全部)?改正(?:[:：\s　]|$)")


def days(text: str) -> list[str]:
    """The days named in `text`, in order; 同年 is the year named before it."""
    found, year = [], 0
    for match in _DAY.finditer(fold(text)):
        year = _year(match, year)
        if not year or not match["month"]:
            continue
        month = _int(match["month"])
        day = _int(match["day"]) if match["day"] else 0
        if 1 <= month <= 12 and day <= 31:
            found.append(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""))
    return found


def _year(match: re.Match[str], before: int) -> int:
    if match["era"]:
        return _ERAS[match["era"]] + (1 if match["year"] == "元" else _int(match["year"]))
    return int(match["western"]) if match["western"] else before


def _int(text: str) -> int:
    return int(text) if text.isdecimal() else kanji_number(text)


def numbers(text: str) -> list[str]:
    """条例第34号 and the like, with the numbers in digits."""
    plain = _DAY.sub(" ", fold(text))
    return [f"{m['name']}第{_int(m['number'])}号" for m in _NUMBER.finditer(plain)]


def effective(texts: Iterable[str], made: str) -> str:
    """From when a provision is in force: the first day that its sentences name, `made` for the day it was made; "" if
    they leave it open (規則で定める日) and no remark tells it."""
    for text in texts:
        for sentence in re.split(r"[。\n]", fold(text)):
            told = _FROM.search(sentence)
            if told is None:
                continue
            if told["made"]:
                if told["next"] is None and made:
                    return made
                continue
            found = days(sentence[: told.start() + 2])
            if found:
                return found[-1] if sentence.lstrip().startswith(("(", "（")) else found[0]
    return ""


def amendments(lines: Sequence[str]) -> tuple[Amendment, ...]:
    """The 改正 lines before the articles, one entry a number; lines go on until one names neither day nor number."""
    found: list[Amendment] = []
    going = False
    for line in lines:
        going = bool(_AMENDED.match(line)) or (going and bool(days(line) or numbers(line)))
        if not going:
            continue
        dated, numbered = days(line), numbers(line)
        for place in range(max(len(dated), len(numbered))):
            day = dated[place] if place < len(dated) else ""
            found.append(Amendment(date=day, number=numbered[place] if place < len(numbered) else ""))
    return tuple(found)


def is_formal(text: str) -> bool:
    """A line of nothing but a day and a number, or one that promulgates or amends: it stands before the preamble."""
    plain = fold(text)
    if re.search(
        r"を(?:ここに)?(?:公布|制定)する。|改正する。$|(?:次の|別紙の)?とおり(?:定める|制定する|改正する)。$", plain
    ):
        return True
    if _AMENDED.match(plain):
        return True
    rest = _NUMBER.sub("", _DAY.sub("", plain))
    return rest != plain and not re.sub(r"[\s()（）〔〕\[\]・、:：]|公布|制定|告示|市|町|村|区|県|施行|決裁", "", rest)
