"""Reading in a process of its own: whatever is in a file, the caller gets a result or an error within the time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.errors import BadInputFile, LockedFile
from assistant.readers.pdf import limits
from assistant.readers.result import About, Heading, Read, ReadPage


def read_pdf(path: Path, password: str = "") -> Read:
    """Read a PDF; pages are labelled as the PDF labels them, or as their printed numbers say (12ページ).

    Raises BadInputFile, LockedFile among them.
    """
    with path.open("rb") as file:
        if b"%PDF" not in file.read(1024):
            raise BadInputFile(f"{path.name}: PDFではありません。", f"{path.name}: this is not a PDF")
    order = {
        "path": str(path.resolve()),
        "password": password,
        "most_pages": limits.MOST_PAGES,
        "seconds": float(os.environ.get("KYODO_PDF_SECONDS") or limits.SECONDS),
        "memory": limits.MEMORY,
    }
    answer = _carry_out(path.name, order | {"compiled": True}) or _carry_out(path.name, order | {"compiled": False})
    if answer is None:
        from assistant.readers.pdf.warnings import broken

        raise broken(path.name, "process")
    if "error" in answer:
        kind = LockedFile if answer["locked"] else BadInputFile
        raise kind(answer["error"], answer["english"])
    return Read(
        tuple(ReadPage(*page) for page in answer["pages"]),
        tuple(answer["warnings"]),
        tuple(Heading(*heading) for heading in answer["headings"]),
        About(title=answer["title"]),
    )


def _carry_out(name: str, order: dict[str, Any]) -> dict[str, Any] | None:
    """The answer of a process; None if it was ended by the system: out of memory, or a fault in compiled code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.readers.pdf.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"},
        start_new_session=True,  # recognition runs below it, and both are ended together
    )
    try:
        out, _ = process.communicate(json.dumps(order).encode(), timeout=order["seconds"] + limits.GRACE)
    except subprocess.TimeoutExpired as error:
        from assistant.readers.pdf.warnings import too_slow

        raise too_slow(name) from error
    finally:
        _end(process)
    answer: dict[str, Any] | None = json.loads(out) if process.returncode == 0 else None
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
