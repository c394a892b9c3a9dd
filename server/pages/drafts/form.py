"""The form's fields by step, each with what is told of it so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.draft.answers import PART
from assistant.draft.asking import places_of
from assistant.draft.fields import Field, fields
from assistant.drafts import Given
from assistant.text import one_line
from server.store.drafts import Inputs

WHO, HOW = 2, 3  # steps
STEPS: dict[int, tuple[str, ...]] = {
    WHO: ("name", "partner", "unit", "representative", "address", "background", "purpose", "needs", "field", "contact"),
    HOW: ("method", "roles", "cost", "liability", "period", "wishes"),
}
_HIDDEN = ("party_words",)  # stands beside the name it belongs to


@dataclass(frozen=True)
class Entry:
    """A field as the page shows it: `text` is the answer or, without one, what the free text tells (`understood`);
    `other` is what somebody else has saved there meanwhile."""

    key: str
    field: Field
    text: str
    understood: str = ""
    other: str | None = None

    @property
    def id(self) -> str:
        return id_of(self.key)

    @property
    def is_understood(self) -> bool:
        return bool(self.understood) and self.text == self.understood


def id_of(key: str) -> str:
    """The id of a field's element; of what is chosen, of the group."""
    return key if key in ("document", "form") else f"f-{key}"


def step_of(key: str) -> int:
    return next((step for step, keys in STEPS.items() if key in keys), 1)


def link_of(identity: str, key: str) -> str:
    """Where a field is filled; a key that is no field can only be told in free text."""
    if key not in fields() and key != "document":
        return f"/d/{identity}/text#brief"
    return f"/d/{identity}/{step_of(key)}#{id_of(key)}"


def keys_of(told: Inputs, step: int) -> tuple[str, ...]:
    """The fields of a step: those that the document has a place for, and those that were answered before it was
    changed to another."""
    places = places_of(told.document) | {"wishes"} | set(told.fields)
    return tuple(key for key in STEPS[step] if key in places)


def by_key(given: Sequence[Given]) -> dict[str, list[Given]]:
    """The values by field, in the order of the form; what was told in part stands with its field."""
    order = {key: number for number, key in enumerate(fields())}
    found: dict[str, list[Given]] = {}
    for value in sorted(given, key=lambda value: order.get(value.key.removesuffix(PART), len(order))):
        if value.key not in _HIDDEN:
            found.setdefault(value.key.removesuffix(PART), []).append(value)
    return found


def texts(given: Sequence[Given]) -> dict[str, str]:
    """The values as a field would hold them, one a line; of a field of one line the first."""
    known = fields()
    return {
        key: "\n".join(one_line(value.text) for value in values) if known[key].many else one_line(values[0].text)
        for key, values in by_key(given).items()
        if key in known
    }


def entries(
    told: Inputs, step: int, understood: Mapping[str, str], posted: Mapping[str, str], other: Inputs | None = None
) -> list[Entry]:
    """The fields of a step with their texts: what was just posted, else the answer, else what the free text tells."""
    found = []
    for key in keys_of(told, step):
        read = understood.get(key, "")
        text = posted.get(key, told.fields.get(key, read))
        there = other.fields.get(key, read) if other else text
        found.append(Entry(key, fields()[key], text, read, there if there != text else None))
    return found
