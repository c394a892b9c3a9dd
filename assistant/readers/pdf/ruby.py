"""Readings in small kana above the words (furigana): they are no text of their own, and would part the lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.readers.pdf.segments import Segment

_SMALL = 0.62  # times the size of the letters below
_KANA = re.compile(r"^[ぁ-ゖァ-ヺー・\s]+$")
_NEAR = 0.5  # em of the letters below
_MOST = 3_000


def without_ruby(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """`segments` without those that are the reading of what stands right below them."""
    if len(segments) > _MOST:
        return tuple(segments)
    return tuple(s for s in segments if not (_KANA.match(s.text) and any(_reads(s, base) for base in segments)))


def _reads(ruby: Segment, base: Segment) -> bool:
    return (
        ruby.size <= _SMALL * base.size
        and -_NEAR * base.size <= base.y0 - ruby.y1 <= _NEAR * base.size
        and ruby.middle < base.y0 + 0.3 * base.size
        and base.x0 - base.size <= ruby.x0
        and ruby.x1 <= base.x1 + base.size
    )
