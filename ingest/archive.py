"""Zip archives: each file in it becomes a file of a temporary folder, to be added as a source of its own.

Nothing is written outside the folder and nothing larger than it says; names are UTF-8 or, as Windows writes them, Shift_JIS.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.text import sanitize

MOST_MEMBERS = 1_000
LARGEST_TOTAL = 500_000_000  # bytes unpacked
HIGHEST_RATIO = 200  # unpacked to packed bytes; texts have 3 to 20
_SMALL = 1_000_000  # bytes; below it the ratio says nothing
_UTF8 = 0x800
_BLOCK = 1_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, NotImplementedError)


@dataclass(frozen=True)
class Member:
    """A file of an archive: its name there, and where it lies now, or why it is left out."""

    name: str
    path: Path | None
    problem: BadInputFile | None = None


def unpack(archive: Path, target: Path) -> Iterator[Member]:
    """The files of `archive`, written into `target` one by one. Raises BadInputFile if the archive as a whole is not opened."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check(archive.name, entries)
            for number, entry in enumerate(entries):
                yield _member(opened, entry, archive.name, target / str(number))
    except _DAMAGED as error:
        raise BadInputFile(
            f"{archive.name}: zipが壊れているか、途中で切れています。元のファイルを確かめるか、展開できるソフトで展開したフォルダーを指定してください。",
            f"{archive.name}: the zip archive is damaged or truncated; check the original, or unpack it and give the folder",
        ) from error


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name as the program that packed it meant it: zipfile reads what is not marked as UTF-8 as cp437."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = entry.orig_filename.encode("cp437", "replace")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return sanitize(name.replace("\\", "/"))


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_MEMBERS or total > LARGEST_TOTAL:
        raise BadInputFile(
            f"{name}: 中身が多すぎます（{len(entries):,}個、展開すると{total // 1_000_000:,}MB）。{MOST_MEMBERS:,}個、{LARGEST_TOTAL // 1_000_000}MBまでに分けてください。",
            f"{name}: too much in it ({len(entries):,} files, {total // 1_000_000:,} MB unpacked); split it",
        )
    if entries and all(entry.flag_bits & 1 for entry in entries):
        raise _locked(name)


def _member(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, archive: str, folder: Path) -> Member:
    name = name_of(entry)
    shown = f"{archive} の中の {name}"
    problem = _problem(entry, name, shown)
    if problem is not None:
        return Member(name, None, problem)
    folder.mkdir(parents=True)
    path = folder / (Path(name).name[-80:] or "file")
    size = 0
    try:
        with opened.open(entry) as source, path.open("wb") as kept:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > entry.file_size:
                    raise zipfile.BadZipFile("larger than it says")
                kept.write(block)
    except _DAMAGED:
        return Member(
            name,
            None,
            BadInputFile(
                f"{shown}: 壊れていて取り出せません。元のファイルを直接指定してください。",
                f"{archive}, {name}: damaged; give the original file",
            ),
        )
    return Member(name, path)


def _problem(entry: zipfile.ZipInfo, name: str, shown: str) -> BadInputFile | None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or ":" in parts[0] or stat.S_ISLNK(entry.external_attr >> 16):
        return BadInputFile(
            f"{shown}: zipの外を指しているため取り出しません。展開して中身を確かめ、必要なファイルを直接指定してください。",
            f"{shown}: points outside the archive and is left out; unpack it yourself, look at it and give the file you need",
        )
    if entry.flag_bits & 1:
        return _locked(shown)
    if entry.file_size > _SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return BadInputFile(
            f"{shown}: 展開すると異常に大きくなるため取り出しません（{entry.file_size // 1_000_000:,}MB）。元のファイルを直接指定してください。",
            f"{shown}: unpacks to an abnormal size ({entry.file_size // 1_000_000:,} MB) and is left out; give the original file",
        )
    if name.lower().endswith(".zip"):
        return BadInputFile(
            f"{shown}: zipの中のzipは開きません。取り出して、そのzipを指定してください。",
            f"{shown}: an archive in an archive is not opened; take it out and give it by itself",
        )
    return None


def _locked(shown: str) -> BadInputFile:
    return BadInputFile(
        f"{shown}: パスワードで保護されています。展開したファイルを指定してください。",
        f"{shown}: protected by a password; unpack it and give the files",
    )
