"""Questions in kana: the words of the documents by their readings, so that しやくしょ finds 市役所.

Longest match from the left over the readings of the documents' own nouns and verbs, three kana or more; two where a word
of its own begins and a particle or an ending follows (はなを うえたい). What has no match stays as it is.
"""

from __future__ import annotations

import re

from assistant.text import fold
from assistant.tokens import readings

_SHORTEST = 3  # kana; a shorter word must stand alone
_ALONE = re.compile(
    r"(?:[をがはにのでともへや]|から|まで|には|では|とは|にも|でも|たい.*|ます.*|まし.*|て.*|です.*|る|た)?"
)
_ARTICLE = re.compile(r"だい ?([0-9]+) ?じょう(?:の)? ?(?:だい ?([0-9]+) ?こう)?")
_TO_KATAKANA = str.maketrans({chr(c): chr(c + 0x60) for c in range(ord("ぁ"), ord("ゖ") + 1)})
_KANA_RUN = re.compile(r"(?<![一-鿿々ぁ-ヶー])[ぁ-ヶー]+")  # not behind a kanji, where it is its ending or a particle
_WRITTEN = re.compile(r"[ぁ-ヶー一-鿿々]+")  # what kana may stand for; numbers and Latin words are read out too


def hiragana(text: str) -> str:
    """Katakana as hiragana; everything else stays."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def kana_names(folded: str, names: dict[str, str]) -> str:
    """`folded` with names that are written half in kana as the documents write them (つづき区 → 都筑区)."""
    for spoken, name in names.items():
        folded = folded.replace(spoken, name)
    return folded


def katakana(text: str) -> str:
    return fold(text).translate(_TO_KATAKANA)


def reading_lexicon(texts: list[str]) -> dict[str, str]:
    """Reading in katakana → the Japanese word that has it most often in `texts`."""
    counted: dict[str, dict[str, int]] = {}
    for text in texts:
        for surface, reading in readings(text):
            if len(reading) >= _SHORTEST - 1 and _WRITTEN.fullmatch(surface):
                words = counted.setdefault(reading, {})
                words[surface] = words.get(surface, 0) + 1
    return {reading: max(words, key=lambda w: words[w]) for reading, words in counted.items()}


def to_kanji(text: str, lexicon: dict[str, str]) -> str:
    """`text` folded, with the words of `lexicon` as the documents write them."""
    longest = max(map(len, lexicon), default=0)
    return _KANA_RUN.sub(lambda run: _convert(run.group(), lexicon, longest), _ARTICLE.sub(_article, fold(text)))


def _article(found: re.Match[str]) -> str:
    paragraph = f"第{found[2]}項" if found[2] else ""
    return f"第{found[1]}条{paragraph}"


def _convert(run: str, lexicon: dict[str, str], longest: int) -> str:
    read = katakana(run)
    short, ending = lexicon.get(read[: _SHORTEST - 1]), run[_SHORTEST - 1 :]
    begins = any(read[:length] in lexicon for length in range(_SHORTEST, len(read) + 1))
    if short and not begins and _ALONE.fullmatch(ending):
        return f" {short} {ending}"
    pieces, position = [], 0
    while position < len(run):
        for length in range(min(longest, len(run) - position), _SHORTEST - 1, -1):
            word = lexicon.get(read[position : position + length])
            if word:
                pieces.append(f" {word} ")
                position += length
                break
        else:
            pieces.append(run[position])
            position += 1
    return "".join(pieces)
