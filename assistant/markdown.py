"""Text of people in Markdown: escaped, so that it reads as it was written."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLANKS = re.compile(r"^[ \t]+", re.MULTILINE)  # four of them would begin a block of code
_MARKS = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)


def escaped(text: str) -> str:
    """`text` as Markdown that shows it as it is, its line ends kept."""
    flush = _BLANKS.sub("", _SPECIAL.sub(r"\\\1", text))
    return _MARKS.sub(r"\\\1", flush).replace("\n", "\\\n")


def line(text: str) -> str:
    """`text` escaped and on one line."""
    return escaped(" ".join(text.split("\n")))
