"""The user's words in the style of official documents, by a language model; a line that changed more than its style is
left as the user wrote it.

A draft may hold nothing that the brief does not. So a smoothed line keeps its numbers, its names and quotations, its
negations and conditions, and its nouns in their order, each with the role its particle gives (「区が」「会を」).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import facts
from assistant.chat.claims import read_json
from assistant.draft.sections import numbered
from assistant.draft.words import sentence
from assistant.draft.writing import Writing
from assistant.drafts import Line, Section
from assistant.models import ChatModel, ModelFailed
from assistant.text import compact, one_line
from prompts import prompt

_LONGEST = 50  # lines of one request


class _Lines(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    lines: Annotated[list[str], Field(max_length=_LONGEST)]


def smooth_with_model(writing: Writing) -> Writing:
    """The sections with the user's lines smoothed, and a note that says how many; unchanged without a model. Never raises."""
    given = [line.text for section in writing.sections for line in section.lines if line.origin == "given"][:_LONGEST]
    if writing.model is None or not given:
        return writing
    written = _ask(writing.model, given)
    kept = {old: one_line(new) for old, new in zip(given, written, strict=False) if says_the_same(old, new)}
    if not kept:
        return writing
    sections = tuple(_smoothed(section, kept) for section in writing.sections)
    told = sentence("notes", "smoothed", model=writing.model.name, count=str(len(kept)))
    return replace(writing, sections=sections, notes=(*writing.notes, told))


def _ask(model: ChatModel, lines: list[str]) -> list[str]:
    told = prompt("smooth", {"lines": lines})
    try:
        found = _Lines.model_validate(read_json(model.complete(told.system, told.user).text)).lines
    except (ModelFailed, ValidationError, ValueError, RecursionError):
        return []
    return found if len(found) == len(lines) else []


def says_the_same(old: str, new: str) -> bool:
    """Does `new` differ from `old` in style alone, as far as can be told without understanding it?"""
    return (
        bool(new.strip())
        and len(new) <= len(old) + 20
        and facts.readable(new)
        and Counter(facts.numbers(old)) == Counter(facts.numbers(new))
        and facts.quoted(old) == facts.quoted(new)
        and facts.negations(old).total() == facts.negations(new).total()
        and facts.kept_turns(old) == facts.kept_turns(new)
        and facts.added_turns(new) <= facts.added_turns(old)
        and facts.is_past(old) == facts.is_past(new)
        and _in_order(facts.roles(new), facts.roles(old))
        and _lost(old, new) == 0
    )


def _in_order(new: list[tuple[str, str]], old: list[tuple[str, str]]) -> bool:
    """Are the nouns and stems of `new`, with their particles, those of `old` in the same order, none added?"""
    rest = iter(old)
    return all(any(run == other and (role in (own, "")) for other, own in rest) for run, role in new)


def _lost(old: str, new: str) -> int:
    """Long names and terms of `old` that `new` no longer has."""
    return sum(len(run) > 1 and run not in compact(new) for run in facts.runs(old))


def _smoothed(section: Section, kept: dict[str, str]) -> Section:
    lines = [
        Line(level=line.level, text=kept.get(line.text, line.text), origin=line.origin)
        if line.origin == "given"
        else line
        for line in section.lines
    ]
    return section.model_copy(update={"lines": tuple(lines), "text": numbered(lines)})
