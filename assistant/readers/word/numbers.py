"""A list's number as Word writes it: 1 １ 一 ① ア イ i. The alphabets stand in numbers.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_REPEATS = 20  # of a letter (a, aa, aaa …) and of a thousand in Roman numbers


@cache
def _table() -> dict[str, dict[str, str]]:
    source = resources.files("assistant.readers.word").joinpath("numbers.toml")
    return tomllib.loads(source.read_text("utf-8"))


def written(number: int, form: str) -> str:
    """`number` in the form `form` (a value of w:numFmt); a form that is not known here is written in digits."""
    table = _table()
    if number < 0:
        return str(number)
    if letters := table["letters"].get(form):
        return letters[(number - 1) % len(letters)]
    if digits := table["digits"].get(form):
        return "".join(digits[int(digit)] for digit in str(number))
    if signs := table["counting"].get(form):
        return _counting(number, signs)
    if signs := table["signs"].get(form):
        return signs[number - 1] if 1 <= number <= len(signs) else str(number)
    return _western(number, form)


def _counting(number: int, signs: str) -> str:
    """十二, 百三; with 壱 the one before a unit is written (壱拾)."""
    if not 0 < number < 10_000:
        return str(number)
    said = ""
    for power, unit in ((1000, signs[12]), (100, signs[11]), (10, signs[10])):
        count, number = divmod(number, power)
        if count:
            said += ("" if count == 1 and signs[1] == "一" else signs[count]) + unit
    return said + (signs[number] if number else "")


def _western(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number:
        repeats, letter = divmod(number - 1, 26)
        said = chr(ord("a") + letter) * min(repeats + 1, _MOST_REPEATS)
        return said.upper() if form == "upperLetter" else said
    if form in ("lowerRoman", "upperRoman") and number < 1000 * _MOST_REPEATS:
        said = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            said += sign * count
        return said.upper() if form == "upperRoman" else said
    if form == "decimalZero":
        return f"{number:02}"
    return f"- {number} -" if form == "numberInDash" else str(number)
