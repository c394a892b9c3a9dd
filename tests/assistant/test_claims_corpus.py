"""The checks of claims on the sentences of the documents: what is copied passes, what is turned into a lie does not.

Every lie is made from the sentence it quotes by one small change, as a model would make it by mistake or on purpose.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from assistant.chat.claims import Claim, failed_check, gather
from assistant.index import Index
from assistant.records import Piece
from assistant.search.searcher import Searcher
from assistant.text import compact, one_line, sentences

Change = Callable[[str, random.Random, tuple[str, ...]], str | None]
SENTENCES = 250
_ENDS = (
    ("ました。", "ませんでした。"),
    ("する。", "しない。"),
    ("した。", "しなかった。"),
    ("です。", "ではありません。"),
)


@dataclass(frozen=True)
class Said:
    sentence: str
    pieces: tuple[Piece, ...]
    place: str


@pytest.fixture(scope="module")
def said(index: Index) -> list[Said]:
    """Sentences of chunks drawn by chance, always the same ones."""
    chosen = random.Random(7)  # a fixed draw
    found: list[Said] = []
    for row in chosen.sample(list(index.rows), 300):
        chunk = index.chunks([row.id])[row.id]
        pieces = tuple(piece for piece, _ in index.pieces_of([row.id]))
        place = "\n".join([chunk.title, chunk.locator, chunk.context])
        lines = [s for p in pieces for s in sentences(one_line(p.quote))]
        found += [Said(line, pieces, place) for line in lines if 20 <= len(line) <= 180 and line.endswith("。")]
    assert len(found) > SENTENCES
    return chosen.sample(found, SENTENCES)


@pytest.fixture(scope="module")
def known(searcher: Searcher) -> tuple[str, ...]:
    divisions = {d for r in searcher.index.records.directory for d in r.divisions}
    return tuple(sorted({compact(name) for name in {*searcher.organizations, *divisions}}))


def passes(one: Said, text: str, known: tuple[str, ...]) -> bool:
    claim = Claim(passage=1, quote=one.sentence, text="")
    return any(failed_check(text, e) is None for e in gather(claim, one.pieces, "", one.place, known))


def test_a_copy_passes(said: list[Said], known: tuple[str, ...]) -> None:
    assert sum(passes(one, one.sentence, known) for one in said) >= 0.9 * len(said)


def another_number(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    numbers = list(re.finditer(r"[0-9]+", text))
    if not numbers:
        return None
    one = chance.choice(numbers)
    return text[: one.start()] + str(int(one.group()) + chance.choice([1, 2, 10])) + text[one.end() :]


def numbers_exchanged(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    return _exchanged(text, list(re.finditer(r"[0-9]+", text)), chance)


def terms_exchanged(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    return _exchanged(text, list(re.finditer(r"(?<![一-鿿])[一-鿿]{3,}(?![一-鿿])", text)), chance)


def particles_exchanged(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    return _exchanged(text, list(re.finditer(r"(?<=[一-鿿])[はをに](?=[一-鿿、])", text)), chance)


def denied(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    return next((text.removesuffix(end) + other for end, other in _ENDS if text.endswith(end)), None)


def denial_lost(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    return next(
        (text.replace(a, b, 1) for a, b in (("ません", "ます"), ("しない", "する"), ("ず、", "て、")) if a in text),
        None,
    )


def another_name(text: str, chance: random.Random, known: tuple[str, ...]) -> str | None:
    flat = compact(text)
    named = max((name for name in known if name in flat), key=len, default=None)
    return flat.replace(named, chance.choice([n for n in known if n not in flat])) if named else None


def _exchanged(text: str, places: list[re.Match[str]], chance: random.Random) -> str | None:
    pairs = [(a, b) for a in places for b in places if a.start() < b.start() and a.group() != b.group()]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    return text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (another_number, 30),
        (numbers_exchanged, 5),
        (terms_exchanged, 50),
        (particles_exchanged, 30),
        (denied, 50),
        (denial_lost, 3),
        (another_name, 10),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_lie_does_not(said: list[Said], known: tuple[str, ...], change: Change, least: int) -> None:
    chance = random.Random(11)  # a fixed draw
    lies = [(one, lie) for one in said if (lie := change(one.sentence, chance, known)) and lie != one.sentence]
    assert len(lies) >= least
    assert [(lie, one.sentence) for one, lie in lies if passes(one, lie, known)] == []
