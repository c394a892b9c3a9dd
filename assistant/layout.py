"""Japanese text in lines of a terminal: full-width characters count two, no line begins with a closing mark."""

from __future__ import annotations

from rich.cells import cell_len

_NEVER_FIRST = "、。，．・：；！？）」』】〕］〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.)]!?:;%"
_NEVER_LAST = "（「『【〔［〈《(["


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, one or two more where a mark must not begin a line."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph.strip(), width)]


def _lines(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text):
        if line and cell_len(line + piece) > width and piece[0] not in _NEVER_FIRST:
            carried = ""
            while line and line[-1] in _NEVER_LAST:
                line, carried = line[:-1], line[-1] + carried
            lines.append(line.rstrip())
            line = carried + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Single characters, but Latin words and numbers whole, with the signs in them."""
    pieces: list[str] = []
    for char in text:
        joined = pieces and "!" <= char <= "~" and "!" <= pieces[-1][-1] <= "~"
        if joined and len(pieces[-1]) < 20:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
