"""The gaps 〔要確認：…〕 of a draft: where they stand and what to ask there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.draft.export.words import word
from assistant.drafts import UNKNOWN, Draft

_OPEN, _CLOSE = UNKNOWN.split("：{what}")
_GAP = re.compile(rf"{_OPEN}(?:：(?P<what>[^{_OPEN[0]}{_CLOSE}]*))?{_CLOSE}")


@dataclass(frozen=True)
class Gap:
    """text[start:end] is the gap, `what` is unknown there ("" if the gap does not say)."""

    start: int
    end: int
    what: str


def gaps(text: str) -> list[Gap]:
    return [Gap(m.start(), m.end(), m["what"] or "") for m in _GAP.finditer(text)]


def parts(text: str) -> list[tuple[str, bool]]:
    """`text` cut at its gaps: (piece, is it a gap?)."""
    found, begin = [], 0
    for gap in gaps(text):
        found += [(text[begin : gap.start], False), (text[gap.start : gap.end], True)]
        begin = gap.end
    return [(piece, is_gap) for piece, is_gap in [*found, (text[begin:], False)] if piece]


def question(draft: Draft, what: str, key: str) -> str:
    """What to ask at a gap of section `key`: the draft's question that names `what`; else plainly for `what`, with the
    question that fills this section."""
    named = next((q for q in draft.questions if what and what in q), None)
    by_key = dict(zip(draft.question_keys, draft.questions, strict=False)).get(key, "")
    plain = word("comment", "ask", what=what) if what else ""
    return named or plain + by_key or word("comment", "fill")
