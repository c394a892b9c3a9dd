"""PDFs of several programs × what a reader must bring back: text, order, tables, headings, labels, no running heads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import BadInputFile
from assistant.readers.pdf.by_ocr import can_recognise
from assistant.readers.pdf.characters import doubtful, garbled, put_right
from assistant.readers.pdf.opening import read_here
from assistant.readers.result import Read
from tests.assistant.readers import drawn
from tests.assistant.readers.contents import (
    ARTICLES,
    CHAPTERS,
    COLUMNS_END,
    FIRST,
    ITEMS,
    LAST,
    PARAGRAPHS,
    ROWS,
    RUBY,
    RUNNING_HEAD,
    TITLE,
    VERTICAL,
)

DATA = Path(__file__).parent / "data"
FLOWS: dict[str, Callable[[], bytes]] = {
    "chromium": (DATA / "chromium-flow.pdf").read_bytes,
    "libreoffice": (DATA / "libreoffice-flow.pdf").read_bytes,
    "reportlab": drawn.flow,
    "turned by the page": lambda: drawn.turned("page"),
    "turned text": lambda: drawn.turned("drawn"),
}


@pytest.fixture(scope="module")
def read_bytes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Read]:
    folder = tmp_path_factory.mktemp("pdf")

    def _read(data: bytes) -> Read:
        path = folder / f"{len(list(folder.iterdir()))}.pdf"
        path.write_bytes(data)
        return read_here(path, "", 100, 60.0)

    return _read


ReadBytes = Callable[[bytes], Read]


@pytest.fixture(scope="module", params=FLOWS)
def flow(request: pytest.FixtureRequest, read_bytes: ReadBytes) -> Read:
    return read_bytes(FLOWS[request.param]())


def lines(read: Read) -> list[str]:
    return [line for line in read.text.split("\n") if line.strip()]


def bare(text: str) -> str:
    """Without white space; an ideographic space in a PDF may come as any blank."""
    return "".join(text.split())


def test_every_line_is_whole_and_nothing_else_is_there(flow: Read) -> None:
    items = [f"・{item}" for item in ITEMS]
    assert lines(flow) == [TITLE, CHAPTERS[0], FIRST, *items, CHAPTERS[1], PARAGRAPHS[1], *ROWS, LAST]


def test_tables_are_rows(flow: Read) -> None:
    assert tuple(line for line in lines(flow) if "\t" in line) == ROWS


def test_running_heads_and_page_numbers_are_gone(flow: Read) -> None:
    assert bare(RUNNING_HEAD) not in bare(flow.text)
    assert "- 1 -" not in flow.text


def test_pages_are_called_as_they_are_printed(flow: Read) -> None:
    assert [page.label for page in flow.pages] == ["1ページ", "2ページ"]
    assert flow.pages[0].text.startswith(TITLE)
    assert flow.pages[1].text.startswith(CHAPTERS[1])


def test_headings_are_known_by_their_size(flow: Read) -> None:
    found = {flow.text[h.start :].split("\n")[0]: h.level for h in flow.headings}
    assert found == {TITLE: 1, CHAPTERS[0]: 2, CHAPTERS[1]: 2}


def test_every_page_was_read_by_pypdf_without_a_warning(flow: Read) -> None:
    assert {page.method for page in flow.pages} == {"pypdf"}
    assert flow.warnings == ()


@pytest.mark.parametrize("data", [(DATA / "chromium-columns.pdf").read_bytes, drawn.columns], ids=["chromium", "drawn"])
def test_columns_are_read_one_after_the_other(read_bytes: ReadBytes, data: Callable[[], bytes]) -> None:
    read = read_bytes(data())
    found = [line for line in lines(read) if bare(line) != bare(RUNNING_HEAD)]  # a single page shows no repetition
    assert found == [TITLE, *ARTICLES, CHAPTERS[1], COLUMNS_END]


@pytest.mark.parametrize(
    "data", [(DATA / "chromium-vertical.pdf").read_bytes, drawn.vertical], ids=["chromium", "drawn"]
)
def test_vertical_text_is_read_from_the_right(read_bytes: ReadBytes, data: Callable[[], bytes]) -> None:
    found = [bare(line) for line in lines(read_bytes(data()))]
    assert [line for line in found if line != bare(RUNNING_HEAD)] == [bare(text) for text in (TITLE, *VERTICAL)]


def test_readings_above_words_do_not_part_the_lines(read_bytes: ReadBytes) -> None:
    read = read_bytes((DATA / "chromium-ruby.pdf").read_bytes())
    sentence = re.sub(r"\(.+?\)|\|", "", RUBY)
    assert [line for line in lines(read) if bare(line) != bare(RUNNING_HEAD)] == [TITLE, sentence]


def test_labels_and_bookmarks_of_the_file_come_first(read_bytes: ReadBytes) -> None:
    read = read_bytes(drawn.labelled())
    assert [page.label for page in read.pages] == ["資-7ページ", "資-8ページ"]
    found = {read.text[h.start :].split("\n")[0]: h.level for h in read.headings}
    assert found == {TITLE: 1, CHAPTERS[0]: 2, CHAPTERS[1]: 2}


def test_a_font_without_a_map_is_read_by_pdfium(read_bytes: ReadBytes) -> None:
    read = read_bytes(drawn.unmapped("きょうどうのてびき"))
    assert (read.text, read.pages[0].method) == ("きょうどうのてびき", "pdfium")
    assert "PDFium" in read.warnings[0]


def test_letters_without_a_size_are_no_text(read_bytes: ReadBytes) -> None:
    """Found by fuzzing: they had divided the page by zero."""

    def draw(canvas: Canvas) -> None:
        for size, y in ((10.5, 700), (0, 680), (10.5, 660), (0.04, 640)):
            canvas.setFont("HeiseiMin-W3", size)
            canvas.drawString(70, y, TITLE if size > 1 else LAST)

    assert lines(read_bytes(drawn.drawn(draw))) == [TITLE, TITLE]


def test_a_garbled_page_is_never_passed_on(read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.readers.pdf.pages.can_recognise", lambda: False)
    monkeypatch.setattr("assistant.readers.pdf.warnings.can_recognise", lambda: False)
    with pytest.raises(BadInputFile, match=r"文字化け.*tesseract-ocr-jpn"):
        read_bytes(drawn.misread(FLOWS["libreoffice"]()))


def test_a_picture_is_reported_with_what_to_install(
    read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assistant.readers.pdf.pages.can_recognise", lambda: False)
    monkeypatch.setattr("assistant.readers.pdf.warnings.can_recognise", lambda: False)
    with pytest.raises(BadInputFile, match=r"2ページのどこにも文字がありません.*tesseract-ocr-jpn"):
        read_bytes(drawn.picture(FLOWS["chromium"](), tmp_path))


@pytest.mark.skipif(not can_recognise(), reason="Tesseract with Japanese is not installed: no picture is recognised")
def test_a_picture_is_recognised_and_says_how_surely(read_bytes: ReadBytes, tmp_path: Path) -> None:
    read = read_bytes(drawn.picture(FLOWS["chromium"](), tmp_path))
    text = bare(read.text)
    assert all(bare(part) in text for part in (TITLE, *ITEMS, LAST))
    assert [page.method for page in read.pages] == ["ocr", "ocr"]
    assert all(page.label.endswith("ページ（文字認識）") for page in read.pages)
    assert all(0.5 < page.confidence < 1 for page in read.pages)
    assert "1～2ページ目は画像の文字を認識して読みました（確かさ" in read.warnings[0]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        (FIRST, False),
        (FIRST.replace("の", "䛾"), True),
        (FIRST + "\ue000" * 5, True),
        (FIRST + "\ufffd" * 5, True),
        ("Ã¥Â¸Â‚Ã¦Â°Â‘Ã¥Â", True),
        ("髙橋﨑子・鷗外　①令和３年度（㈱）", False),
        ("Let's work together: AMPERSAND & Co. 100 %", False),
    ],
)
def test_garbled_text_is_told_from_text(text: str, bad: bool) -> None:
    assert garbled(text) is bad


def test_long_text_without_kana_is_doubtful() -> None:
    assert doubtful("市民協働契約書" * 40)
    assert not doubtful("市民協働契約書" * 3 + FIRST * 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [("⼈⺠", "人民"), ("⾼⼾", "高戸"), ("ﬁ", "fi"), ("︒︑", "。、"), ("①㈱", "①㈱"), ("侮", "侮")],
)
def test_radicals_and_shapes_become_what_they_mean(before: str, after: str) -> None:
    assert put_right(before) == after
