"""Plain text, and the encodings of all text files: those of Japanese files are recognised, anything else refused by name."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.result import Read, ReadPage, check_lines

LARGEST_TEXT = 20_000_000  # bytes; a book of 500 pages has one million
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SHIFTS = (b"\x1b$B", b"\x1b$@", b"\x1b(J")  # how ISO-2022-JP changes between sets of characters
_COMMON = re.compile(r"[ぁ-んァ-ヶー、。・「」『』（）〔〕【】：／～！？％々〒※○●◎◆■□①-⑳一-龠ａ-ｚＡ-Ｚ０-９\s]")
_HALF_KANA = re.compile(r"[｡-ﾟ]")
_NAMES = {"utf-16": "UTF-16", "cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP"}
_ASKED = {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932"}
_MOST_LOST = 0.002  # of the characters; a text with more of them is not in this encoding
_NO_CHARACTER = re.compile("[\uf8f0-\uf8f3]")  # what Python's cp932 makes of bytes that stand for nothing
_LOST = "\ufffd"


def read_text(path: Path, password: str = "") -> Read:
    """Read a text file; form feeds end its pages. `password` is ignored: text files have none."""
    text, warnings = read_characters(path)
    check_lines(path.name, text)
    parts = text.strip("\f").split("\f")
    if len(parts) == 1:
        return Read((ReadPage("", parts[0]),), warnings)
    pages = (ReadPage(f"{number}ページ", part) for number, part in enumerate(parts, 1))
    return Read(tuple(page for page in pages if page.text.strip()), warnings)


def read_characters(path: Path, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a file with \\n at line ends, and warnings; BadInputFile if it is none, or too large."""
    check_size(path, LARGEST_TEXT)
    text, encoding = decode(path.read_bytes(), path.name, declared)
    if not text.strip():
        raise BadInputFile(
            f"{path.name}: 文字がありません（空白だけです）。", f"{path.name}: only white space, no text"
        )
    said = encoding in _NAMES and known(declared) != encoding
    warnings = [f"{path.name}: {_NAMES[encoding]} として読みました。"] if said else []
    lost = text.count(_LOST)
    if lost:
        warnings.append(
            f"{path.name}: 読めない文字が{lost}字あり、「{_LOST}」にしました。元のファイルを確かめてください。"
        )
    return text, tuple(warnings)


def check_size(path: Path, limit: int) -> None:
    """Refuse a file of more than `limit` bytes, with what to do."""
    size = path.stat().st_size
    if size > limit:
        raise BadInputFile(
            f"{path.name}: ファイルが大きすぎます（{size // 1_000_000:,}MB）。{limit // 1_000_000}MBまでです。必要な部分だけのファイルに分けてください。",
            f"{path.name}: too large ({size // 1_000_000:,} MB); the limit is {limit // 1_000_000} MB. Split it, and give the part you need",
        )


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Text and encoding of `data`; `declared` is what it says of itself, where it does. Line ends become \\n, characters
    that cannot be read U+FFFD (a few at most)."""
    marked = next((encoding for bom, encoding in _BOMS.items() if data.startswith(bom)), "")
    data = data.removeprefix(codecs.BOM_UTF8)
    if not marked and b"\x00" in data:
        raise BadInputFile(
            f"{name}: 文書ではなくバイナリファイルです（NULバイトを含みます）。",
            f"{name}: a binary file (it contains NUL bytes), not a text",
        )
    encoding, text = _best(data, marked, known(declared))
    if encoding != "utf-8" and not marked and (_loss(text) > _MOST_LOST or _plausible(text) < 0.9):
        raise BadInputFile(
            f"{name}: 文字コードが UTF-8・UTF-16・Shift_JIS・EUC-JP・ISO-2022-JP のどれでもありません。UTF-8 で保存し直してください。",
            f"{name}: the encoding is none of UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP; please save it as UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def known(declared: str) -> str:
    """The encoding that a file names, as Python calls it; "" for one that Japanese files do not have."""
    name = declared.strip().lower()
    name = _ASKED.get(name, name).replace("-", "_")
    name = {
        "utf_8": "utf-8",
        "utf8": "utf-8",
        "eucjp": "euc_jp",
        "x_euc_jp": "euc_jp",
        "iso_2022_jp": "iso2022_jp",
    }.get(name, name)
    return name if name in ("utf-8", "cp932", "euc_jp", "iso2022_jp") else ""


def _best(data: bytes, marked: str, declared: str) -> tuple[str, str]:
    """Encoding and text: a mark at the beginning, the signs of ISO-2022-JP and faultless UTF-8 leave no doubt."""
    if marked:
        return marked, data.decode(marked, "replace")
    if any(shift in data for shift in _SHIFTS):
        return "iso2022_jp", data.decode("iso2022_jp", "replace")
    with suppress(UnicodeDecodeError):
        return "utf-8", data.decode("utf-8")
    readings = [(e, _NO_CHARACTER.sub(_LOST, data.decode(e, "replace"))) for e in ("cp932", "euc_jp", "utf-8")]
    readings.sort(key=lambda reading: (reading[0] == declared, _plausible(reading[1])), reverse=True)
    return next((r for r in readings if _loss(r[1]) <= _MOST_LOST), readings[0])


def _loss(text: str) -> float:
    return text.count(_LOST) / max(len(text), 1)


def _plausible(text: str) -> float:
    """Share of Japanese among the characters that are not ASCII; EUC-JP misread as Shift_JIS is half-width kana."""
    foreign = re.sub(r"[\x00-\x7f]+", "", text)
    return (len(_COMMON.findall(foreign)) - 2 * len(_HALF_KANA.findall(foreign))) / max(len(foreign), 1)
