"""What people say beside a question: 「来月、緑区に引っ越すんです。あちらの拠点は？」 tells a ward and asks of a place.

A sentence that names nothing but wards is no part of the matter; the wards are.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.history import Past
from assistant.chat.own_matter import own_nouns
from assistant.chat.parallels import wards_in
from assistant.chat.phrases import ABOUT, is_fragment, matter, pattern, without_opener
from assistant.search.searcher import Searcher
from assistant.text import compact, sentences

_ENOUGH = 2  # nouns in the sentence that asks by which the answer was found without what was told before it


def without_aside(searcher: Searcher, text: str) -> tuple[str, str]:
    """What stands before the first sentence that names or asks something, and the rest. The rest is never empty."""
    if pattern("earlier").match(text):
        return "", text
    parts, idle = _parts(text), 0
    while idle < len(parts) - 1 and _is_idle(searcher, parts[idle]):
        idle += 1
    return "".join(parts[:idle]), "".join(parts[idle:])


def placed(searcher: Searcher, aside: str, asks: str) -> str:
    """What is asked with the ward that was told before it in the place of 「あちら」; unchanged if there is no such word."""
    wards = wards_in(searcher, aside)
    return pattern("there").sub(wards[0].name, asks, count=1) if len(wards) == 1 else asks


def plain(searcher: Searcher, past: Past) -> Past:
    """The turn as it is best remembered: the sentence that asks, in the ward told before it, if that says it all.

    It does not if it names nothing or points back, or if what was told before stands in the evidence of the answer.
    """
    if past.standalone != past.asked:
        return _without_idle(searcher, past)
    *told, asks = _parts(past.standalone)
    before = "".join(told)
    nouns = own_nouns(searcher, before) if before else []
    points = not own_nouns(searcher, asks) or any(pattern(name).search(asks) for name in _POINTING)
    told_too = not past.cited or bool(_found(past, nouns))
    enough = len(_found(past, own_nouns(searcher, asks))) >= _ENOUGH
    introduced = pattern("introduced").match(before)
    if introduced and not own_nouns(searcher, asks):
        return replace(past, standalone=f"{introduced['topic']}{ABOUT}{asks}", topic=introduced["topic"])
    if not before or pattern("interrogative").search(before) or (nouns and (points or (told_too and not enough))):
        return past
    wards = [] if wards_in(searcher, asks) else wards_in(searcher, before)
    asked = f"{wards[0].name}の{asks}" if len(wards) == 1 else asks
    return replace(past, standalone=asked, topic=matter(asked))


def _without_idle(searcher: Searcher, past: Past) -> Past:
    """A turn put in words, without the sentences in front that name nothing: they are no part of its matter."""
    idle, rest = without_aside(searcher, past.standalone)
    if not idle or wards_in(searcher, idle) or not past.topic.startswith(idle):
        return past
    return replace(past, standalone=rest, topic=past.topic.removeprefix(idle))


def repaired(searcher: Searcher, question: str) -> str:
    """「南区、じゃなくて旭区の費用は？」 without the word that was taken back."""
    said = pattern("self_repair").match(question)
    if not said or is_fragment(without_opener(question)):
        return question
    old, new = wards_in(searcher, said["old"]), wards_in(searcher, said["new"])
    return said["new"] if said["pause"] or (old and new and not new[0].start) else question


def _found(past: Past, nouns: list[str]) -> list[str]:
    """Those of `nouns` that stand in the answer and its evidence."""
    return [noun for noun in nouns if compact(noun) in compact(past.shown)]


_POINTING = ("pronoun", "demonstrative")


def _is_idle(searcher: Searcher, part: str) -> bool:
    return (
        not pattern("interrogative").search(part) and not part.endswith(("?", "？")) and not own_nouns(searcher, part)
    )


def _parts(text: str) -> list[str]:
    """Sentences, the first one without what it begins with: 「うちは泉区なんだが、」."""
    parts = [part for sentence in sentences(text) for part in pattern("trailing_off").split(sentence) if part]
    first = pattern("clause_before").match(parts[0]) if parts else None
    if first and first.end() < len(parts[0]):
        parts[:1] = [first.group(), parts[0][first.end() :]]
    return parts or [text]
