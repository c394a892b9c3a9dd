"""The language of a question: Japanese, English, Chinese or Korean; and Japanese as learners and children write it.

Script decides first (kana, hangul); kanji alone are Chinese only with words or characters that Japanese does not have.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Literal

from assistant.text import fold

Language = Literal["ja", "en", "zh", "ko"]
_READ = 4_000  # characters; more says nothing new
_FUNCTION_WORD = 3  # kana that one English function word outweighs
_SPACED = 12  # Japanese characters for which やさしい日本語 has at least one blank
_KANA, _HAN, _HANGUL = re.compile(r"[ぁ-ヿ]"), re.compile(r"[一-鿿]"), re.compile(r"[가-힣ㄱ-ㅣ]")
_HIRAGANA = re.compile(r"[ぁ-ゟ]")
_LATIN_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’.-]*")
_SMALL_LETTERS = re.compile(r"[a-z]{3}")  # none in YOXO BOX or Y-SDGs, which are names in any language
_SECOND_LEVEL = b"\xd0"  # first byte of the rarer kanji of JIS X 0208 in EUC-JP
_COMMON_TRADITIONAL = {bytes([b]) for b in range(0xA4, 0xC7)}  # first bytes of the frequent characters of Big5


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    text = resources.files("assistant.search").joinpath("language.toml").read_text("utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


def language_of(text: str) -> Language:
    """The language of `text`; Japanese where nothing tells another."""
    folded = fold(text[:_READ])
    outside = _patterns()["quoted"].sub(" ", folded)
    plain = outside if _LATIN_WORD.search(outside) or _HAN.search(outside) or _KANA.search(outside) else folded
    kana, han, hangul = (len(script.findall(plain)) for script in (_KANA, _HAN, _HANGUL))
    if hangul > kana + han or _patterns()["korean"].search(plain):
        return "ko"
    function_words = len(_patterns()["english"].findall(plain))
    latin = len(_LATIN_WORD.findall(plain)) + _FUNCTION_WORD * function_words
    is_name = not function_words and not _SMALL_LETTERS.search(unicodedata.normalize("NFKC", text[:_READ]))
    if latin > kana + (han if not function_words else 0) and latin > han // 2 and not is_name:
        return "en"
    if han and kana < 0.1 * (kana + han) and _is_chinese(plain):
        return "zh"
    return "ja"


def _is_chinese(text: str) -> bool:
    """Chinese words, a simplified character that Japan does not have, or two that are rare in Japan and common in Taiwan.

    One of those may be a name (慶應) or a hard word (語彙).
    """
    characters = _HAN.findall(text)
    return (
        bool(_patterns()["chinese"].search(text))
        or any(_encoded(c, "euc_jp") == b"" for c in characters)
        or sum(_is_traditional(c) for c in characters) >= 2
    )


@lru_cache(maxsize=2_000)
def _is_traditional(char: str) -> bool:
    return _encoded(char, "euc_jp") >= _SECOND_LEVEL and _encoded(char, "big5")[:1] in _COMMON_TRADITIONAL


def _encoded(char: str, encoding: str) -> bytes:
    """The bytes of `char`, none where the character set does not have it."""
    return char.encode(encoding, "ignore")


def is_function_word(word: str) -> bool:
    """Is `word` an English word that says nothing about the topic?"""
    return bool(_patterns()["english"].fullmatch(word))


def without_function_words(text: str) -> str:
    return _patterns()["english"].sub(" ", text)


def has_blanks(text: str) -> bool:
    """Is there a blank behind a word in hiragana?"""
    return bool(_patterns()["spaced"].search(fold(text[:_READ])))


def is_spaced(text: str) -> bool:
    """Are blanks set between the words, as in 「ごみの ことは どこに ききますか」?"""
    folded = fold(text[:_READ])
    blanks = len(_patterns()["spaced"].findall(folded))
    return blanks >= 2 and blanks * _SPACED >= len(_KANA.findall(folded)) + len(_HAN.findall(folded))


def is_plain(text: str) -> bool:
    """Is Japanese written in kana alone (mostly hiragana, a name in katakana is no sign) or with blanks between words?"""
    folded = fold(text[:_READ])
    kana, hiragana = len(_KANA.findall(folded)), len(_HIRAGANA.findall(folded))
    return is_spaced(folded) or (not _HAN.search(folded) and hiragana >= 4 and 2 * hiragana > kana)
