"""The surface of a chart: how places across (0–100) and down (in lines of text, rem) are written in SVG."""

from __future__ import annotations

from dataclasses import dataclass

_WIDTH = 800  # pixels of a chart to keep
_LINE = 16  # pixels of one rem in it


@dataclass(frozen=True)
class Surface:
    """On a page where `fixed` is false; else a file of its own."""

    fixed: bool = False

    def x(self, percent: float) -> str:
        return _number(percent * _WIDTH / 100) if self.fixed else f"{_number(percent)}%"

    def y(self, rem: float) -> str:
        return _number(rem * _LINE) if self.fixed else f"{_number(rem)}rem"

    @property
    def width(self) -> str:
        return str(_WIDTH) if self.fixed else "100%"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
