"""What in a text can tell who somebody is: マイナンバー, card, telephone, mail, address. Patterns: personal.toml.

It is found before anything is stored or sent on (assistant/chat/check_input.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from assistant.text import fold, sanitize

_NO_DIGIT = re.compile(r"\D")
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KANJI_RUN = re.compile(r"[〇一二三四五六七八九](?:[-ー・. の]?[〇一二三四五六七八九]){9,}")
_TELEPHONE_DIGITS = {"0": (10, 11), "+": (11, 13)}


class Kind(StrEnum):
    """In the order in which they are looked for: the digits of a card hold those of a telephone number."""

    MY_NUMBER = "my_number"
    CARD = "card"
    TELEPHONE = "telephone"
    MAIL = "mail"
    ADDRESS = "address"


@dataclass(frozen=True)
class Personal:
    """What was found: its kind, and its words as the folded text has them."""

    kind: Kind
    text: str

    @property
    def key(self) -> str:
        """What makes two of them the same: the digits of a number, else the words."""
        return self.text if self.kind in (Kind.MAIL, Kind.ADDRESS) else _digits(self.text)


def find_personal(text: str) -> tuple[Personal, ...]:
    """Everything personal in `text`, one kind after the other. What belongs to one kind is not looked at for the next."""
    plain = _KANJI_RUN.sub(lambda m: m.group().translate(_KANJI_DIGITS), fold(sanitize(text)))
    found: list[Personal] = []
    for kind in Kind:
        proven = [m for m in _pattern(kind).finditer(plain) if _TESTS[kind](m.group(), plain)]
        for match in proven:
            plain = plain[: match.start()] + " " * len(match.group()) + plain[match.end() :]
        found += [Personal(kind, match.group()) for match in proven]
    return tuple(found)


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


def _is_my_number(words: str, text: str) -> bool:
    """The check digit of 行政手続における特定の個人を識別するための番号の利用等に関する法律施行規則第5条, or the word beside it."""
    digits = [int(c) for c in _digits(words)]
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
    valid = digits[-1] == (0 if rest <= 1 else 11 - rest)
    return (valid and len(set(digits)) > 1) or _word("my_number", "named").search(text) is not None


def _is_card(words: str, text: str) -> bool:
    """Luhn: every second digit from the right counts double, the sum ends in 0."""
    digits = [int(c) for c in reversed(_digits(words))]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return 14 <= len(digits) <= 19 and (sum(digits[::2]) + doubled) % 10 == 0


def _is_telephone(words: str, text: str) -> bool:
    low, high = _TELEPHONE_DIGITS["+" if words.startswith("+") else "0"]
    return low <= len(_digits(words)) <= high


def _is_mail(words: str, text: str) -> bool:
    return True


def _is_address(words: str, text: str) -> bool:
    """A house; numbers joined by dashes only where somebody speaks of a home."""
    bare = _word("address", "bare").search(words) is not None
    return not bare or _word("address", "home").search(text) is not None


_TESTS: dict[Kind, Callable[[str, str], bool]] = {
    Kind.MY_NUMBER: _is_my_number,
    Kind.CARD: _is_card,
    Kind.TELEPHONE: _is_telephone,
    Kind.MAIL: _is_mail,
    Kind.ADDRESS: _is_address,
}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant").joinpath("personal.toml").read_text("utf-8"))


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    return re.compile(_data()[kind.value]["pattern"].replace("{sep}", _data()["sep"]))


@cache
def _word(kind: str, name: str) -> re.Pattern[str]:
    return re.compile(_data()[kind][name])
