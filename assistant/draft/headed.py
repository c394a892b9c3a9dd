"""Words in front of a statement that belong to it: who does it (「当社＝案内と接客」), what it is about (「防災：訓練を年1回」).

A heading that names an item or another part of the document says nothing more; nor does the name of a speaker in minutes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.draft.words import group

_BETWEEN = re.compile(r"[\s　:：→…＝=|｜】〕\]）)]*")


def headed_starts(paper: Paper) -> Mapping[int, int]:
    """Start of a clause → start of the words in front of it, where they belong to it."""
    begins = {clause.start: _begin(paper, clause) for clause in paper.clauses if clause.heading}
    speakers = Counter(clause.heading for clause in paper.clauses if begins.get(clause.start, -1) >= 0)
    return {
        clause.start: begins[clause.start]
        for clause in paper.clauses
        if begins.get(clause.start, -1) >= 0 and speakers[clause.heading] == 1 and _belongs(clause)
    }


def _begin(paper: Paper, clause: Clause) -> int:
    """Where the heading begins, if it stands right in front of the clause, else -1."""
    begin = paper.text.rfind(clause.heading, 0, clause.start)
    line = paper.text.rfind("\n", 0, clause.start)
    between = paper.text[begin + len(clause.heading) : clause.start]
    return begin if begin > line and begin >= 0 and _BETWEEN.fullmatch(between) else -1


def _belongs(clause: Clause) -> bool:
    if not clause.labels & {*ITEM_LABELS} and clause.labels:
        return False
    named = heading_labels(clause.heading)[:1]
    return not named or (named[0] in ("roles", "party") and bool(re.search(group("sides")["pattern"], clause.heading)))
