"""Words and character pairs for lexical search. Index and query go through the same functions.

Words: SudachiPy, short units (mode A), content words, as surface and as normalized form (取組み = 取り組み = 取組).
Pairs: two-character windows, which find names the dictionary does not know; pairs of two hiragana say nothing and
are left out. A word index and a pair index each alone lose 5–15 points of recall on the known cases (docs/decisions).
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from importlib import resources
from typing import Any

import sudachipy

from assistant.text import fold

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "感動詞", "連体詞"})
_PIECE = 8_000  # SudachiPy refuses inputs over 49,149 bytes; a character has up to 4
_RUN = re.compile(r"[0-9a-zぁ-ヿ㐀-䶿一-鿿々〇①-⑳㉑-㉟]+")
_HIRAGANA_PAIR = re.compile(r"[ぁ-ゟー]{2}")
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
    found: list[str] = []
    folded = fold(text)
    for start in range(0, len(folded), _PIECE):
        for token in _tokenizer().tokenize(folded[start : start + _PIECE]):
            surface, normal = token.surface(), _folded(token.normalized_form())
            if token.part_of_speech()[0] not in _CONTENT or normal in stopwords() or not surface.strip():
                continue
            if token.part_of_speech()[1] == "非自立可能" and token.part_of_speech()[0] != "名詞":
                continue
            found.append(surface)
            if normal != surface:
                found.append(normal)
    return found


def readings(text: str) -> list[tuple[str, str]]:
    """Nouns and verbs of `text` as written, whole words (mode C), with their readings in katakana."""
    found = []
    for start in range(0, len(text), _PIECE):
        for token in _tokenizer().tokenize(fold(text[start : start + _PIECE]), sudachipy.SplitMode.C):
            if token.part_of_speech()[0] in ("名詞", "動詞", "形容詞", "形状詞"):
                found.append((token.surface(), token.reading_form()))
    return found


def morphemes(text: str) -> list[tuple[str, str, str]]:
    """Long units (mode C) of `text`, which must be short: surface, part of speech, dictionary form."""
    tokens = _tokenizer().tokenize(text[:_PIECE], sudachipy.SplitMode.C)
    return [(t.surface(), t.part_of_speech()[0], t.dictionary_form()) for t in tokens]


def pairs(text: str) -> list[str]:
    """Two-character windows over runs of letters, digits and Japanese characters."""
    found: list[str] = []
    for run in _RUN.findall(re.sub(r"\s+", "", fold(text))):
        found += [pair for i in range(len(run) - 1) if not _HIRAGANA_PAIR.fullmatch(pair := run[i : i + 2])]
    return found
