"""Which files a person means by the paths they name: files, folders with folders in them, zip archives."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath

from assistant.errors import BadInputFile
from ingest.archive import unpack

_ZIP = ".zip"


@dataclass(frozen=True)
class Item:
    """A file to add. `name` is what people know it by: from the folder or archive they named; `problem`: it is not there
    to be read, and why."""

    path: Path
    name: str
    problem: BadInputFile | None = None
    archived: bool = False


def gather(paths: Iterable[Path], room: Path) -> Iterator[Item]:
    """The files of `paths` in their order, each once; those of archives are unpacked into the folder `room`."""
    seen: set[Path] = set()
    for path, name in _named(paths):
        place = path.resolve()
        if place in seen:
            continue
        seen.add(place)
        if path.suffix.lower() == _ZIP and path.is_file():
            yield from _unpacked(path, name, room / str(len(seen)))
        else:
            yield Item(path, name)


def is_rubbish(name: str) -> bool:
    """Is this a file that systems and programs leave behind, and no document?"""
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    return any(part.startswith((".", "~$", "__MACOSX")) or part.lower() in _left_behind() for part in parts)


def _named(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, _plain(path.name)
            continue
        inside = [(p, p.relative_to(path).as_posix()) for p in sorted(path.rglob("*")) if p.is_file()]
        wanted = [
            (p, f"{path.resolve().name}/{name}")
            for p, name in inside
            if not is_rubbish(name) and not _leads_out(p, path)
        ]
        if not wanted:
            raise BadInputFile(f"{path}: フォルダーにファイルがありません。", f"{path}: the folder has no files")
        yield from ((p, _plain(name)) for p, name in wanted)


def _leads_out(path: Path, folder: Path) -> bool:
    """Is this a link to a file that is not in the folder? Nobody who names a folder means that."""
    return not path.resolve().is_relative_to(folder.resolve())


def _unpacked(archive: Path, name: str, room: Path) -> Iterator[Item]:
    count = 0
    try:
        for member in unpack(archive, room):
            if is_rubbish(member.name):
                continue
            count += 1
            yield Item(member.path or archive, f"{name}/{_plain(member.name)}", member.problem, archived=True)
    except BadInputFile as error:
        yield Item(archive, name, error)
        return
    if not count:
        empty = BadInputFile(f"{name}: zipの中にファイルがありません。", f"{name}: no files in the archive")
        yield Item(archive, name, empty)


def _plain(name: str) -> str:
    """A name as it is typed: file systems of Macs take voiced kana apart."""
    return unicodedata.normalize("NFC", name)


@cache
def _left_behind() -> frozenset[str]:
    data = tomllib.loads(resources.files(__package__).joinpath("rubbish.toml").read_text("utf-8"))
    return frozenset(data["names"])
