"""The same content in each format gives the same sections, records and answer, with the place right."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from tests.assistant.test_readers import pdf
from tests.fakes import HashEmbedder

TITLE = "みなと市の花壇づくりの手引き"
WATER = "花壇の水やりは、当番の団体が毎朝行います。"
HELP = "困ったときは、みなと市役所の緑の係に相談します。"
ROWS = (("団体", "区域", "交付額"), ("花の会", "駅前広場", "50,000円"), ("里山の会", "川辺の道", "80,000円"))
QUESTION = "花壇の水やりは誰が行いますか"


def as_txt() -> bytes:
    table = "\n".join("\t".join(row) for row in ROWS)
    return f"{TITLE}\n\n1 水やり\n{WATER}\n\n2 相談\n{HELP}\n\n3 交付\n{table}\n".encode("cp932")


def as_md() -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    rows.insert(1, "|---|---|---|")
    return f"# {TITLE}\n\n## 水やり\n\n{WATER}\n\n相談\n----\n\n{HELP}\n\n## 交付\n\n{chr(10).join(rows)}\n".encode()


def as_html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        f'<meta charset="utf-8"><title>手引き</title><nav><a href="/">ホーム</a></nav><main><h1>{TITLE}</h1><h2>水やり</h2>'
        f"<p>{WATER}</p><h2>相談</h2><p>{HELP}</p><h2>交付</h2><table>{rows}</table></main><footer>みなと市</footer>"
    ).encode()


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for heading, text in (("水やり", WATER), ("相談", HELP)):
        document.add_heading(heading, 2)
        document.add_paragraph(text)
    document.add_heading("交付", 2)
    table = document.add_table(0, 3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "水やり"
    for text in (TITLE, WATER):
        first.append([text])
    book.create_sheet("相談").append([HELP])
    for row in ROWS:
        (book["交付"] if "交付" in book.sheetnames else book.create_sheet("交付")).append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_pdf() -> bytes:
    return pdf([[TITLE, "1 水やり", WATER], ["2 相談", HELP]])


FORMATS: dict[str, tuple[Callable[[], bytes], str, bool]] = {
    "a.txt": (as_txt, "水やり", True),
    "a.md": (as_md, "水やり", True),
    "a.html": (as_html, "水やり", True),
    "a.docx": (as_docx, "水やり", True),
    "a.xlsx": (as_xlsx, "シート「水やり」", True),
    "a.pdf": (as_pdf, "1ページ", False),  # its table is drawn, not written
}


@pytest.fixture
def settings(home: Home) -> Settings:
    """A local database only: where chunks are kept does not depend on what they were read from."""
    return Settings(home=home.path)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_content_gives_the_same_records_and_answer(
    name: str, home: Home, settings: Settings, tmp_path: Path
) -> None:
    make, place, has_table = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(make())
    home.save(home.load().model_copy(update={"builtin": False}))
    add_file(home, path, Details(id="guide", title=TITLE))
    embedder = HashEmbedder()
    run = run_steps(Run(settings, home, embedder))
    (water,) = [chunk for chunk in run.chunks if WATER in chunk.text]
    (asked,) = [chunk for chunk in run.chunks if HELP in chunk.text]
    assert place in water.locator or place in water.context
    assert water.title == TITLE and not water.text.strip().startswith("#" * 3)
    assert name == "a.pdf" or asked.section != water.section
    if has_table:
        (table,) = run.records.tables
        assert (table.columns, table.rows) == (ROWS[0], ROWS[1:])
        assert any("団体は里山の会、区域は川辺の道、交付額は80,000円" in chunk.search_text for chunk in run.chunks)
    answer = Service(settings, embedder).ask(QUESTION)
    assert answer.status == "answered"
    assert WATER in answer.citations[0].quote
    assert place in f"{answer.citations[0].locator} {answer.citations[0].page}"


def test_sheets_begin_where_their_marks_begin(home: Home, settings: Settings, tmp_path: Path) -> None:
    from ingest.pipeline import PURE_STEPS

    path = tmp_path / "a.xlsx"
    path.write_bytes(as_xlsx())
    home.save(home.load().model_copy(update={"builtin": False}))
    add_file(home, path, Details(id="guide"))
    (document,) = run_steps(Run(settings, home, HashEmbedder()), PURE_STEPS).documents
    assert [document.text[page.start : page.end].split("\n")[0] for page in document.pages] == [
        "# 水やり",
        "# 相談",
        "# 交付",
    ]
    assert document.pages[-1].end >= len(document.text)
