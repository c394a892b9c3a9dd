"""Files that people really have: encodings, PDFs, and everything that is broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import BadInputFile
from assistant.readers import read_file, reader_for
from assistant.readers.pdf import limits
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import PURE_STEPS, run_steps
from ingest.run import Run
from tests.fakes import HashEmbedder

TEXT = "市民協働の手引きです。協働契約には役割の分担を定めます。\n花壇の水やりは毎朝行います。\n"


def pdf(pages: list[list[str]], password: str = "") -> bytes:
    """A PDF with Japanese text, a list of lines a page."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for lines in pages:
        canvas.setFont("HeiseiKakuGo-W5", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    if not password:
        return buffer.getvalue()
    writer = PdfWriter(clone_from=PdfReader(buffer))
    writer.encrypt(password, algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def _write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return _write


Write = Callable[[str, bytes], Path]


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", ""), ("utf-8-sig", ""), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")]
)
def test_encodings_are_recognised(write: Write, encoding: str, name: str) -> None:
    read = read_file(write("a.txt", TEXT.encode(encoding)), "text")
    assert read.text == TEXT
    assert [name in w for w in read.warnings] == ([True] if name else [])


def test_line_ends_become_one_kind(write: Write) -> None:
    assert read_file(write("a.txt", b"a\r\nb\rc\n"), "text").text == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "空のファイル"),
        ("blank.txt", "　 \n\t\n".encode(), "空白だけ"),
        ("binary.txt", bytes(range(256)) * 8, "バイナリ"),
        ("latin.txt", bytes(range(0x80, 0xFF)) * 4, "UTF-8・UTF-16・Shift_JIS・EUC-JP"),
        ("one-line.txt", ("あ" * 1_700_000).encode(), "1行が1,700,000文字"),
        ("empty.pdf", b"", "空のファイル"),
        ("not.pdf", TEXT.encode(), "PDFではありません"),
        ("blank.pdf", pdf([[], []]), "2ページのどこにも文字がありません"),
        ("locked.pdf", pdf([["秘密の手引き"]], "himitsu"), "パスワード"),
        ("cut.pdf", pdf([["市民協働の手引き"]])[:200], "壊れている"),
        ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "壊れている"),
    ],
)
def test_bad_files_get_a_clear_sentence(write: Write, name: str, data: bytes, says: str) -> None:
    path = write(name, data)
    with pytest.raises(BadInputFile, match=says) as caught:
        read_file(path, reader_for(path))
    assert name in caught.value.ja and name in caught.value.en
    assert caught.value.exit_code == 3


def test_missing_files_folders_and_unknown_kinds(tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match="見つかりません"):
        read_file(tmp_path / "no.txt", "text")
    with pytest.raises(BadInputFile, match="フォルダー"):
        read_file(tmp_path, "text")
    with pytest.raises(BadInputFile, match="読めません"):
        reader_for(tmp_path / "a.dat")


def test_a_pdf_of_thousands_of_pages_is_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 2)
    assert len(read_file(write("two.pdf", pdf([["一"], ["二"]])), "pdf").pages) == 2
    with pytest.raises(BadInputFile, match=r"ページが多すぎます（3ページ）。2ページまで"):
        read_file(write("three.pdf", pdf([["一"], ["二"], ["三"]])), "pdf")


def test_pdf_pages_are_kept_as_locators(write: Write, settings: Settings, home: Home) -> None:
    path = write(
        "handbook.pdf",
        pdf([["第1部 協働とは", "協働は対等の立場で行います。"], ["第2部 契約", "契約には目的を定めます。"]]),
    )
    home.save(home.load().model_copy(update={"builtin": False}))
    added = add_file(home, path, Details(id="ampersand"))
    assert added.source.title.startswith("AMPERSAND"), "the expected source's description is used"
    assert not next(s for s in home.sources() if s.id == "ampersand").expected
    run = run_steps(Run(settings, home, HashEmbedder()), PURE_STEPS)
    found = next(c for c in run.chunks if "契約には目的" in c.text)
    assert found.page == "2ページ"
    assert found.locator.startswith("2ページ")


def test_a_password_opens_a_pdf_and_is_not_kept(write: Write, home: Home) -> None:
    path = write("locked.pdf", pdf([["秘密の手引き", "協働の手順を説明します。"]], "himitsu"))
    added = add_file(home, path, Details(id="locked", password="himitsu"))
    kept = home.file_of(added.source)
    assert "協働の手順" in read_file(kept, "pdf").text
    assert b"himitsu" not in kept.read_bytes()
    assert "himitsu" not in (home.path / "sources.json").read_text("utf-8")


def test_one_image_page_is_reported_and_the_others_are_read(write: Write) -> None:
    read = read_file(write("mixed.pdf", pdf([["最初のページの文です。"], [], ["最後のページの文です。"]])), "pdf")
    assert [p.label for p in read.pages] == ["1ページ", "3ページ"]
    assert any("2ページ目に文字がありません" in w for w in read.warnings)


def test_a_bad_file_changes_nothing(write: Write, home: Home) -> None:
    with pytest.raises(BadInputFile):
        add_file(home, write("bad.txt", b"\x00\x01"), Details())
    assert not (home.path / "sources.json").exists()
    assert not (home.path / "files").exists()


def test_two_files_of_one_name_are_two_sources(write: Write, home: Home, tmp_path: Path) -> None:
    first = add_file(home, write("guide.txt", TEXT.encode()), Details()).source
    other = tmp_path / "other"
    other.mkdir()
    (other / "guide.txt").write_text("別の手引きです。内容も別です。\n", "utf-8")
    second = add_file(home, other / "guide.txt", Details()).source
    assert (first.id, second.id) == ("guide", "guide-2")


def test_an_ordinance_is_recognised_by_its_articles(write: Write, settings: Settings, home: Home) -> None:
    law = "某市協働条例\n\n（目的）\n第一条　この条例は、協働を進める。\n２　前項の協働は、対等に行う。\n\n（定義）\n第２条　用語を次に定める。\n(1) 市民　市に住む者\n\n第３条の２　委任する。\n"
    home.save(home.load().model_copy(update={"builtin": False}))
    add_file(home, write("law.txt", law.encode()), Details(id="law", title="某市協働条例"))
    run = run_steps(Run(settings, home, HashEmbedder()), PURE_STEPS)
    (ordinance,) = run.records.ordinances
    assert [a.number for a in ordinance.articles] == ["1", "2", "3の2"]
    assert [a.caption for a in ordinance.articles] == ["目的", "定義", ""]
    assert len(ordinance.articles[0].paragraphs) == 2
    assert ordinance.articles[1].paragraphs[0].items[0].text.startswith("市民")
