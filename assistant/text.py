"""Normalisation of Japanese text: one set of rules for index, query, quotation check and evaluation.

Circled digits keep their identity (NFKC would turn 事業紹介⑪ into 事業紹介11 and 事業① into 事業1).
"""

from __future__ import annotations

import re
import unicodedata

_KEPT = "①-⑳㉑-㉟㊱-㊿❶-❿"
_NOT_KEPT = re.compile(f"[^{_KEPT}]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_JAPANESE = r"ぁ-ヿ㐀-䶿一-鿿々〇"
_WAVE = str.maketrans({"〜": "~", "～": "~", "∼": "~", "ヶ": "ケ", "ヵ": "カ", "‐": "-", "−": "-", "―": "-", "–": "-"})
_KANJI_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(r"(?<=第)[〇一二三四五六七八九十百]+(?=[条條項项款号號章節回期])")
_ENDS = "。！？!?"
_OPENING, _CLOSING = "（(〔［「『【《", "）)〕］」』】》"
_FOLLOWS = tuple("（(〔［。！？!?" + _CLOSING)  # what belongs to the sentence before it


def sanitize(text: str) -> str:
    """Return `text` without lone surrogates, control and invisible characters (tab and newline stay)."""
    text = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text)


def fold(text: str) -> str:
    """Return the form in which texts are compared: NFKC (circled digits kept), lower case, ヶ→ケ, one kind of dash."""
    folded = _NOT_KEPT.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return folded.translate(_WAVE).lower()


def compact(text: str) -> str:
    """`fold` without any white space: the form for exact comparison (the documents put blanks anywhere)."""
    return _SPACE.sub("", fold(text))


def one_line(text: str) -> str:
    """Join wrapped lines as Japanese is read: no blank between Japanese characters, one blank elsewhere."""
    text = re.sub(rf"(?<=[{_JAPANESE}、。」』）〕])[ \t]*\n\s*(?=[{_JAPANESE}、。「『（〔])", "", text.strip())
    return _SPACE.sub(" ", text)


_UNITS = (("回数", "回"), ("者数", "名"), ("人数", "名"), ("事業数", "事業"), ("件数", "件"), ("（円）", "円"))


def spoken_cell(column: str, cell: str) -> str:
    """「列名は値」 of a table; a bare number gets the unit its column names."""
    value = one_line(cell)
    if re.fullmatch(r"[0-9,]+", value):
        value += next((unit for end, unit in _UNITS if column.endswith(end)), "")
    return f"{column}は{value}" if column else value


def kanji_number(text: str) -> int:
    """`text` such as 二十三 or 百一 as an integer (up to 999)."""
    total, digits = 0, 0
    for char in text:
        if char in "十百":
            total += max(digits, 1) * (10 if char == "十" else 100)
            digits = 0
        else:
            digits = digits * 10 + _KANJI_DIGIT[char]
    return total + digits


def arabic_ordinals(text: str) -> str:
    """第十二条 → 第12条. Only behind 第 and before a counter, so that names such as 四季 stay."""
    return _KANJI_NUMBER.sub(lambda m: str(kanji_number(m.group())), text)


def sentences(text: str) -> list[str]:
    """Split at 。！？ and line ends, not inside brackets; a parenthesis behind a full stop stays with its sentence.

    Every piece is a verbatim substring of `text`, without white space at its ends.
    """
    return [piece for line in text.split("\n") for piece in _line_sentences(line)]


def _line_sentences(line: str) -> list[str]:
    pieces, begin, depth = [], 0, 0
    for position, char in enumerate(line):
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        ends = char in _ENDS or (char in _CLOSING and line[:position].rstrip(_CLOSING)[-1:] in _ENDS)
        if ends and depth == 0 and line[position + 1 : position + 2] not in _FOLLOWS:
            pieces.append(line[begin : position + 1])
            begin = position + 1
    pieces.append(line[begin:])
    return [piece.strip() for piece in pieces if piece.strip()]


def contains(haystack: str, needle: str) -> bool:
    """Is `needle` in `haystack`, white space and width aside?"""
    return compact(needle) in compact(haystack)


def one_after_other(first: str, then: str) -> str:
    """Two things that were said, as one text."""
    return f"{first.rstrip('。?？ ')}。{then}"
