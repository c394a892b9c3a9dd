"""The new turn of a conversation beside the last one that had a matter, and the two put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.chat.history import History, Past
from assistant.chat.phrases import ABOUT, is_attribute, noun_runs, pattern, specific_nouns, split
from assistant.search.searcher import Searcher

_OFFICES = ("課", "部署", "係", "窓口")


@dataclass(frozen=True)
class Talk:
    """The new turn beside the last turn that had a matter."""

    history: History
    last: Past
    text: str  # without what is said before the matter
    opened: bool  # with 「じゃあ」 or the like
    searcher: Searcher

    @property
    def topic(self) -> str:
        return self.last.topic

    @property
    def tail(self) -> str:
        """What the last turn asked of its matter, particle first."""
        if self.last.divisions:
            return pattern("ask_division").pattern
        phrases = split(self.last.standalone)
        head = None if phrases.tail.startswith("の") else pattern("asked_head").search(phrases.topic)
        if head and head["head"] in _OFFICES:
            return pattern("ask_division").pattern
        return f"の{head['head']}{phrases.tail}" if head else phrases.tail


def joined(talk: Talk, text: str, frame: str = "") -> str:
    """The last matter, or the `frame` it is told under, and what is asked of it; a number takes the place of the last one."""
    if frame:
        return frame + text
    if pattern("of_project").search(text):
        return with_topic(talk.last.project_topic, text)
    told = _asked_about(talk.last)
    if told and not specific_nouns(text) and not pattern("interrogative").search(text):
        return f"{told}{ABOUT}{text}"
    if pattern("own_number").search(text):
        return with_topic(_year_of(talk.last) + pattern("last_ordinal").sub("", talk.topic), text)
    if talk.topic.endswith("こと") and talk.last.articles and not noun_runs(text):
        return f"条例第{talk.last.articles[0]}条{ABOUT}{text}"
    return with_topic(talk.topic, text)


def _asked_about(last: Past) -> str:
    """What the last turn asked about of its matter, which a question without a noun goes on about: 「委員の任期」 of 「委員会について、委員の任期は」."""
    _, about, asked = last.standalone.partition(ABOUT)
    noun = re.split(r"は|って|が", asked, maxsplit=1)[0] if about else ""
    return noun if len(noun_runs(noun)) > 1 and is_attribute(noun) else ""


def _year_of(last: Past) -> str:
    """The year in which the last question counted something, for a turn that asks which of them; empty if it is said already."""
    said = pattern("counted_in").search(last.standalone)
    return f"{said['year']}の" if said and said["year"] not in last.topic else ""


def with_topic(topic: str, text: str) -> str:
    """`text` asked of `topic`: 「…の費用は？」 of what every matter has, else 「…について、…」."""
    first = re.split(r"[はがをもに、\s?？]", text, maxsplit=1)[0]
    asked = is_attribute(first) and not pattern("interrogative").search(first)
    return f"{topic}の{text}" if asked else f"{topic}{ABOUT}{text}"
