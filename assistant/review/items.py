"""Are the items of 条例第12条第2項 told in a document? By what its clauses say, not by its headings."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_told
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import FIVE, Item, ItemState

LABEL_OF: dict[Item, str] = dict(zip(FIVE, ITEM_LABELS, strict=True))
_SHORTEST, _LONGEST = 6, 400  # characters of a quotation


def item_states(paper: Paper) -> tuple[ItemState, ...]:
    """One state an item, in the ordinance's order; その他規則で定める事項 cannot be judged without the 施行規則."""
    return (*(_state(paper, item) for item in FIVE), _undeterminable())


def _state(paper: Paper, item: Item) -> ItemState:
    label = LABEL_OF[item]
    told = [c for c in paper.of(label) if is_told(c, label) and c.part != "signature"]
    best = max(told, key=lambda clause: _weight(clause, label), default=None)
    if best is None:
        return ItemState(item=item, state="missing", advice=words(item)["advice"], wording=words(item)["wording"])
    return ItemState(item=item, state="present", quote=best.text[:_LONGEST], article=best.article, start=best.start)


def _weight(clause: Clause, label: str) -> tuple[bool, float]:
    return len(clause.text) >= _SHORTEST, clause.scores.get(label, 0.0)


def _undeterminable() -> ItemState:
    return ItemState(item=Item.REGULATION, state="undeterminable", advice=words(Item.REGULATION)["advice"])


def words(name: str) -> dict[str, str]:
    """What is said of an item, or the notes."""
    found: dict[str, str] = _words()[name]
    return found


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("prompts").joinpath("draft", "items.toml").read_text("utf-8"))
