"""Verdict: what was said rightly, said wrongly, and overlooked; figures pool its counts over all cases."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Verdict(NamedTuple):
    """Names of items or codes: true positives, false positives, false negatives."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    overlooked: tuple[str, ...]

    def counts(self, name: str) -> dict[str, float]:
        """Scores `name`_right, `name`_wrong, `name`_overlooked."""
        return {f"{name}_{part}": float(len(said)) for part, said in self._asdict().items()}


def verdict(said: Collection[str], wanted: Collection[str], alarms: Collection[str]) -> Verdict:
    """`alarms` are wrong where they are said without being wanted; what is in neither list counts neither way."""
    names = sorted(set(said))
    return Verdict(
        right=tuple(name for name in names if name in wanted),
        wrong=tuple(name for name in names if name in alarms and name not in wanted),
        overlooked=tuple(sorted(set(wanted) - set(said))),
    )
