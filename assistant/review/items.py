"""Are the items of 条例第12条第2項 told in a document? By what its clauses say, not by its headings."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from assistant.clauses.amounts import amounts
from assistant.clauses.checks.money import article_root
from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_told, is_withheld
from assistant.clauses.cues import heading_labels
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.required import matter, told_of
from assistant.drafts import FIVE, Item, ItemState
from assistant.law_records import Requirement

LABEL_OF: dict[Item, str] = dict(zip(FIVE, ITEM_LABELS, strict=True))
_SHORTEST, _LONGEST = 6, 400  # characters of a quotation
_STRAY = 1.5  # score from which a statement under another heading, or none, tells an item
_ELSEWHERE = 4.0  # the same in the preamble and under another item's heading


def item_states(paper: Paper, requirements: Sequence[Requirement] = ()) -> tuple[ItemState, ...]:
    """One state an item, in the ordinance's order; その他規則で定める事項 are those of the 施行規則, and cannot be judged
    without it."""
    added = [_added(paper, requirement) for requirement in requirements] or [_undeterminable()]
    return (*(_state(paper, item) for item in FIVE), *added)


def _added(paper: Paper, requirement: Requirement) -> ItemState:
    """A matter of the 施行規則: present where each part of it is told."""
    told = told_of(paper, requirement.text)
    basis, said = f"{requirement.rule}{requirement.locator}", words("added")
    state = ItemState(item=Item.REGULATION, detail=requirement.text, basis=basis, state="missing")
    if not told.clauses:
        wording = said["wording"].format(what=matter(requirement.text))
        return state.model_copy(update={"advice": said["advice"].format(basis=basis), "wording": wording})
    best = max(_together(paper, told.clauses), key=lambda run: run[-1].end - run[0].start)
    quote = paper.text[best[0].start : min(best[-1].end, best[0].start + _LONGEST)]
    shown = state.model_copy(update={"quote": quote, "article": best[0].article, "start": best[0].start})
    if not told.lacking:
        return shown.model_copy(update={"state": "present"})
    lacking = "、".join(told.lacking)
    advice = said["partial"].format(basis=basis, lacking=lacking)
    return shown.model_copy(update={"advice": advice, "wording": said["wording"].format(what=lacking)})


def _state(paper: Paper, item: Item) -> ItemState:
    label = LABEL_OF[item]
    told = [c for c in paper.of(label) if _tells(paper, c, label) and c.part != "signature"]
    if not told:
        return ItemState(item=item, state="missing", advice=words(item)["advice"], wording=words(item)["wording"])
    best = max(_together(paper, told), key=lambda clauses: _weight(clauses, label))
    best = _whole_article(paper, best, label)
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


def _together(paper: Paper, told: Sequence[Clause]) -> list[list[Clause]]:
    """Clauses of one article or heading, as a run; without either only neighbours."""
    runs: list[list[Clause]] = []
    places = {clause.start: place for place, clause in enumerate(paper.clauses)}
    for clause in told:
        above = runs[-1][-1] if runs else None
        same = above and _place(above) == _place(clause)
        headed = clause.article or clause.heading
        if same and above and (headed or places[clause.start] - places[above.start] == 1):
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return runs


def _place(clause: Clause) -> tuple[str, str]:
    return article_root(clause.article), clause.heading


def _whole_article(paper: Paper, run: list[Clause], label: str) -> list[Clause]:
    """All of the article under the item's own heading, also what only goes with the item; `run` if that is too long."""
    if label not in heading_labels(run[0].heading)[:1]:
        return run
    whole = [clause for clause in paper.clauses if _place(clause) == _place(run[0])]
    return whole if whole[-1].end - whole[0].start <= _LONGEST else run


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
