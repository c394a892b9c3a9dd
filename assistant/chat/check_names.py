"""Names that a question uses and the documents do not have: places, offices, numbered parts, other documents."""

from __future__ import annotations

import re
from unicodedata import numeric

from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.search.question import cue
from assistant.text import compact
from assistant.tokens import proper_nouns

_PLACE = re.compile(
    r"[一-鿿ァ-ヶ]{1,5}(?:県|(?<![本当他各同両全都])市(?![民場立内役議政長庁町街区])"
    r"|(?<![地学校全各他本当何同両政市])区(?![民役内政長域画間切分別]))"
)
_PREFECTURE = re.compile(r"東京都?|大阪府?|京都府?|北海道|名古屋|札幌|神戸|福岡|千葉|埼玉")
_TOPIC = re.compile(r"^([一-鿿ァ-ヶ]{1,6}[県市])(?:は|では|には|が|の)")
_NUMBER = r"([0-9]{1,3}|[①-⑳㉑-㉟㊱-㊿])"
# A label with its number, not a quantity or a date: 事業紹介㉜, 柱5.
_PART = re.compile(
    rf"([一-鿿ァ-ヶーa-z]{{2,10}})の?{_NUMBER}"
    r"(?![0-9.,]|[年月日人名件円%割か箇社校区者団時分回本台つ度期億万千個種条項号歳才丁番館冊点世枚食倍事地拠ペ])"
)
_KNOWN_NUMBERS = 3  # of a label, so that it counts something
_NEAR = 3  # passages in which another document may be quoted


def foreign_name(turn: Turn) -> Turn:
    """Stop where the question is about what no document names."""
    if _place(turn):
        return turn.stop(Reason.ELSEWHERE, documents=len(turn.searcher.index.documents))
    if _part(turn) or _other_document(turn):
        return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))
    return turn


def _place(turn: Turn) -> bool:
    """A town, ward, prefecture or office that no document names, or a city that they only mention as the topic."""
    question, known = turn.understood, turn.searcher.everything
    folded = question.written if question.foreign else question.folded
    topic = _TOPIC.match(folded)
    if topic and _mentioned_only(turn, topic[1]):
        return True
    named = (*_PLACE.findall(folded), *_PREFECTURE.findall(folded), *cue("other_office").findall(folded))
    return any(not _known(name, known, turn.searcher.organizations) for name in named)


def _mentioned_only(turn: Turn, name: str) -> bool:
    """Is this another city than those the documents are of? Of documents that somebody added nobody knows for certain."""
    sources = turn.searcher.index.sources.values()
    own = not all(s.builtin for s in sources) or any(name[:-1] in (s.municipality or s.issuer) for s in sources)
    return not own and bool(_PLACE.fullmatch(name)) and bool(proper_nouns(name))  # not 朝市


def _known(name: str, known: str, organizations: tuple[str, ...]) -> bool:
    """Do the documents name this place? Other words may stand in front of it, so one of its endings is enough."""
    endings = [name[i:] for i in range(len(name) - 1)]
    return name in known or any(e in organizations or (len(e) > 2 and e in known) for e in endings)


def _part(turn: Turn) -> bool:
    """A number that a counted thing of the documents does not reach."""
    for label, number in _PART.findall(compact(turn.understood.folded)):
        found = {int(numeric(n) if len(n) == 1 else int(n)) for n in _numbers_of(label, turn.searcher.everything)}
        asked = int(numeric(number) if len(number) == 1 else int(number))
        if len(found) >= _KNOWN_NUMBERS and asked > max(found):
            return True
    return False


def _numbers_of(label: str, everything: str) -> list[str]:
    return re.findall(re.escape(label) + _NUMBER, everything)


def _other_document(turn: Turn) -> bool:
    """What another document says, which the sources are not and the first passages do not quote."""
    near = compact("".join(p.context + p.title + p.text for p in turn.passages[:_NEAR]))
    titles = compact("".join(s.title for s in turn.searcher.index.sources.values()))
    return any(
        name not in near and name not in titles
        for name in map(compact, cue("other_document").findall(turn.understood.folded))
    )
