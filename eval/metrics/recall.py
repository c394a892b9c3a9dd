"""Recall at characters: do the first N characters of the passages hold every support of a fact?"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text import compact


def supported(passages: Sequence[str], support: Sequence[str], characters: int) -> bool:
    """`passages` best first, joined by line ends and cut after `characters`."""
    head = compact("\n".join(passages)[:characters])
    return all(compact(wanted) in head for wanted in support)
