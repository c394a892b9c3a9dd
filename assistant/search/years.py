"""Years as people write them, so that a year that no document mentions can be told."""

from __future__ import annotations

import re

from assistant.text import fold

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988}
_YEAR = re.compile(
    r"(令和|平成|昭和|(?<![a-z0-9])[rh])\s?(元|[0-9]{1,2})(?:\s?年|[.年]|(?=[^0-9a-z]|$))|(?<![0-9,])((?:19|20)[0-9]{2})(?![0-9,円])"
)


def years(text: str) -> set[int]:
    """The years named in `text` with an era or four digits, as western years; 年度 counts as the year it begins in."""
    found = set()
    for era, number, western in _YEAR.findall(fold(text)):
        found.add(int(western) if western else _ERAS[era] + (1 if number == "元" else int(number)))
    return found
