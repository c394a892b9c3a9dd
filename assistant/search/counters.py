"""What a question counts (何回, 何件) and which numbers of just that a text shows; the data stands in counters.toml."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from assistant.text import compact, fold

_KINDS = "件|回|社|校|人|名|団体|事業者?|世帯|か所|箇所|地区|区|者|種類|冊|本|台|枚|組|施設|店舗?|園|つ|館|家族|個"
_ASKED = re.compile(rf"(?:何|なん)\s*({_KINDS})")
_TOLD = re.compile(rf"([0-9][0-9,]*)\s*(万|千)?\s*({_KINDS})")
_SAME = (("人", "名"), ("社", "者", "事業者", "団体"), ("か所", "箇所"), ("地区", "つ"), ("店", "店舗"))
_SET = re.compile(
    rf"([0-9]+)\s*({_KINDS})(?:の?うち)?(?:の、?(?:名前|名称|団体名|校名|社名|店名|一覧|リスト|名簿)|(?:って|は|の)?[、は]?(?:それぞれ|いったい)?(?:どこ|どれ|どの|誰|だれ|何という))"
)
_PART = re.compile(
    rf"[0-9]\s*(?:{_KINDS})[^。、]{{0,4}}(?:の?うち|の?中で?)[、は]?(?P<part>[^。?？]{{2,30}}?)(?:は|が|だけで|で)?、?何"
)
_POWERS = {"": 1, "千": 1_000, "万": 10_000}


@lru_cache(maxsize=1)
def _counters() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    data = tomllib.loads(resources.files("assistant.search").joinpath("counters.toml").read_text("utf-8"))
    return [(re.compile(c["ask"]), re.compile(c["shown"])) for c in data["counter"]]


def counted(folded: str) -> tuple[re.Pattern[str], ...]:
    """How texts show what the question counts; empty where it counts nothing that is known."""
    return tuple(shown for ask, shown in _counters() if ask.search(folded))


def shows_count(counts: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Does `text` show a number of anything that is counted?"""
    plain = compact(text) if counts else ""
    return any(shown.search(plain) for shown in counts)


def asked_counter(question: str) -> str:
    """The counter that a folded question asks for; empty if it asks for none."""
    found = _ASKED.search(question)
    return found.group(1) if found else ""


def set_asked(question: str) -> tuple[int, str] | None:
    """How many, by which counter, a folded question asks to be named: 「残りの3校はどこ」."""
    found = _SET.search(question)
    return (int(found.group(1)), found.group(2)) if found and int(found.group(1)) > 1 else None


def part_asked(question: str) -> str:
    """Of which part of a number that it tells a folded question asks the number: 「733件のうち、中国語の相談は何件」."""
    found = _PART.search(question)
    return found["part"] if found else ""


def _same(counter: str) -> tuple[str, ...]:
    """The counters that count the same things."""
    return next((group for group in _SAME if counter in group), (counter,))


def with_counter(counter: str) -> re.Pattern[str]:
    """A number with this counter, or with one that counts the same things, in folded text."""
    return re.compile(r"[0-9]\s*(?:" + "|".join(_same(counter)) + ")")


def numbers_with(text: str, counter: str) -> set[int]:
    """The numbers that a text gives with this counter."""
    told = _TOLD.finditer(fold(text))
    return {
        int(n.replace(",", "")) * _POWERS[power or ""]
        for n, power, unit in (f.groups() for f in told)
        if unit in _same(counter)
    }
