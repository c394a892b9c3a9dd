"""Make the sample drafts beside this file: from each brief (.txt) a Word file and pictures of its first pages.

    KYODO_HOME=… python docs/samples/make.py

Needs an index, and for the pictures LibreOffice (soffice) with Japanese fonts and pdftoppm of Poppler. The people, groups
and projects of the briefs are invented.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from assistant.console import err
from assistant.draft.export.write import write_draft
from assistant.drafts import DocumentKind
from assistant.embeddings import E5
from assistant.service import Service
from assistant.settings import Settings

FOLDER = Path(__file__).parent
KINDS: tuple[DocumentKind, ...] = ("proposal", "contract", "agreement")
MADE = date(2026, 4, 1)  # the day in the header: fixed, so that a sample changes only with what it shows
PAGES = 2
DOTS_PER_INCH = 90  # each picture stays below 200 KB


def main() -> None:
    service = Service(Settings(), E5())
    for kind in KINDS:
        target = FOLDER / f"{kind}.docx"
        write_draft(service.draft((FOLDER / f"{kind}.txt").read_text("utf-8"), kind), target, MADE)
        draw(target)
        err().print(f"{target.name}", markup=False)


def draw(document: Path) -> None:
    """The first pages of `document` as kind-1.png, kind-2.png beside it."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(document))
        pdf = Path(folder, document.stem).with_suffix(".pdf")
        pages = ("-r", str(DOTS_PER_INCH), "-l", str(PAGES), "-png")
        _run("pdftoppm", *pages, str(pdf), str(document.with_suffix("")))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed commands, no text from outside


if __name__ == "__main__":
    main()
