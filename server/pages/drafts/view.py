"""What the templates of a draft see: the state of the six items, the questions with their fields, the marked text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Literal

from assistant.draft.answers import PART
from assistant.draft.asking import ITEM_OF
from assistant.draft.export.rows import Row, rows
from assistant.draft.fields import fields
from assistant.draft.open_gaps import open_gaps
from assistant.draft.words import terminal
from assistant.drafts import Draft, Finding, Given, Item
from assistant.text import one_line
from server.pages.drafts.form import by_key, link_of
from server.store.drafts import Inputs

State = Literal["told", "partial", "missing", "open"]


@dataclass(frozen=True)
class ItemState:
    """One of the items of §12(2), or what the 施行規則 adds; `open` is what only the division can say. `href` leads to its
    field."""

    name: str
    state: State
    href: str = ""


@dataclass(frozen=True)
class Stretch:
    """A piece of the free text and the fields whose values were read there; none for a piece that tells nothing."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Input:
    """What is told of a field, for the confirm page; `unused` is an answer that the draft counts as not yet decided."""

    key: str
    texts: tuple[str, ...]
    origin: Literal["field", "brief", "unused"]
    href: str


def name_of(key: str) -> str:
    """A field's Japanese name; also of what is read but has no field of its own."""
    return fields()[key].name if key in fields() else terminal("view", key)


def item_states(identity: str, made: Draft) -> list[ItemState]:
    """The items; nothing of an agreement, which is no 協働契約, and of a text that was too long to read."""
    if made.comprehensive or not (made.sections or made.missing):
        return []
    told = by_key(made.given)
    found = []
    for key, item in ITEM_OF.items():
        state: State = "told" if item not in made.missing else "partial" if told.get(key) else "missing"
        found.append(ItemState(item.value, state, link_of(identity, key)))
    if not made.added:
        return [*found, ItemState(Item.REGULATION.value, "open")]
    href = link_of(identity, "wishes")
    return [*found, *(ItemState(added.text, "told" if added.told else "missing", href) for added in made.added)]


def panel(identity: str, made: Draft) -> dict[str, Any]:
    """What stands beside every step."""
    questions = zip(made.question_keys, made.questions, strict=False)
    return {
        "made": made,
        "items": item_states(identity, made),
        "problems": [(problem, _mended_at(identity, made, problem)) for problem in made.problems],
        "questions": [(key, text, link_of(identity, key)) for key, text in questions],
    }


def _mended_at(identity: str, made: Draft, problem: Finding) -> str:
    """The field whose words a problem is about; "" if it is about none."""
    if not problem.quote:
        return ""
    end = problem.start + len(problem.quote)
    in_fields = (key for key, text in made.fields.items() if problem.start < 0 and problem.quote in text)
    in_brief = (v.key.removesuffix(PART) for v in made.given if 0 <= v.start < end and problem.start < v.end)
    key = next(chain(in_fields, in_brief if problem.start >= 0 else ()), "")
    return link_of(identity, key) if key in fields() else ""


def stretches(brief: str, given: Sequence[Given]) -> list[Stretch]:
    """The free text cut where what is read from it begins and ends."""
    values = [v for told in by_key(given).values() for v in told if 0 <= v.start < v.end <= len(brief)]
    cuts = sorted({0, len(brief), *(v.start for v in values), *(v.end for v in values)})
    found = []
    for begin, end in pairwise(cuts):
        keys = (v.key.removesuffix(PART) for v in values if v.start <= begin and end <= v.end)
        found.append(Stretch(brief[begin:end], tuple(dict.fromkeys(keys))))
    return found


def inputs_shown(identity: str, told: Inputs, made: Draft) -> list[Input]:
    """Everything that was told, field by field, as it counts in the draft."""
    read = by_key(made.given)
    order = [*fields(), *(key for key in read if key not in fields())]
    return [
        _input(identity, key, told, read.get(key, []))
        for key in order
        if key != "form" and key in {*read, *told.fields}
    ]


def _input(identity: str, key: str, told: Inputs, values: list[Given]) -> Input:
    href = link_of(identity, key)
    if key in told.fields:
        return Input(key, (told.fields[key],), "field" if values else "unused", href)
    return Input(key, tuple(one_line(value.text) for value in values), "brief", href)


def gaps_shown(identity: str, made: Draft) -> list[tuple[str, tuple[str, ...], str]]:
    """What is open, where it stands, and the link to the field that fills it ("" if no field does)."""
    return [(gap.what, gap.places, link_of(identity, gap.key) if gap.key else "") for gap in open_gaps(made)]


def labelled_rows(made: Draft) -> Iterator[tuple[Row, str]]:
    """The paragraphs of the draft, each with whose words it has: given, smoothed, template, missing; "" of a heading."""
    own = [one_line(value.text) for value in made.given]
    for row in rows(made):
        smoothed = row.origin == "given" and not any(row.text.startswith(text) for text in own)
        yield row, "smoothed" if smoothed else row.origin or ""
