"""Writing files that people keep: a file appears when it is whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from assistant.errors import StorageFailed, WrongUse


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
