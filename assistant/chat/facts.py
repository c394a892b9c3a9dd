"""What of a sentence can be checked without understanding it: numbers, names, words, negations and conditions.

Everything works on folded text and errs towards difference: two ways of writing one number are two numbers.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from assistant.text import compact, fold
from assistant.tokens import content_words, negated_words

_BEFORE = r"(?:令和|平成|昭和|大正|西暦|第|約|概ね|おおむね|およそ|最大|最低|上限|午前|午後|[a-z§¥$#-])?"
_DIGITS = (
    r"(?:[0-9](?:[0-9,.:/~-]*[0-9])?(?:[兆億万千百十][0-9,.]*)*|元(?=年)|[①-⑳㉑-㉟㊱-㊿]"
    r"|[〇一二三四五六七八九十百千万億]{2,}|[一二三四五六七八九十百千](?=[つ件人名回割年月日円条項号倍か団]))"
)
_UNIT = r"(?:か所|[^\W0-9_ぁ-ん]|%)?"
_AFTER = r"(?:以上|以下|未満|以内|以降|以前|超|程度|前後|まで|から)?"
_PART = re.compile(f"({_BEFORE})({_DIGITS})({_UNIT})({_AFTER})")
_ERAS = ("令和", "平成", "昭和", "大正", "西暦")
_DATE_UNITS = frozenset("年月日時分")
_JOINED = _DATE_UNITS | frozenset("条項号")
_PAST = re.compile(r"た[。）)」』]*$")
_CELLS = re.compile(r"(?<=[0-9０-９,.])\s+(?=[0-9０-９])")
_ROLES = {"が": "が", "は": "が", "も": "が", "を": "を", "に": "に", "へ": "に"}
_QUOTED = re.compile(r"[「『]([^「」『』]+)[」』]")
_RUN = re.compile(r"[㐀-䶿一-鿿々〇]+|[ァ-ヺー]+|[a-z][a-z0-9.&'-]*")

Number = tuple[tuple[str, str, str, str], ...]
Placed = tuple[Number, int, int]


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        resources.files("assistant.chat").joinpath("facts.toml").read_text("utf-8")
    )
    return data


@lru_cache(maxsize=64)
def _pattern(group: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(_lists()[group][name]))


def readable(text: str) -> bool:
    """Are all signs of `text` such that the other checks see them?"""
    return not _pattern("signs", "foreign").search(fold(text))


def is_lead_in(sentence: str) -> bool:
    """Does `sentence` speak of what is listed behind it?"""
    return bool(_pattern("spelling", "lead_in").search(compact(sentence)))


def has_contact(text: str) -> bool:
    """Does `text` hold a telephone number, an address of any kind, or speak of one?"""
    return bool(_pattern("spelling", "contact").search(compact(text)))


def numbers(text: str) -> list[Number]:
    """Numbers with what belongs to them (令和, 第, 円, 以上 …); 令和2年4月1日 and 第12条第2項 are one number each."""
    return [number for number, _, _ in placed_numbers(flat(text))]


def flat(text: str) -> str:
    """`compact`, but two numbers in neighbouring cells of a table do not become one."""
    return compact(_CELLS.sub("|", text))


def placed_numbers(flat: str) -> list[Placed]:
    """The numbers of flat text with their places [start, end)."""
    found: list[Placed] = []
    for match in _PART.finditer(flat):
        before, digits, unit, after = match.groups()
        part = (before, digits.replace(",", ""), unit, after)
        if found and found[-1][2] == match.start() and unit in _JOINED and found[-1][0][-1][2] in _JOINED:
            number, start, _ = found.pop()
            found.append(((*number, part), start, match.end()))
        else:
            found.append(((part,), match.start(), match.end()))
    return found


def number_in(number: Number, others: Sequence[Number]) -> bool:
    """Is `number` among `others`, or a stretch of one: the year of a date, a date or a year without its era?"""
    return any(_within(number, other) for other in others)


def _within(number: Number, other: Number) -> bool:
    if number == other:
        return True
    if not all(part[2] in _DATE_UNITS for part in number):
        return False
    bare = tuple(("" if p[0] in _ERAS else p[0], *p[1:]) for p in other)
    length = len(number)
    spans = (form[i : i + length] for form in (other, bare) for i in range(len(form) - length + 1))
    return number in spans


def names(text: str, known: Sequence[str]) -> set[str]:
    """The `known` names (compact) in `text`, longest first, so that 港南区 is not also 南区."""
    rest, found = compact(text), set()
    for name in sorted(known, key=len, reverse=True):
        if name in rest:
            found.add(name)
            rest = rest.replace(name, "\n")
    return found


def quoted(text: str) -> set[str]:
    """What stands in 「」 and 『』, compact."""
    return set(_QUOTED.findall(compact(text)))


def runs(text: str) -> list[str]:
    """Unbroken runs of kanji, of katakana and of Latin letters in their order: compound names and terms."""
    return _RUN.findall(compact(text))


def roles(text: str) -> list[tuple[str, str]]:
    """The runs of `text` in their order, each with the role that the particle behind it gives."""
    flat = compact(text)
    return [(match.group(), role_at(flat, match.end())) for match in _RUN.finditer(flat)]


def role_at(flat: str, at: int) -> str:
    """The role that a particle at a place of compact text gives; は and も stand for が, "" if there is none."""
    return _ROLES.get(flat[at : at + 1], "")


def foreign_names(text: str) -> set[str]:
    """Runs of katakana and of Latin letters."""
    return {run for run in runs(text) if not "㐀" <= run[0] <= "鿿" and run[0] not in "々〇"}


def unknown_words(text: str, known: frozenset[str]) -> set[str]:
    """Content words of `text` of which no form is in `known` and that are not neutral."""
    allowed = known | frozenset(_lists()["words"]["neutral"])
    return {surface for surface, normal in content_words(text) if surface not in allowed and normal not in allowed}


@lru_cache(maxsize=1)
def neutral_runs() -> frozenset[str]:
    return frozenset(run for word in _lists()["words"]["neutral"] for run in runs(word))


def negations(text: str) -> Counter[str]:
    """Which words are negated, and how often; a duty (なければならない) is none."""
    return Counter(negated_words(_pattern("spelling", "duty_without_negation").sub("", compact(text))))


def kept_turns(text: str) -> set[str]:
    """Conditions, exceptions, refusals and hedges that must be equal on both sides."""
    return _classes("kept", text)


def added_turns(text: str) -> set[str]:
    """Duties, permissions and superlatives that a claim must not add."""
    return _classes("added", text)


def is_past(text: str) -> bool:
    """Does the sentence end in the past?"""
    return bool(_PAST.search(compact(text)))


def _classes(group: str, text: str) -> set[str]:
    flat = compact(text)
    return {name for name in _lists()[group] if _pattern(group, name).search(flat)}
