"""What the 施行規則 demands of a contract beside the five items: a section for each matter that no other section has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses.paper import Clause
from assistant.clauses.required import matter, told_of, topics
from assistant.draft.sections import numbered, replaced
from assistant.draft.values import NOT_WRITTEN
from assistant.draft.words import sentence
from assistant.draft.writing import Writing
from assistant.drafts import Added, Item, Line, Section
from assistant.law_records import Requirement
from assistant.text import one_line

_END = re.compile(r"[。．、，\s]+$")
_NOT_TOLD = {"request", "deferred", "party"}
KEY = "regulation"  # of the section that stands for them while the rule is unknown; theirs are regulation_1 …


def requirements(writing: Writing) -> tuple[Requirement, ...]:
    """The matters that the rule adds; none for an office that reads another rule (第21条)."""
    return () if replaced(writing)[0] else writing.searcher.index.records.requirements


def write_added(writing: Writing) -> Writing:
    """Put sections for the rule's matters in the place of the one that leaves them open."""
    at = next((i for i, s in enumerate(writing.sections) if s.key == KEY), None)
    wanted = requirements(writing)
    if at is None or not wanted:
        return writing
    sections = {s.key: s for s in writing.sections if s.key != KEY}
    made: list[Section] = []
    added: list[Added] = []
    moved: set[str] = set()
    for requirement in wanted:
        basis = f"{requirement.rule}{requirement.locator}"
        keys = [key for key in topics(requirement.text) if key in sections]
        if keys and len(keys) == len(topics(requirement.text)):  # a section has it already, by the template
            for key in keys:
                stands = f"{sections[key].basis}、{basis}" if sections[key].demand == "ordinance" else basis
                sections[key] = sections[key].model_copy(update={"basis": stands, "demand": "ordinance"})
            told = all(sections[key].state != "missing" for key in keys)
            added.append(Added(text=requirement.text, basis=basis, section=keys[0], told=told))
            continue
        section, lines, told = _section(writing, requirement, f"{KEY}_{len(made) + 1}")
        moved |= lines
        made.append(section)
        added.append(Added(text=requirement.text, basis=basis, section=section.key, told=told))
    order = [s.key for s in writing.sections]
    kept = [sections[key] for key in order if key in sections]
    kept[at:at] = made
    return replace(writing, sections=tuple(_without(kept, moved)), added=tuple(added))


def _section(writing: Writing, requirement: Requirement, key: str) -> tuple[Section, set[str], bool]:
    """The section of one matter, the statements it holds, and whether every part of it is told."""
    told = told_of(writing.whole, requirement.text)
    clauses = [c for c in told.clauses if _is_written(writing, c)]
    heading = matter(requirement.text)
    texts = [one_line(_END.sub("", c.text)) for c in clauses]
    lines = [Line(level="body", text=sentence("lines", "added_given", what=heading))] if texts else []
    lines += [Line(level="item", text=text, origin="given") for text in texts]
    lacking = told.lacking if texts else (heading,)
    if not texts:
        lines = [Line(level="body", text=sentence("lines", "added_missing", what=heading), origin="missing")]
    elif lacking:
        gap = sentence("lines", "added_gap", what="、".join(lacking))
        lines.append(Line(level="item", text=gap, origin="missing"))
    section = Section(
        key=key,
        heading=heading,
        item=Item.REGULATION,
        text=numbered(lines),
        state="given" if texts else "missing",
        basis=f"{requirement.rule}{requirement.locator}（条例{requirement.demanded_by}）",
        demand="ordinance",
        lines=tuple(lines),
    )
    return section, set(texts), not lacking


def _is_written(writing: Writing, clause: Clause) -> bool:
    """A statement of this project; not what asks to invent, what is put off or who the parties are."""
    refused = [f.quote for f in writing.problems if f.code in NOT_WRITTEN and f.quote]
    return not clause.labels & _NOT_TOLD and not any(q in clause.text or clause.text in q for q in refused)


def _without(sections: Sequence[Section], moved: set[str]) -> list[Section]:
    """The sections without the further terms (その他の取決め) that stand under their own matter now."""
    found = []
    for section in sections:
        lines = tuple(line for line in section.lines if line.origin != "given" or line.text not in moved)
        if section.key != "wishes" or len(lines) == len(section.lines):
            found.append(section)
        elif any(line.origin == "given" for line in lines):
            found.append(section.model_copy(update={"lines": lines, "text": numbered(list(lines))}))
    return found
