"""The test PDFs that Chromium and LibreOffice print, kept in data/ so that the tests need neither.

python -m tests.assistant.readers.make_pdfs
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.assistant.readers.contents import (
    ARTICLES,
    CHAPTERS,
    COLUMNS_END,
    FIRST,
    ITEMS,
    LAST,
    RUBY,
    RUNNING_HEAD,
    SECOND,
    TABLE,
    TITLE,
    VERTICAL,
)
from tests.printed_corpus import print_to_pdf

DATA = Path(__file__).parent / "data"
_PAGE = f"""<!doctype html><html lang="ja"><meta charset="utf-8"><style>
@page {{ size: A4; margin: 25mm; @top-right {{ content: "{RUNNING_HEAD}"; font-size: 8pt; writing-mode: horizontal-tb }}
  @bottom-center {{ content: "- " counter(page) " -"; font-size: 9pt; writing-mode: horizontal-tb }} }}
body {{ font: 10.5pt/1.7 "Noto Sans CJK JP"; margin: 0 }} h1 {{ font-size: 18pt }} h2 {{ font-size: 14pt }}
table {{ border-collapse: collapse }} td {{ border: 1px solid; padding: 2pt 5pt }}
td:nth-child(2) {{ width: 80mm }} .new {{ break-before: page }}"""


def flow() -> str:
    """The handbook as HTML."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    items = "".join(f"<div>・{item}</div>" for item in ITEMS)
    return (
        f"{_PAGE}</style><body><h1>{TITLE}</h1><h2>{CHAPTERS[0]}</h2><p>{FIRST}</p>{items}"
        f'<h2 class="new">{CHAPTERS[1]}</h2><p>{SECOND}</p><table>{rows}</table><p>{LAST}</p>'
    )


def columns() -> str:
    """A heading over two columns, and text below them over the whole width."""
    articles = "".join(f"<p>{text}</p>" for text in ARTICLES)
    return (
        f"{_PAGE} .two {{ columns: 2; column-gap: 8mm; text-align: justify }}</style><body><h1>{TITLE}</h1>"
        f'<div class="two">{articles}</div><h2>{CHAPTERS[1]}</h2><p>{COLUMNS_END}</p>'
    )


def vertical() -> str:
    """Vertical writing, with Latin words on their side."""
    texts = "".join(f"<p>{text}</p>" for text in VERTICAL)
    return f"{_PAGE} html {{ writing-mode: vertical-rl }} body {{ height: 200mm }}</style><body><h1>{TITLE}</h1>{texts}"


def ruby() -> str:
    """A paragraph with readings above some words."""
    parts = [f"<ruby>{p[:-1].replace('(', '<rt>')}</ruby>" if p.endswith(")") else p for p in RUBY.split("|")]
    return f"{_PAGE}</style><body><h1>{TITLE}</h1><p>{''.join(parts)}</p>"


def word_file(target: Path) -> None:
    """The handbook as a Word file: heading styles, a list, a table, a running head, page numbers."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = RUNNING_HEAD
    foot = section.footer.paragraphs[0]
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))
    document.add_heading(TITLE, 1)
    document.add_heading(CHAPTERS[0], 2)
    document.add_paragraph(FIRST)
    for item in ITEMS:
        document.add_paragraph(f"・{item}")
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading(CHAPTERS[1], 2)
    document.add_paragraph(SECOND)
    table = document.add_table(0, len(TABLE[0]), "Table Grid")
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(LAST)
    document.save(str(target))


def main() -> None:
    DATA.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for kind, page in (("flow", flow()), ("columns", columns()), ("vertical", vertical()), ("ruby", ruby())):
            (folder / f"{kind}.html").write_text(page, "utf-8")
            print_to_pdf(folder / f"{kind}.html", DATA / f"chromium-{kind}.pdf")
        word_file(folder / "libreoffice-flow.docx")
        soffice = shutil.which("soffice") or "soffice"
        command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", str(DATA), str(folder / "libreoffice-flow.docx")], check=True, timeout=300
        )


if __name__ == "__main__":
    main()
