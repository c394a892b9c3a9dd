"""Routing: is the division within the first k? Organization and division must both be equal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Division
from assistant.text import compact
from eval.case_files import Routing


def within(divisions: Sequence[Division], case: Routing, k: int) -> bool:
    wanted = {_plain(t.organization, t.division) for t in (*case.gold, *case.also_ok)}
    return any(_plain(d.organization, d.division) in wanted for d in divisions[:k])


def _plain(organization: str, division: str) -> tuple[str, str]:
    """A leading 横浜市/川崎市 and a trailing （…） aside."""
    city = re.sub(r"^(横浜市|川崎市)(?=.)", "", compact(organization))
    return city, re.sub(r"[(（][^)）]*[)）]$", "", compact(division))
