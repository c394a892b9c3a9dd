"""Amounts of money and shares as people write them: 84万円, 840,000円, ８４万円, 金弐百万円也, 8万2千円, 6割, 折半."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# One character for one, so that offsets stay.
_PLAIN = str.maketrans("０１２３４５６７８９，．％：～〜", "0123456789,.%:~~")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3, "伍": 5}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE = {"万": 10_000, "萬": 10_000, "億": 100_000_000}
_KANJI = "".join([*_DIGITS, *_SMALL, *_LARGE])
_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
# A number begins where no digit stands before it, and digits follow only signs of ten: no text makes it slow.
_NUMBER = rf"(?:(?<!\d)(?:{_ARABIC})(?:[{_KANJI}]+(?:\d[\d,]*)?)*|[{_KANJI}]+)"
_KANA = {"まん": 10_000, "せん": 1_000, "ひゃく": 100}  # 25まんえん, 5せん えん
_COUNTERS = "人名部枚個台回件本戸世帯票冊点歩時株頭羽軒棟社団種年月日㎡kKＫm％%ヘクタール平"
_AMOUNT = re.compile(
    rf"(?:(?<![一-龯])金|[¥￥])?\s?(?P<number>{_NUMBER})\s?(?:円(?:也)?|也)"
    rf"|[¥￥]\s?(?P<marked>{_ARABIC})"
    rf"|(?P<bare>{_NUMBER})(?<=[万萬億])(?![{_COUNTERS}])"
    rf"|(?P<kana>(?<![\d.,])(?:(?:\d+(?:\.\d+)?\s?(?:{'|'.join(_KANA)})\s?){{1,3}}(?:\d+\s?)?|\d+\s?(?=えん)))"
    r"(?:えん|円)(?!げい|ぴつ|がわ)"
)
_KANA_PART = re.compile(rf"(\d+(?:\.\d+)?)\s?({'|'.join(_KANA)})?")
_SHARE = re.compile(
    rf"(?P<tenths>\d+(?:\.\d+)?|[{_KANJI}])割(?:(?P<rest>\d|[{_KANJI}])分)?(?!引|り引|増|減|安)"
    r"|(?P<percent>\d+(?:\.\d+)?)\s?(?:%|パーセント)"
    rf"|(?P<denominator>\d+|[{_KANJI}])分の(?P<numerator>\d+|[{_KANJI}])"
)
HALVES = re.compile("折半|半々|半分ずつ|半額ずつ|二分の一ずつ|等分|同額ずつ|同額を(?:それぞれ|出し)")


@dataclass(frozen=True)
class Amount:
    """A sum in yen with its place in the text."""

    yen: int
    start: int
    end: int


@dataclass(frozen=True)
class Share:
    """A part of a whole (6割 = 3/5) with its place in the text."""

    part: Fraction
    start: int
    end: int


def plain(text: str) -> str:
    """`text` with half-width digits and signs; every character keeps its place."""
    return text.translate(_PLAIN)


def number(text: str) -> int:
    """`text` such as 8万2千, 1,850,000, 弐百 as an integer; ValueError if it is none."""
    total, part, digits = 0, 0, ""
    for char in plain(text).replace(",", ""):
        if char.isdecimal() or char == ".":
            digits += char
        elif char in _DIGITS:
            digits += str(_DIGITS[char])
        elif char in _SMALL:
            part += int(float(digits or 1) * _SMALL[char])
            digits = ""
        elif char in _LARGE:
            total += round((part + float(digits or (0 if part else 1))) * _LARGE[char])
            part, digits = 0, ""
        else:
            raise ValueError(text)
    return total + part + int(float(digits or 0))


def amounts(text: str) -> list[Amount]:
    """All amounts of money of `text`, in their order."""
    found = []
    for match in _AMOUNT.finditer(plain(text)):
        if match["kana"]:
            yen = sum(float(digits) * _KANA.get(unit, 1) for digits, unit in _KANA_PART.findall(match["kana"]))
            found.append(Amount(round(yen), match.start(), match.end()))
            continue
        written = match["number"] or match["marked"] or match["bare"]
        if set(written) <= set("〇零"):  # 〇〇円 is a blank
            continue
        found.append(Amount(number(written), match.start(), match.end()))
    return found


def shares(text: str) -> list[Share]:
    """All shares of `text`, in their order; 折半 and the like are HALVES."""
    found = []
    for match in _SHARE.finditer(plain(text)):
        if match["tenths"]:
            part = Fraction(match["tenths"] if match["tenths"][0].isdecimal() else number(match["tenths"])) / 10
            part += Fraction(number(match["rest"]), 100) if match["rest"] else 0
        elif match["percent"]:
            part = Fraction(match["percent"]) / 100
        else:
            part = Fraction(number(match["numerator"]), number(match["denominator"]) or 1)
        found.append(Share(part, match.start(), match.end()))
    return found
