"""Questions in kana alone: the words of the documents by their readings, so that しやくしょ finds 市役所.

Longest match from the left over the readings of the documents' own nouns and verbs, three kana or more; what has no
match stays as it is. Blanks, with which learners separate words, are ignored inside a word and kept between.
"""

from __future__ import annotations

import re

from assistant.text import fold
from assistant.tokens import readings

_SHORTEST = 3  # kana
_TO_KATAKANA = str.maketrans({chr(c): chr(c + 0x60) for c in range(ord("ぁ"), ord("ゖ") + 1)})
_KATAKANA_RUN = re.compile(r"[ァ-ヶー]+")


def katakana(text: str) -> str:
    return fold(text).translate(_TO_KATAKANA)


def reading_lexicon(texts: list[str]) -> dict[str, str]:
    """Reading in katakana → the written word that has it most often in `texts`."""
    counted: dict[str, dict[str, int]] = {}
    for text in texts:
        for surface, reading in readings(text):
            if len(reading) >= _SHORTEST and surface != reading:
                words = counted.setdefault(reading, {})
                words[surface] = words.get(surface, 0) + 1
    return {reading: max(words, key=lambda w: words[w]) for reading, words in counted.items()}


def to_kanji(text: str, lexicon: dict[str, str]) -> str:
    """`text` with the words of `lexicon` written in kanji."""
    longest = max(map(len, lexicon), default=0)
    return _KATAKANA_RUN.sub(lambda run: _convert(run.group(), lexicon, longest), katakana(text))


def _convert(run: str, lexicon: dict[str, str], longest: int) -> str:
    pieces, position = [], 0
    while position < len(run):
        for length in range(min(longest, len(run) - position), _SHORTEST - 1, -1):
            word = lexicon.get(run[position : position + length])
            if word:
                pieces.append(f" {word} ")
                position += length
                break
        else:
            pieces.append(run[position])
            position += 1
    return "".join(pieces)
