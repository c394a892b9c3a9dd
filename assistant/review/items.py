"""Are the items of 条例第12条第2項 told in a document? By what its clauses say, not by its headings."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.clauses.amounts import amounts
from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_told, is_withheld
from assistant.clauses.cues import heading_labels
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import FIVE, Item, ItemState

LABEL_OF: dict[Item, str] = dict(zip(FIVE, ITEM_LABELS, strict=True))
_SHORTEST, _LONGEST = 6, 400  # characters of a quotation
_STRAY = 1.5  # score from which a statement under another heading, or none, tells an item
_ELSEWHERE = 4.0  # the same in the preamble and under another item's heading


def item_states(paper: Paper) -> tuple[ItemState, ...]:
    """One state an item, in the ordinance's order; その他規則で定める事項 cannot be judged without the 施行規則."""
    return (*(_state(paper, item) for item in FIVE), _undeterminable())


def _state(paper: Paper, item: Item) -> ItemState:
    label = LABEL_OF[item]
    told = [c for c in paper.of(label) if _tells(paper, c, label) and c.part != "signature"]
    if not told:
        return ItemState(item=item, state="missing", advice=words(item)["advice"], wording=words(item)["wording"])
    best = max(_together(told), key=lambda clauses: _weight(clauses, label))
    start, end = best[0].start, best[0].end
    for clause in best[1:]:
        end = clause.end if clause.end - start <= _LONGEST else end
    quote = paper.text[start : min(end, start + _LONGEST)]
    return ItemState(item=item, state="present", quote=quote, article=best[0].article, start=start)


def _tells(paper: Paper, clause: Clause, label: str) -> bool:
    """Not a stray statement that only may be one; a row of a table tells its cost together with the other rows."""
    headed = heading_labels(clause.heading)[:1]
    elsewhere = clause.part == "preamble" or (headed and headed[0] in ITEM_LABELS)
    least = _ELSEWHERE if elsewhere else _STRAY
    sure = label in headed or clause.scores.get(label, 0.0) >= least
    if is_told(clause, label):
        return sure
    if label != "cost" or is_withheld(clause):
        return False
    rows = [c for c in paper.clauses if (c.article, c.heading) == (clause.article, clause.heading)]
    return (
        bool(amounts(clause.text))
        and "\t" in clause.text
        and {"#city", "#group"} & set(marks(" ".join(c.text.replace("\t", "：") for c in rows))) != set()
    )


def _together(told: list[Clause]) -> list[list[Clause]]:
    """Clauses of one article or heading, as a run."""
    runs: list[list[Clause]] = []
    for clause in told:
        if runs and (runs[-1][-1].article, runs[-1][-1].heading) == (clause.article, clause.heading):
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return runs


def _weight(clauses: list[Clause], label: str) -> tuple[bool, bool, float]:
    """Long enough to quote, under the item's own heading, sure."""
    headed = label in heading_labels(clauses[0].heading)[:1]
    long = clauses[-1].end - clauses[0].start >= _SHORTEST
    return long, headed, max(clause.scores.get(label, 0.0) for clause in clauses)


def _undeterminable() -> ItemState:
    return ItemState(item=Item.REGULATION, state="undeterminable", advice=words(Item.REGULATION)["advice"])


def words(name: str) -> dict[str, str]:
    """What is said of an item, or the notes."""
    found: dict[str, str] = _words()[name]
    return found


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("prompts").joinpath("draft", "items.toml").read_text("utf-8"))
