"""A turn of a conversation as a standalone question in words: the one place that a language model could take over.

`rewrite` is a pure function. It tries RULES in order; each returns the rewritten question, or None if it does not
apply. A turn to which none applies names its own matter and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.chat import references
from assistant.chat.asides import placed, repaired, without_aside
from assistant.chat.earlier import spoke_of
from assistant.chat.foreign_turns import Turn, rewrite_foreign
from assistant.chat.history import History, Past, named_project
from assistant.chat.instead import other_side, put_instead
from assistant.chat.nearness import nearer_with
from assistant.chat.own_matter import asks_in_general, own_nouns, shown
from assistant.chat.parallels import (
    Ward,
    frame_of,
    project_like,
    put_in_place,
    put_number,
    scope_of,
    wards_in,
)
from assistant.chat.phrases import (
    ABOUT,
    ends_in_noun,
    is_attribute,
    is_fragment,
    matter,
    pattern,
    specific_nouns,
    split,
    without_ending,
    without_opener,
)
from assistant.chat.talk import Talk, joined, with_topic
from assistant.chat.two_costs import two_costs
from assistant.search.language import language_of
from assistant.search.question import cue
from assistant.search.searcher import Searcher
from assistant.text import compact, fold

_SHORT = 24  # characters up to which a turn may leave its matter out without a word that says so
_LONG = 40  # characters up to which a turn with such a word may
_ENOUGH = 3  # nouns of its own that make a turn a question of its own, whatever its form
_SHORTEST = 4  # characters of a turn that asks something, without a word that asks: 「いつ？」, 「何人」
_HIRAGANA = re.compile(r"[ぁ-んー\s]+")  # the documents tell nothing of a word in hiragana alone
_KANA = re.compile(r"[ぁ-ヿ]")


def rewrite(history: History, question: str, searcher: Searcher) -> str:
    """`question` as it would be asked without the turns before it; unchanged if it does not lean on them."""
    question = repaired(searcher, question)
    text = without_opener(question)
    changed = pattern("change").match(text)
    if changed and text[changed.end() :].strip():
        return text[changed.end() :].strip()
    if not history.matters or _stands_alone(question, text, searcher):
        return question
    language = language_of(text)
    if language == "ja" and not _KANA.search(text) and language_of(history.matters[0].standalone) == "zh":
        language = "zh"  # a few characters alone do not tell it from Japanese
    if language != "ja":
        last, wards = history.matters[0], tuple(o for o in searcher.organizations if o.endswith("区"))
        return rewrite_foreign(Turn(text, language, last.standalone, last.topic, wards)) or question
    if back := _back(history, text, searcher):
        return back
    opened = bool(pattern("connective").search(question.strip().removesuffix(text)))
    talk = Talk(history, history.matters[0], text, opened, searcher)
    for rule in RULES:
        found = rule(talk)
        if found:
            return found
    return question


def _back(history: History, text: str, searcher: Searcher) -> str | None:
    """「話を戻しますが、費用は？」: of the matter before the last one; 「カードの話に戻しますが、…」: of the turn that spoke of it."""
    back, to = pattern("back").match(text), pattern("back_to").match(text)
    if back:
        last = history.matters[0].topic
        before = tuple(turn for turn in history.past if turn.topic != last)
        return rewrite(History(before) if before else history, text[back.end() :], searcher)
    spoke = spoke_of(history.matters, to["noun"]) if to else None
    return rewrite(History((spoke,)), text[to.end() :], searcher) if to and spoke else None


def _stands_alone(question: str, text: str, searcher: Searcher) -> bool:
    """A turn that no rule may touch: no words, a command, or long and full of its own nouns."""
    if not searcher.understand(text).has_words:
        return True
    folded = fold(question)
    if cue("instruction").search(folded) or cue("harm").search(folded):
        return True
    return len(text) > _LONG and len(specific_nouns(text)) >= _ENOUGH


def _correction(talk: Talk) -> str | None:
    """「いや、都筑区」: the last question with the right word in the place of the wrong one."""
    said = pattern("correction").match(talk.text)
    instead = pattern("instead").match(talk.text)
    if instead:
        new = pattern("corrected_end").sub("", instead["new"])
        if instead["old"] in talk.last.standalone:
            return talk.last.standalone.replace(instead["old"], new)
        return put_in_place(talk.searcher, talk.last, new)
    if not said:
        return None
    first, _, more = talk.text[said.end() :].partition("。")
    rest = pattern("corrected_is").sub("", pattern("corrected_end").sub("", first))
    if not rest or any(pattern(name).search(rest) for name in ("interrogative", "pronoun", "demonstrative")):
        return None
    asked = is_attribute(rest) and split(talk.last.standalone).tail.startswith("の")
    found = None if asked else put_in_place(talk.searcher, talk.last, rest)
    found = found or _replacement(replace(talk, text=rest, opened=True))
    if not found or not more.strip():
        return found
    corrected = Past(found, found, matter(found), talk.last.reason)
    return rewrite(talk.history.add(corrected), pattern("asked_first").sub("", more.strip()), talk.searcher)


def _aside(talk: Talk) -> str | None:
    """「来月、緑区に引っ越すんです。あちらの拠点は？」: what is asked, in the ward that is told before it."""
    before, asks = without_aside(talk.searcher, talk.text)
    if not before:
        return None
    there = placed(talk.searcher, before, asks)
    wards = wards_in(talk.searcher, before)
    history = talk.history
    if len(wards) == 1 and there == asks and not wards_in(talk.searcher, asks):
        moved = put_in_place(talk.searcher, talk.last, wards[0].said) or f"{wards[0].name}の{talk.last.standalone}"
        history = history.add(replace(talk.last, standalone=moved, topic=matter(moved), shown=""))
    found = rewrite(history, there, talk.searcher)
    return found if found != asks else None


def _same(talk: Talk) -> str | None:
    """「緑区も同じ団体ですか」: the last question, asked of the other."""
    said = pattern("same_as").match(talk.text)
    if not said or any(pattern(name).search(said["other"]) for name in ("both", "pronoun", "demonstrative")):
        return None
    return put_in_place(talk.searcher, talk.last, said["other"])


def _reference(talk: Talk) -> str | None:
    """それ, その課, 前者, もう一つ: put in words."""
    text = talk.text
    resolved = references.resolve(talk.history, text, talk.searcher)
    if resolved is None:
        return None
    asks_itself = resolved.asks or not is_fragment(text) or is_attribute(without_ending(text))
    return resolved.text if asks_itself else without_ending(resolved.text) + talk.tail


def _comparison(talk: Talk) -> str | None:
    """「補助型とはどう違うの？」 names both."""
    compared = pattern("compare").match(talk.text)
    if not compared or "と" in compared["other"]:
        return None
    return f"{talk.topic}と{compared['other']}は{compared['tail']}"


def _general(talk: Talk) -> str | None:
    """A question of the rules, or of what every conversation may name, stays as it is."""
    return talk.text if not talk.opened and asks_in_general(talk.searcher, talk.last, talk.text) else None


def _replacement(talk: Talk) -> str | None:
    """「神奈川区のほうは？」: the last question, asked of something else."""
    text = pattern("same").sub("", talk.text)
    noun = without_ending(text)
    noun = pattern("similar").sub("", noun) if wards_in(talk.searcher, noun) else noun
    bare = ends_in_noun(text) and not pattern("interrogative").search(text) and (talk.opened or is_attribute(noun))
    if noun == text and not bare:
        return put_number(talk.last, noun)
    if not (is_fragment(text) or bare) or _is_complete(talk, noun):
        return None
    field = pattern("field_of").match(noun)
    if field and specific_nouns(field["noun"]):
        return put_in_place(talk.searcher, talk.last, field["noun"])
    if is_attribute(noun) or _tells_which(talk, noun):
        return _attribute(talk, text) if is_attribute(noun) else joined(talk, text, frame_of(talk.topic))
    if pattern("condition").search(noun):
        return f"{talk.topic}{ABOUT}{noun}は{talk.tail.removeprefix(ABOUT).lstrip('は、')}"
    return put_in_place(talk.searcher, talk.last, noun) or put_instead(talk.last, noun) or _sibling(talk, noun)


def _tells_which(talk: Talk, noun: str) -> bool:
    """「見学に行った町は？」 asks for something of the last matter, and not for the same of another."""
    which = pattern("told_which").search(noun)
    if not which or pattern("contrast").search(talk.text) or wards_in(talk.searcher, noun):
        return False
    own = own_nouns(talk.searcher, noun[: which.start("kind")])
    return not own or shown(talk.searcher, talk.last, own) or (bool(which["past"]) and len(own) == 1)


def _attribute(talk: Talk, text: str) -> str | None:
    """「費用は？」 of the last matter; one with a ward of its own is read as a question (see _ellipsis)."""
    own = own_nouns(talk.searcher, text)
    other = bool(own) and not shown(talk.searcher, talk.last, own)
    return None if other or wards_in(talk.searcher, text) else joined(talk, text)


def _is_complete(talk: Talk, noun: str) -> bool:
    """Does the fragment name both a matter of its own and what it asks of it?"""
    own = len(specific_nouns(noun)) + bool(pattern("request").search(talk.text))
    if own >= _ENOUGH and not pattern("contrast").search(talk.text):
        return True
    if pattern("contrast").search(talk.text) or not is_attribute(noun):
        return bool(talk.searcher.understand(noun).articles)
    return bool(named_project(talk.searcher, noun) or len(specific_nouns(noun)) > 1)


def _sibling(talk: Talk, noun: str) -> str | None:
    """Something else of the same kind, or a part of what was spoken of: the documents tell which."""
    name = project_like(talk.searcher, noun, talk.last)
    if name:
        return name + talk.tail
    if not pattern("fragment_end").sub("", talk.tail) or _HIRAGANA.fullmatch(noun):
        return None
    other = pattern("contrast").search(talk.text) or wards_in(talk.searcher, noun)
    if talk.last.divisions and not other:  # what has a division of its own is a project or stands in contrast
        return joined(talk, talk.text)
    part = compact(noun) in compact(talk.last.shown) and not pattern("contrast").search(talk.text)
    if part and compact(noun) not in compact(talk.topic):
        return f"{talk.topic}の{noun}{talk.tail}"
    scope = "" if wards_in(talk.searcher, noun) else scope_of(talk.searcher, talk.topic)
    return f"{scope}{noun}{talk.tail}"


def _ellipsis(talk: Talk) -> str | None:
    """A question without a matter of its own is about the last one."""
    own = own_nouns(talk.searcher, talk.text)
    wards = wards_in(talk.searcher, talk.text)
    if wards:
        return _moved(talk, wards[0]) if not own else None
    leans = talk.opened or any(pattern(name).search(talk.text) for name in ("lean", "too"))
    asks = pattern("interrogative").search(talk.text) or (_KANA.search(talk.text) and len(talk.text) >= _SHORTEST)
    if not asks or len(talk.text) > (_LONG if leans else _SHORT):
        return None
    if own and (len(own) >= _ENOUGH or not (leans or _is_of_matter(talk, own))):
        return None
    if pattern("existence").search(talk.text):
        above = frame_of(talk.topic) or scope_of(talk.searcher, talk.topic)
        return above + talk.text if above else joined(talk, talk.text)
    return joined(talk, talk.text)


def _is_of_matter(talk: Talk, own: list[str]) -> bool:
    """Do the documents name these with the last matter, or do they only tell which one of it is asked for?

    What a turn is about by itself (「補助型は…」) may stand beside the matter as well as belong to it, if that is no project.
    """
    topic = split(talk.text).topic
    beside = topic in own and not talk.last.project
    return (not beside and shown(talk.searcher, talk.last, own)) or _tells_which(talk, topic)


def _nearer(talk: Talk) -> str | None:
    """A short question that the documents tell little of by itself, and more with the last matter."""
    asks = pattern("asks").search(talk.text) and _SHORTEST <= len(talk.text) <= _SHORT
    topic = split(talk.text).topic
    beside = topic in own_nouns(talk.searcher, topic) and compact(topic) in compact(talk.last.shown)
    if not asks or beside or wards_in(talk.searcher, talk.text) or is_attribute(topic):
        return None
    about = joined(talk, talk.text)
    return about if nearer_with(talk.searcher, talk.text, about) else None


def _moved(talk: Talk, ward: Ward) -> str | None:
    """The last matter in another ward, with what the turn itself asks."""
    told = pattern("last_ordinal").sub("", talk.topic)
    moved = put_in_place(talk.searcher, replace(talk.last, standalone=told), ward.said)
    topic = matter(moved) if moved else f"{ward.said}の{told}"
    rest = pattern("ward_only").sub("", talk.text.replace(ward.said, "", 1))
    return with_topic(topic, rest) if rest and len(talk.text) <= _SHORT else None


Rule = Callable[[Talk], str | None]
RULES: tuple[Rule, ...] = (
    _correction,
    _aside,
    _same,
    two_costs,
    _reference,
    _comparison,
    _general,
    other_side,
    _replacement,
    _ellipsis,
    _nearer,
)
