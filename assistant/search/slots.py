"""Which attribute a question asks for, and whether the texts that were found show one: the data stands in slots.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from assistant.text import fold


@dataclass(frozen=True)
class Slot:
    """An attribute such as a telephone number."""

    name: str
    ask: re.Pattern[str]
    proof: re.Pattern[str] | None  # None: the asked words themselves
    reason: Literal["absent", "private"]
    scope: Literal["passages", "record"]


@lru_cache(maxsize=1)
def slots() -> tuple[Slot, ...]:
    data = tomllib.loads(resources.files("assistant.search").joinpath("slots.toml").read_text("utf-8"))
    return tuple(
        Slot(
            s["name"],
            re.compile(s["ask"]),
            None if s["proof"] == "same" else re.compile(s["proof"]),
            s.get("reason", "absent"),
            s.get("scope", "passages"),
        )
        for s in data["slot"]
    )


def missing_slot(folded: str, passages: Sequence[str], record: Sequence[str]) -> Slot | None:
    """The first attribute that the question asks for and the texts of its scope do not show."""
    shown = {"passages": [fold(text) for text in passages], "record": [fold(text) for text in record]}
    for slot in slots():
        asked = slot.ask.search(folded)
        proof = slot.proof or (asked and re.compile(re.escape(asked.group())))
        if asked and proof and not any(proof.search(text) for text in shown[slot.scope]):
            return slot
    return None
