"""Which attribute a question asks for, and whether the texts that were found show one: the data stands in slots.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from assistant.text import fold

Scope = Literal["passages", "record"]


@dataclass(frozen=True)
class Slot:
    """An attribute such as a telephone number."""

    name: str
    ask: re.Pattern[str]
    proof: re.Pattern[str] | None  # None: the asked words themselves
    reason: Literal["absent", "private"]
    scope: Scope


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


def missing_slot(folded: str, shown: Callable[[Scope], Sequence[str]]) -> Slot | None:
    """The first attribute that the question asks for and the texts of its scope do not show; they are read only then."""
    for slot in slots():
        asked = slot.ask.search(folded)
        if not asked:
            continue
        proof = slot.proof or re.compile(re.escape(asked.group()))
        if not any(proof.search(fold(text)) for text in shown(slot.scope)):
            return slot
    return None
