"""さっきの事業, 最初の花の事業: the earlier turn that is meant."""

from __future__ import annotations

import re

from assistant.chat.history import History, Past
from assistant.chat.phrases import ABOUT, names_something, pattern


def earlier(history: History, text: str) -> tuple[str, bool] | None:
    """The turn with the earlier matter in words, and whether it asks something whatever it looks like; None if it names none."""
    said = pattern("earlier").search(text)
    if not said:
        return None
    noun = re.split(r"の(?:ほう|方)?|[はがをにでも、って]", text[said.end() :], maxsplit=1)[0]
    turns = history.matters if not said["first"] else tuple(reversed(history.matters))
    of_it = spoke_of(turns, noun)
    if said["named"] and not of_it:
        return None
    topic = (of_it or _fitting(turns, noun)).project_topic
    rest = pattern("earlier_end").sub("", text[said.end() + len(noun) :])
    led = pattern("preamble").match(rest)
    return text[: said.start()] + topic + (ABOUT + rest[led.end() :] if led else rest), bool(led)


def spoke_of(turns: tuple[Past, ...], noun: str) -> Past | None:
    """The first of `turns` that spoke of `noun`: of a kind (助成金) only as its matter, of no kind at all (事業) never."""
    if names_something(noun):
        return next((turn for turn in turns if noun in turn.standalone), None)
    if pattern("a_project").match(noun):
        return None
    return next((turn for turn in turns if noun in turn.topic), None)


def _fitting(turns: tuple[Past, ...], noun: str) -> Past:
    """The first of `turns` that is about a project where one is spoken of; else the first."""
    about = [turn for turn in turns if turn.project] if pattern("a_project").match(noun) else []
    return (about or turns)[0]
