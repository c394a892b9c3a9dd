"""The matters that a 施行規則 adds (Requirement): which clauses of a document tell one, by what they say of themselves,
by what the classifier knows, and by the words that name the matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.clauses.contents import is_withheld
from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.text import compact, one_line

# What the classifier was fitted to tell beside the five items, as far as it is one matter (termination is several).
_LEARNED = ("period", "payment", "secrecy", "evaluation", "disclosure", "own_project")
_SURE = 1.5  # the score from which a statement under another heading tells its matter
_FRAME = re.compile(r"(?:に(?:関する|係る|ついての)|について(?:の)?)?(?:必要な)?(?:事項|こと|もの)$|[。．]$")
_LEAD = re.compile(r"^(?:前各号に掲げるもののほか、?|(?:当該|その|本)?(?:市民)?(?:協働契約|協働事業|契約|事業)の)")
_AND = re.compile(r"、?(?:及び|並びに|又は|若しくは|または|および|ならびに)|、|・|，")
_WORD = re.compile(r"[一-龠々]+|[ァ-ヶー]+|[a-z0-9]+")
_GENERAL = ("方法", "手続", "手続き", "時期", "内容", "条件", "事項", "取扱", "取扱い", "場合", "範囲", "他")


@dataclass(frozen=True)
class Told:
    """The clauses that tell a matter, and the parts of it that no clause tells."""

    clauses: tuple[Clause, ...]
    lacking: tuple[str, ...]


def matter(text: str) -> str:
    """協働契約の変更及び解除に関する事項 → 変更及び解除; the whole text where nothing would be left."""
    plain = one_line(text)
    while (shorter := _FRAME.sub("", plain)) and shorter != plain:
        plain = shorter
    return _LEAD.sub("", plain) or plain


def topics(text: str) -> tuple[str, ...]:
    """The topics of a matter that the classifier knows, one for each of its parts; empty if one part is of another kind."""
    found = [_topic(part) for part in _parts(text)]
    return tuple(found) if all(found) else ()


def _topic(part: str) -> str:
    return next((label for label in heading_labels(part)[:1] if label in _LEARNED), "")


def told_of(paper: Paper, text: str) -> Told:
    """Which clauses of a paper tell the matter `text`."""
    by_part = {part: [c for c in paper.clauses if _tells(c, part)] for part in _parts(text)}
    clauses = sorted({c.start: c for found in by_part.values() for c in found}.values(), key=lambda c: c.start)
    return Told(tuple(clauses), tuple(part for part, found in by_part.items() if not found))


def _tells(clause: Clause, part: str) -> bool:
    if clause.part in ("title", "signature", "preamble") or is_withheld(clause):
        return False
    label = _topic(part)
    if label and label in clause.labels:
        headed = label in heading_labels(clause.heading)[:1]
        return headed or clause.scores.get(label, _SURE) >= _SURE
    shown = compact(f"{clause.heading}\n{clause.text}")
    return all(word in shown for word in _words(part))


@lru_cache(maxsize=500)
def _parts(text: str) -> tuple[str, ...]:
    """What a matter joins by 及び and 、; 「契約の」 in front belongs to all of them and says nothing."""
    parts = [part.strip() for part in _AND.split(matter(text))]
    return tuple(dict.fromkeys(part for part in parts if part)) or (matter(text),)


def _words(part: str) -> Sequence[str]:
    """The words that must stand in a clause: kanji, katakana and Latin words, general ones aside where others are left."""
    words = [word for word in _WORD.findall(compact(part)) if word not in _GENERAL]
    return words or [compact(part)]
