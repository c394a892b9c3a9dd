"""Follow-ups in English, Chinese and Korean: put in words of the same language, with the matter of the last turn.

What a turn names of its own is read through the glossary. Patterns are those of follow_up.toml, by language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.chat.phrases import is_attribute, pattern, word_list
from assistant.search.glossary import as_written_in_japan, in_japanese, name_in, names
from assistant.search.language import Language, language_of

_ENOUGH = 2  # words of its own that make a turn in Chinese or Korean a question of its own, whatever its form
_LONGEST = 60  # characters up to which a turn in Chinese or Korean may lean on the last one by a word that says so
_BARE = {"zh": 12, "ko": 18}  # characters up to which it may without such a word
_SHORT, _LONG = 7, 12  # words up to which an English turn leans by a pronoun: whatever it names; naming nothing else


@dataclass(frozen=True)
class Turn:
    """The new turn beside the last question and its matter."""

    text: str
    language: Language
    told: str
    matter: str
    wards: tuple[str, ...]  # as the documents write them

    @property
    def topic(self) -> str:
        """The matter, in brackets where it is in another language: what is quoted does not tell the language."""
        return self.matter if language_of(self.told) == self.language else f"「{self.matter.strip('「」')}」"

    def own(self, text: str) -> list[str]:
        """What `text` names of its own, in Japanese; wards, attributes and generic nouns are none."""
        known, rest = in_japanese(text, self.language)
        generic = (*word_list("generic"), *self.wards)
        named = [w for w in (*known, *names(text, rest)) if w not in generic and not is_attribute(w)]
        return [w for w in named if not pattern("foreign_empty").fullmatch(w)]

    def asks_of_matter(self, text: str) -> bool:
        """Does `text`, in Chinese or Korean, ask for what every matter has, or of another time?"""
        known, _ = in_japanese(text, self.language)
        return any(map(is_attribute, known)) or bool(pattern(f"{self.language}_lean").search(text))


def rewrite_foreign(turn: Turn) -> str | None:
    """The turn as a question of its own; None if it does not lean on the last one."""
    return _english(turn) if turn.language == "en" else _east_asian(turn)


def _east_asian(turn: Turn) -> str | None:
    opened = pattern(f"{turn.language}_opener").match(turn.text)
    text = turn.text[opened.end() :] if opened else turn.text
    pronoun = pattern(f"{turn.language}_pronoun").search(text)
    part = pattern(f"{turn.language}_part").match(text)
    own = turn.own(text)
    leans = opened or pronoun or part or (not own and turn.asks_of_matter(text))
    if len(turn.text) > (_LONGEST if leans else _BARE[turn.language]) or (own and not leans):
        return None
    if part:
        return f"{turn.told} {text}"
    if len(own) >= _ENOUGH:
        return None
    if pronoun and (not own or not pronoun.start()):
        return text.replace(pronoun.group(), turn.topic, 1)
    moved = _moved(turn, text)
    if moved or not text:
        return moved
    return f"{turn.told} {text}" if own else f"{turn.topic} {text}"


def _moved(turn: Turn, text: str) -> str | None:
    """The last question in another ward: the new one as the turn writes it in the place of the old one."""
    new, old = _ward(turn, text), _ward(turn, turn.told)
    if not new or not old:
        return None
    return turn.told.replace(old, new)


def _ward(turn: Turn, text: str) -> str:
    """The first ward in `text` as it is written there; empty if there is none."""
    plain = as_written_in_japan(text) if turn.language == "zh" else text
    for form in sorted((f for w in turn.wards for f in (w, name_in(turn.language, w))), key=len, reverse=True):
        if form in plain:
            return text[plain.index(form) :][: len(form)]
    return ""


def _english(turn: Turn) -> str | None:
    """And in Seya ward? Who runs it? How much is the budget?"""
    article = pattern("english_article").search(turn.told)
    topic, text = article[0] if article else turn.topic, turn.text
    following = pattern("english_follow").match(text)
    if following:
        text = following["rest"]
        if not pattern("english_question").match(text):
            return _other(turn, topic, text)
    elif len(text.split()) > (_LONG if _leans(turn, text) else _SHORT):
        return f"{text.rstrip('?. ')} ({topic})?" if pattern("english_same").search(text) else None
    if pattern("english_pronoun").search(text):
        return pattern("english_pronoun").sub(lambda _: topic, text, count=1) + ("?" if following else "")
    asked = pattern("english_attribute").search(text)
    return f"{text.rstrip('?. ')} of {topic}?" if asked or following else None


def _leans(turn: Turn, text: str) -> bool:
    """Does the turn name nothing of its own, or only behind the 「they」 that then stands for what was told before?"""
    before = pattern("english_they").split(text, maxsplit=1)
    return not turn.own(before[0] if len(before) > 1 else text)


def _other(turn: Turn, topic: str, rest: str) -> str:
    """The last question with `rest` in the place of its article, its place or its matter."""
    told = turn.told
    if topic in told and pattern("english_article").match(topic) and pattern("english_part").match(rest):
        return told.replace(topic, f"{topic} {rest}")
    for name in ("english_article", "english_place"):
        old, new = pattern(name).search(told), pattern(name).search(rest)
        if old and new:
            group = "place" if name == "english_place" else 0
            return told.replace(old[group], new[group])
    if pattern("english_attribute").search(rest):
        return f"{re.sub('^(?:the|its|their) ', 'the ', rest)} of {topic}?"
    return told.replace(topic, rest) if topic in told and topic != told else f"{told.rstrip('?. ')}: {rest}?"
