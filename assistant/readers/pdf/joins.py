"""When a line goes on in the next one, and how the two are put together."""

from __future__ import annotations

import re
import unicodedata

from assistant.readers.pdf.segments import wide

# What is not parted at a line end: opening brackets with what follows, a Latin word or number, closing signs with what
# stands before them.
_UNIT = re.compile(r"[（(「『【〔《〈“‘\[]*(?:[!-~]+|.)[、。，．）」』】〕》〉”’］！？ーっゃゅょッャュョ々：；・]*")
# A list's item by its mark. A wrapped line may begin with a bracket or with 第1条, but not with these.
ITEM = re.compile(r"^(?:[（(][0-9０-９]{1,2}[)）]|[（(][a-zア-ン一-十][)）]|[①-⑳㉑-㉟❶-❿]|[・•●○◎◆◇■□▪※]|[-‐–*]\s)")
_HYPHENED = re.compile(r"[A-Za-z]{2}[-\u2010\u00ad]$")
_NARROW = ("Na", "N", "H")
_SLACK = 0.3  # em


def length_of(text: str) -> float:
    """The width of `text` in em, near enough."""
    return sum(0.5 if unicodedata.east_asian_width(char) in _NARROW else 1.0 for char in text)


def goes_on(length: float, following: str, room: float, size: float) -> bool:
    """Would the first unit of `following` not have found room behind a line of `length` points in `room` points?"""
    if ITEM.match(following):
        return False
    unit = _UNIT.match(following)
    need = length_of(unit.group()) * size if unit else size
    return length + need > room - _SLACK * size


def joined(text: str, following: str) -> str:
    """Two lines as one: no blank between Japanese characters, one between Latin words, a word put together again."""
    if _HYPHENED.search(text) and following[:1].islower():
        return text[:-1] + following
    if text and following and not wide(text[-1]) and not wide(following[0]) and not text.endswith(("-", "/")):
        return f"{text} {following}"
    return text + following
