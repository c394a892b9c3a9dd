"""The fonts of a PDF as pypdf knows them: bytes of a string → characters with their widths."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

UNKNOWN = "\ufffd"
_WIDE = ("W", "F", "A")


@dataclass(frozen=True)
class Shown:
    """One sign of a string: what it means, how far it moves the pen (thousandths of the font's size), is it a space."""

    text: str
    width: float
    space: bool


class PageFont:
    """A font resource. `vertical`: its lines run downwards."""

    def __init__(self, resource: DictionaryObject) -> None:
        self._font = Font.from_font_resource(resource)
        encoding = str(resource.get("/Encoding", ""))
        self._composite = resource.get("/Subtype") == "/Type0"
        self.vertical = self._composite and encoding.endswith("-V")
        self._identity = encoding.startswith("/Identity")
        self._proportional = encoding.startswith("/UniJIS") and "-HW-" not in encoding
        matrix = resource.get("/FontMatrix")
        self._unit = abs(float(matrix[0])) * 1000 if matrix else 1.0  # Type 3 fonts have units of their own
        self._seen: dict[bytes, Shown] = {}

    def signs(self, data: bytes) -> list[Shown]:
        return [self._seen.get(code) or self._learn(code) for code in self._codes(data)]

    def _codes(self, data: bytes) -> list[bytes]:
        encoding = self._font.encoding
        if not self._composite or not isinstance(encoding, str):
            return [data[i : i + 1] for i in range(len(data))]
        if encoding == "utf-16-be":
            return [data[i : i + 2] for i in range(0, len(data) - 1, 2)]
        return [c.encode(encoding, "replace") for c in data.decode(encoding, "replace")]

    def _learn(self, code: bytes) -> Shown:
        encoding = self._font.encoding
        if isinstance(encoding, str):
            raw = chr(int.from_bytes(code, "big")) if encoding == "utf-16-be" else code.decode(encoding, "replace")
            text = self._font.character_map.get(raw, raw)
            if self._identity and raw not in self._font.character_map:
                text = UNKNOWN
        else:
            raw = chr(code[0])
            named = encoding.get(code[0], raw)
            text = self._font.character_map.get(named, named)
            if not self._font.interpretable:
                text = UNKNOWN
        shown = Shown(text, self._width(raw) * self._unit, code == b" ")
        self._seen[code] = shown
        return shown

    def _width(self, raw: str) -> float:
        if self.vertical:
            return 1000.0
        if self._composite and not self._identity:
            return self._listed(raw)
        return float(self._font.get_text_width(raw))

    def _listed(self, char: str) -> float:
        """Widths are listed by the number of the sign in the font, which only the order of Adobe-Japan1 tells: its first
        signs are ASCII in proportional widths."""
        if unicodedata.east_asian_width(char) in _WIDE:
            return 1000.0
        listed = self._font.character_widths.get(chr(max(ord(char) - 31, 0))) if self._proportional else None
        return float(listed or 500.0)
