"""Plain text and Markdown: UTF-8 as it is, Shift_JIS and EUC-JP recognised, anything else refused by name."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.result import Read, ReadPage, check_lines

_BOMS = {b"\xff\xfe": "UTF-16LE", b"\xfe\xff": "UTF-16BE"}
_COMMON = re.compile(r"[ぁ-んァ-ヶー、。・「」一-龠a-zA-Z0-9\s]")
_HALF_KANA = re.compile(r"[｡-ﾟ]")
_NAMES = {"utf-8": "UTF-8", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}


def read_text(path: Path, password: str = "") -> Read:
    """Read a text file as one page. `password` is ignored: text files have none."""
    text, encoding = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise BadInputFile(
            f"{path.name}: 文字がありません（空白だけです）。", f"{path.name}: only white space, no text"
        )
    check_lines(path.name, text)
    warnings = () if encoding == "utf-8" else (f"{path.name}: {_NAMES[encoding]} として読みました。",)
    return Read((ReadPage("", text),), warnings)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of `data`. Line ends become \\n; nothing else is changed."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            raise BadInputFile(
                f"{name}: 文字コードが {encoding} です。UTF-8 で保存し直してください。",
                f"{name}: the encoding is {encoding}; please save it as UTF-8",
            )
    if b"\x00" in data:
        raise BadInputFile(
            f"{name}: 文書ではなくバイナリファイルです（NULバイトを含みます）。",
            f"{name}: a binary file (it contains NUL bytes), not a text",
        )
    try:
        return _lines(data.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError:
        pass
    readings = [(encoding, text) for encoding in ("cp932", "euc_jp") if (text := _try(data, encoding)) is not None]
    best = max(readings, key=lambda reading: _plausible(reading[1]), default=None)
    if best is None or _plausible(best[1]) < 0.9:
        raise BadInputFile(
            f"{name}: 文字コードが UTF-8・Shift_JIS・EUC-JP のどれでもありません。UTF-8 で保存し直してください。",
            f"{name}: the encoding is none of UTF-8, Shift_JIS, EUC-JP; please save it as UTF-8",
        )
    return _lines(best[1]), best[0]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """Share of characters that Japanese documents are made of; EUC-JP misread as Shift_JIS is half-width kana."""
    return (len(_COMMON.findall(text)) - 2 * len(_HALF_KANA.findall(text))) / max(len(text), 1)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
