"""The process that reads one PDF: the order comes as JSON on standard input, the answer goes to standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from assistant.errors import BadInputFile, LockedFile


def main() -> None:
    order = json.load(sys.stdin)
    _limit(order["memory"])
    json.dump(_answer(order), sys.stdout)


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    from assistant.readers.pdf.damage import DAMAGED
    from assistant.readers.pdf.opening import read_here
    from assistant.readers.pdf.warnings import broken

    path = Path(order["path"])
    try:
        read = read_here(path, order["password"], order["most_pages"], order["seconds"], compiled=order["compiled"])
    except BadInputFile as error:
        return {"error": error.ja, "english": error.en, "locked": isinstance(error, LockedFile)}
    except DAMAGED as error:
        found = broken(path.name, type(error).__name__)
        return {"error": found.ja, "english": found.en, "locked": False}
    return {
        "pages": [[page.label, page.text, page.method, page.confidence] for page in read.pages],
        "warnings": read.warnings,
        "title": read.about.title,
        "headings": [[heading.start, heading.level] for heading in read.headings],
    }


def _limit(memory: int) -> None:
    """Give the process no more than `memory` bytes, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
