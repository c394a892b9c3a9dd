"""The built-in documents printed to PDF and taken in through the PDF reader: how much of the text comes back, and two
homes to which they were added, as PDFs and as the text files, so that an evaluation shows what the format changes.

python -m tests.printed_corpus FOLDER    needs Chromium and Japanese fonts; makes FOLDER/pdf and FOLDER/text
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from assistant.readers import read_file
from assistant.readers.pdf.characters import put_right
from assistant.readers.result import Read
from assistant.records import Source
from ingest.home import Home, SourceList, builtin_sources, corpus_dir

_STYLE = """
@page { size: A4; margin: 18mm 20mm;
  @top-right { content: "協働の資料集（印刷用）"; font-size: 8pt }
  @bottom-center { content: "- " counter(page) " -"; font-size: 9pt } }
body { font: 10pt/1.6 "Noto Sans CJK JP", sans-serif; margin: 0 }
div { white-space: pre-wrap; text-align: justify }
table { border-collapse: collapse }
td { border: 0.6pt solid #000; padding: 1pt 4pt; vertical-align: top }
"""


def as_html(text: str) -> str:
    """Each line a paragraph, lines with tabs as tables."""
    return f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{_STYLE}</style><body>{"".join(_parts(text))}'


def _parts(text: str) -> Iterator[str]:
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append("<tr>" + "".join(f"<td>{html.escape(c.strip())}</td>" for c in line.split("\t")) + "</tr>")
            continue
        if rows:
            yield f"<table>{''.join(rows)}</table>"
            rows = []
        yield f"<div>{html.escape(line) or '<br>'}</div>"


def print_to_pdf(page: Path, target: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is needed to print PDFs")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [chromium, *options, f"--print-to-pdf={target}", str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def lines_of(text: str) -> list[str]:
    """The lines that have text, white space of cells and characters that fonts share aside."""
    cells = (["".join(cell.split()) for cell in put_right_lines(line)] for line in text.split("\n"))
    return [line for line in ("\t".join(c).strip() for c in cells) if line]


def put_right_lines(line: str) -> list[str]:
    return [put_right(cell) for cell in line.split("\t")]


def compare(original: str, read: str) -> tuple[int, int, int, int, float]:
    """Lines, lines that came back equal, table rows, rows that came back, share of characters that differ."""
    a, b = lines_of(original), lines_of(read)
    matched = [
        a[m.a + i] for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() for i in range(m.size)
    ]
    table = sum("\t" in line for line in a)
    wrong = characters = 0
    for tag, i, j, k, stop in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        one, two = "".join(a[i:j]), "".join(b[k:stop])
        characters += len(one)
        if tag != "equal":
            blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
            wrong += max(len(one), len(two)) - sum(m.size for m in blocks)
    return len(a), len(matched), table, sum("\t" in line for line in matched), wrong / max(characters, 1)


def main(folder: Path) -> None:
    homes = {kind: Home(folder / kind) for kind in ("text", "pdf")}
    added: dict[str, list[Source]] = {kind: [] for kind in homes}
    for home in homes.values():
        (home.path / "files").mkdir(parents=True, exist_ok=True)
    for source in (s for s in builtin_sources() if not s.expected):
        original = corpus_dir() / source.file
        page, target = folder / f"{source.id}.html", homes["pdf"].path / "files" / f"{source.id}.pdf"
        page.write_text(as_html(original.read_text("utf-8")), "utf-8")
        print_to_pdf(page, target)
        shutil.copyfile(original, homes["text"].path / "files" / source.file)
        _report(source.id, original.read_text("utf-8"), read_file(target, "pdf"))
        added["text"].append(source.model_copy(update={"builtin": False}))
        added["pdf"].append(source.model_copy(update={"builtin": False, "file": target.name, "reader": "pdf"}))
    for kind, home in homes.items():
        home.save(SourceList(builtin=True, added=tuple(added[kind])))


def _report(name: str, original: str, read: Read) -> None:
    lines, same, rows, rows_same, wrong = compare(original, read.text)
    sys.stdout.write(
        f"{name}: {len(read.pages)} pages, lines {same}/{lines}, table rows {rows_same}/{rows}, "
        f"characters wrong {wrong:.2%}\n" + "".join(f"  {warning}\n" for warning in read.warnings)
    )
    labels = [page.label for page in read.pages]
    if labels != [f"{number}ページ" for number in range(1, len(labels) + 1)]:
        sys.stdout.write(f"  printed page numbers: {' '.join(labels)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
