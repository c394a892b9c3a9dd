"""Words of other languages as the documents' Japanese words, and Japanese names in those languages: glossary.tsv."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from assistant.search.language import Language, is_function_word
from assistant.text import arabic_ordinals, fold
from assistant.tokens import words

_COLUMNS: tuple[Language, ...] = ("ja", "en", "zh", "ko")
_ENDING = r"(?:s|es|ies|ed|d|ing|er|ers|['’]s?)?"  # of an English word
_CAPITAL, _LATIN = re.compile(r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*"), re.compile(r"[a-z0-9]+")
_NUMBERS = (("条例第", "条", "article"), ("第", "項", "paragraph"), ("第", "号", "item"))


@dataclass(frozen=True)
class Glossary:
    """One language: patterns that find its words, longest first, by their first characters."""

    patterns: dict[str, tuple[re.Pattern[str], tuple[str, ...]]]  # first characters → pattern, Japanese word a group
    names: dict[str, str]  # Japanese word → first variant
    first: int  # characters that choose the pattern

    def found(self, text: str) -> tuple[list[str], str]:
        """Japanese words in the order of `text`, and `text` without what they were found by."""
        known, rest, position = [], [], 0
        while position < len(text):
            pattern, japanese = self.patterns.get(text[position : position + self.first], (None, ()))
            match = pattern.match(text, position) if pattern else None
            if match:
                known.append(japanese[(match.lastindex or 1) - 1])
                rest.append(" ")
            else:
                rest.append(text[position])
            position = match.end() if match else position + 1
        return list(dict.fromkeys(known)), "".join(rest)


@cache
def glossary(language: Language) -> Glossary:
    """The glossary of a language other than Japanese."""
    column, first = _COLUMNS.index(language), 2 if language == "en" else 1
    rows = [line.split("\t") for line in _lines("glossary.tsv")]
    buckets: dict[str, list[tuple[str, str]]] = {}
    for japanese, variant in ((row[0], fold(v)) for row in rows for v in row[column].split("|")):
        plain = as_written_in_japan(variant) if language == "zh" else variant
        buckets.setdefault(plain[:first], []).append((plain, japanese))
    patterns = {}
    for begin, pairs in buckets.items():
        pairs.sort(key=lambda pair: -len(pair[0]))
        pattern = re.compile("|".join(f"({_pattern(variant, language)})" for variant, _ in pairs))
        patterns[begin] = pattern, tuple(japanese for _, japanese in pairs)
    return Glossary(patterns, {row[0]: row[column].split("|")[0] for row in rows}, first)


def _pattern(variant: str, language: Language) -> str:
    escaped = re.escape(variant.removesuffix("*"))
    if language != "en":
        return escaped.replace(r"\ ", r"\s*")
    joined = re.sub(r"\\[ -]", lambda _: r"[\s-]+", escaped)  # food-loss is food loss
    return r"\b" + joined + (r"\w*" if variant.endswith("*") else rf"{_ENDING}\b")


@lru_cache(maxsize=1)
def _characters() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for line in _lines("characters.txt") for pair in line.split()}


def as_written_in_japan(text: str) -> str:
    """Chinese characters in the forms of Japan: 青叶区 → 青葉区."""
    return text.translate(_characters())


def in_japanese(text: str, language: Language) -> tuple[list[str], str]:
    """The articles and words of `text` that the documents have, in their order, and what is left of `text`."""
    folded = arabic_ordinals(fold(text))
    articles, rest = _articles(folded, language)
    known, left = glossary(language).found(as_written_in_japan(rest) if language == "zh" else rest)
    return [*articles, *known], left


def names(text: str, rest: str) -> list[str]:
    """What may be a name in `rest` of `text`: Latin words with a capital letter, Japanese words of two characters."""
    capitals = {fold(word) for word in _CAPITAL.findall(text)}
    latin = [word for word in _LATIN.findall(rest) if word in capitals and not is_function_word(word)]
    japanese = _LATIN.sub(" ", rest)
    return latin + [word for word in words(japanese) if len(word) >= 2 and word in japanese]


def name_in(language: Language, japanese: str) -> str:
    """A Japanese name, or several joined by ・, in another language; as it is where the glossary does not have it."""
    if language == "ja":
        return japanese
    known = glossary(language).names
    return known.get(japanese) or "・".join(known.get(part, part) for part in japanese.split("・"))


@lru_cache(maxsize=1)
def _article_patterns() -> dict[str, list[re.Pattern[str]]]:
    data = tomllib.loads(_text("articles.toml"))
    return {language: [re.compile(pattern) for pattern in patterns] for language, patterns in data.items()}


def _articles(folded: str, language: Language) -> tuple[list[str], str]:
    """Articles named in `folded` as 条例第12条第2項, and the text without them."""
    refs: list[str] = []
    for pattern in _article_patterns()[language]:
        for found in pattern.finditer(folded):
            numbers = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
            refs.append("".join(f"{head}{numbers[n]}{tail}" for head, tail, n in _NUMBERS if n in numbers))
        folded = pattern.sub(" ", folded)
    return refs, folded


def _text(name: str) -> str:
    return resources.files("assistant.search").joinpath(name).read_text("utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]
