"""Words and character pairs for lexical search. Index and query go through the same functions.

Words: SudachiPy, short units (mode A), content words, as surface and as normalized form (取組み = 取り組み = 取組).
Pairs: two-character windows, which find names the dictionary does not know; pairs of two hiragana say nothing and
are left out. A word index and a pair index each alone lose 5–15 points of recall on the known cases (docs/decisions).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import sudachipy

from assistant.text import fold

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "感動詞", "連体詞"})
_PIECE = 8_000  # SudachiPy refuses inputs over 49,149 bytes; a character has up to 4
_LONG = 4  # characters; a longer word is read out in its parts
_RUN = re.compile(r"[0-9a-zぁ-ヿ㐀-䶿一-鿿々〇①-⑳㉑-㉟]+")
_HIRAGANA = re.compile(r"[ぁ-ゟー]+")
_NEGATIONS = frozenset({"ない", "無い", "ず", "まい"})
_PLAIN = frozenset({"だ", "です", "ます", "ない", "ず"})
_VOICE = {"られる": "れる", "させる": "せる"}
_HIRAGANA_PAIR = re.compile(r"[ぁ-ゟー]{2}")
_MEET = "会っ"
_TITLES = frozenset({"さん", "さま", "様", "氏", "殿", "たち", "ら"})
_local = threading.local()


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    return sudachipy.Dictionary()


def _tokenizer() -> Any:
    if not hasattr(_local, "tokenizer"):  # a tokenizer must not be shared between threads
        _local.tokenizer = _dictionary().tokenizer(mode=sudachipy.SplitMode.A)
    return _local.tokenizer


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    lines = resources.files("assistant").joinpath("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def words(text: str) -> list[str]:
    """Content words of `text`, each as folded surface and, where it differs, as normalized form."""
    return [form for surface, normal in content_words(text) for form in dict.fromkeys((surface, normal))]


def content_words(text: str) -> list[tuple[str, str]]:
    """Content words of `text` in their order: folded surface, normalized form."""
    return [(surface, normal) for surface, normal, content in _words(text) if content]


def normal_words(text: str) -> list[str]:
    """Every word of `text` in its normalized form, particles and endings too, without signs."""
    return [
        _folded(token.normalized_form())
        for token in _tokens(text)
        if token.part_of_speech()[0] not in ("補助記号", "空白")
    ]


def negated_words(text: str) -> list[str]:
    """The content word (normalized) in front of each negation (ない, ません, ず, ぬ, まい, 無い); "" where there is none."""
    found, last = [], ""
    for surface, normal, content in _words(text):
        if normal in _NEGATIONS:
            found.append(last)
        elif content and not _HIRAGANA.fullmatch(surface):  # not こと or わけ, but what they stand for
            last = normal
    return found


def proper_nouns(text: str) -> set[str]:
    """Names of people, places and organizations that the dictionary knows, folded."""
    return {token.surface() for token in _tokens(text) if token.part_of_speech()[1] == "固有名詞"}


def voices(text: str) -> set[str]:
    """What auxiliaries add to a verb: past (た), passive (れる), potential (できる, 行える), wish, hearsay …; not です, ます, ない."""
    found = set()
    for token in _tokens(text):
        part, normal = token.part_of_speech(), token.normalized_form()
        able = (
            part[4].startswith("下一段") and token.dictionary_form()[-2:] != normal[-2:]
        )  # 行える is listed under 行う
        if able or normal == "出来る":
            found.add("可能")
        elif "助動詞" in part[0] + part[1] and normal not in _PLAIN:
            found.add(_VOICE.get(normal, normal))
    return found


def _tokens(text: str) -> Iterator[Any]:
    folded = fold(text)
    for start in range(0, len(folded), _PIECE):
        yield from _tokenizer().tokenize(folded[start : start + _PIECE])


def _words(text: str) -> Iterator[tuple[str, str, bool]]:
    """Every word of `text`: folded surface, normalized form, whether it carries content."""
    for token in _tokens(text):
        surface, normal = token.surface(), _folded(token.normalized_form())
        part = token.part_of_speech()
        helps = part[1] == "非自立可能" and part[0] != "名詞"
        yield surface, normal, part[0] in _CONTENT and normal not in stopwords() and bool(surface.strip()) and not helps


def readings(text: str) -> list[tuple[str, str]]:
    """Nouns and verbs of `text` as written, whole words (mode C), with their readings in katakana."""
    found = []
    for start in range(0, len(text), _PIECE):
        for token in _tokenizer().tokenize(fold(text[start : start + _PIECE]), sudachipy.SplitMode.C):
            if token.part_of_speech()[0] in ("名詞", "動詞", "形容詞", "形状詞"):
                found.append((token.surface(), token.reading_form()))
    return found


def name_reading(name: str, ending: str) -> str:
    """The reading of a name without its `ending`, both in katakana: the whole is read, since 瀬谷 alone is セタニ."""
    return "".join(reading for _, reading in readings(name)).removesuffix(ending)


def morphemes(text: str) -> list[tuple[str, str, str]]:
    """Long units (mode C) of `text`, which must be short: surface, part of speech, dictionary form."""
    tokens = _tokenizer().tokenize(text[:_PIECE], sudachipy.SplitMode.C)
    found = [(t.surface(), t.part_of_speech()[0], t.dictionary_form()) for t in tokens]
    for at, (before, verb, after) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if before[1] == "名詞" and verb[0] == _MEET and after[0] == "て":  # 「協議会って」 is of a body, not of meeting
            found[at + 1 : at + 3] = [("会", "名詞", "会"), ("って", "助詞", "って")]
    return found


def noun_runs(text: str) -> list[tuple[int, int]]:
    """Spans of unbroken nouns in `text`, as long as they go."""
    found: list[tuple[int, int]] = []
    begin, end = 0, 0
    for token in _tokenizer().tokenize(text[:_PIECE], sudachipy.SplitMode.C):
        part = token.part_of_speech()
        noun = (
            part[0] in ("名詞", "接頭辞", "接尾辞") and token.surface() not in _TITLES
        ) or token.surface() in "・＆&"
        if noun:
            begin = token.begin() if end == 0 else begin
            end = token.end()
        elif end:
            found.append((begin, end))
            begin = end = 0
    return [*found, (begin, end)] if end else found


def word_starts(text: str) -> set[int]:
    """Where the words of `text` begin (mode C)."""
    return {token.begin() for token in _tokenizer().tokenize(text[:_PIECE], sudachipy.SplitMode.C)}


def pairs(text: str) -> list[str]:
    """Two-character windows over runs of letters, digits and Japanese characters."""
    found: list[str] = []
    for run in _RUN.findall(re.sub(r"\s+", "", fold(text))):
        found += [pair for i in range(len(run) - 1) if not _HIRAGANA_PAIR.fullmatch(pair := run[i : i + 2])]
    return found


def spoken(text: str) -> list[tuple[str, str]]:
    """Every word of `text` as it stands there, with its reading in katakana; joined, the words are `text`.

    Whole words (mode C); a long one in its parts where they are read in it as they are alone.
    """
    found = []
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        end = 0
        for token in _tokenizer().tokenize(piece, sudachipy.SplitMode.C):
            for part in _parts(token):
                found.append((piece[end : part.end()], part.reading_form()))
                end = part.end()
        found.append((piece[end:], ""))
    return found


def _parts(token: Any) -> list[Any]:
    if len(token.surface()) <= _LONG:
        return [token]
    parts = list(token.split(sudachipy.SplitMode.A))
    alike = "".join(part.reading_form() for part in parts) == token.reading_form()
    return parts if alike else [token]
