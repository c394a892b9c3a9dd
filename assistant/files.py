"""Writing files that people keep: a file appears when it is whole, under a name that every file system takes."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from assistant.errors import StorageFailed, WrongUse
from assistant.text import one_line, sanitize

_REFUSED = re.compile(r'[\\/:*?"<>|\s.\ufffd\x00-\x1f\x7f-\x9f]+')
_LONGEST = 40  # characters of a name; at most 160 bytes in UTF-8, where a file system takes 255


def name_part(text: str) -> str:
    """`text` as a part of a file's name, with nothing in it that a file system refuses; "" if nothing is left."""
    return _REFUSED.sub("_", one_line(sanitize(text)))[:_LONGEST].strip("_")


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, then put it there; StorageFailed if the disk refuses.

    Another process that writes the same file has a part of its own.
    """
    part = Path(f"{path}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StorageFailed(
            f"{path} に書き込めません（{error.strerror}）。場所と空き容量を確かめてください。",
            f"cannot write {path} ({error.strerror})",
        ) from error


def unknown_format(path: Path, known: list[str]) -> WrongUse:
    """The error for a suffix that nothing here writes."""
    return WrongUse(
        f"{path.name}: この形式では書き出せません。書き出せる形式：{'、'.join(known)}",
        f"{path.name}: cannot write this format; known: {', '.join(known)}",
    )
