"""Drafts as Markdown, HTML and files; the draft's data that travel inside a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.draft.export import embed
from assistant.draft.export.docx import to_docx
from assistant.draft.export.embed import embedded_draft
from assistant.draft.export.gaps import gaps, parts, question
from assistant.draft.export.html import to_html
from assistant.draft.export.markdown import to_markdown
from assistant.draft.export.rows import rows
from assistant.draft.export.words import japanese_date
from assistant.draft.export.write import write_draft
from assistant.drafts import Draft, Line, Section
from assistant.errors import StorageFailed, WrongUse
from assistant.office.text import xml_text
from tests.fixtures.drafts import AGREEMENT, BAD, CONTRACT, HOSTILE, PROPOSAL, section

MADE = date(2026, 3, 1)
DRAFTS = {"contract": CONTRACT, "proposal": PROPOSAL, "agreement": AGREEMENT, "hostile": HOSTILE}


class _Page(HTMLParser):
    """The tags, attributes and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", DRAFTS)
def test_html_needs_nothing_else_and_runs_nothing(name: str) -> None:
    page = to_html(DRAFTS[name], MADE)
    found = _Page(page)
    assert not found.tags & {"script", "link", "img", "iframe", "object", "form", "svg", "base", "a"}
    assert not {a for a in found.attributes if a.startswith("on")} | (found.attributes & {"src", "href", "style"})
    assert not re.search(r"url\(|@import", page)


def test_html_shows_hostile_texts_as_they_are() -> None:
    found = _Page(to_html(HOSTILE, MADE))
    assert xml_text(BAD) in found.text
    assert "{{7*7}}" in found.text and "49" not in found.text


def test_html_tells_by_words_whose_text_it_is() -> None:
    page = to_html(CONTRACT)
    for line in (line for made in CONTRACT.sections for line in made.lines):
        label = {"given": "記入", "template": "定型", "missing": "要確認"}[line.origin]
        said = re.escape(re.split("〔", line.text)[0])
        assert re.search(rf'{said}[^\n]*</p>\n<span class="origin {line.origin}">{label}</span>', page), line.text
    assert page.count("<mark>〔要確認") == 9
    assert page.index("この下書きについて") > page.index("各自その1通を保有する。")


@pytest.mark.parametrize("name", ["contract", "proposal", "agreement"])
def test_markdown_says_everything_with_its_numbers(name: str) -> None:
    draft, text = DRAFTS[name], to_markdown(DRAFTS[name])
    for row in rows(draft):
        assert (f"{row.label}　{row.text}" if row.label else row.text) in text
    for said in (*draft.questions, *draft.notes, *(example.title for example in draft.examples)):
        assert said in text


@pytest.mark.parametrize("name", DRAFTS)
def test_markdown_of_hostile_texts_is_text(name: str) -> None:
    page = _Page(MarkdownIt("commonmark").enable("table").render(to_markdown(DRAFTS[name])))
    assert not page.tags & {"script", "a", "img", "em", "strong", "code", "pre", "blockquote"}
    assert ("<script>alert('x')</script>&amp;" in page.text) == (name == "hostile")


def test_numbers_of_an_article() -> None:
    made = section(
        "a", "役割", "", "本・次のとおり", "号・一", "ア・細", "項・二項", "号・二", "号・三", "ア・細", "本・続き"
    )
    draft = CONTRACT.model_copy(
        update={
            "sections": (made, section("b", "費用", "", "項・初めから項"), section("c", "責任", "", "号・初めから号"))
        }
    )
    found = [(row.place, row.label) for row in rows(draft) if not row.is_heading]
    assert found == [
        ("article", "第1条"),
        ("item", "(1)"),
        ("subitem", "ア"),
        ("clause", "2"),
        ("clause_item", "(1)"),
        ("clause_item", "(2)"),
        ("clause_subitem", "ア"),
        ("body", ""),
        ("article", "第2条"),
        ("article", "第3条"),
        ("item", "(1)"),
    ]


@pytest.mark.parametrize("document", ["contract", "proposal"])
def test_a_section_without_lines_shows_its_text(document: str) -> None:
    bare = Section(key="a", heading="目的", text="一行目\n二行目", state="given", basis="", demand="custom")
    draft = CONTRACT.model_copy(update={"document": document, "sections": (bare,)})
    assert [row.text for row in rows(draft) if not row.is_heading] == ["一行目", "二行目"]


def test_more_subitems_than_letters_begin_anew() -> None:
    lines = [Line(level="subitem", text=str(n)) for n in range(47)]
    draft = PROPOSAL.model_copy(
        update={"sections": (section("a", "目的", "").model_copy(update={"lines": tuple(lines)}),)}
    )
    labels = [row.label for row in rows(draft) if row.place == "subpoint"]
    assert (labels[0], labels[45], labels[46]) == ("ア", "ン", "ア")


@given(st.text(alphabet="〔〕要確認：あa\n", max_size=60))
def test_parts_lose_nothing(text: str) -> None:
    assert "".join(piece for piece, _ in parts(text)) == text
    assert [piece for piece, is_gap in parts(text) if is_gap] == [text[g.start : g.end] for g in gaps(text)]


def test_gaps_with_and_without_words() -> None:
    assert [g.what for g in gaps("〔要確認〕と〔要確認：日付〕と〔注〕")] == ["", "日付"]


@pytest.mark.parametrize(
    ("what", "key", "asked"),
    [
        ("支払の時期", "cost", "支払の時期はいつですか。"),
        ("支払の方法", "payment", "「支払の方法」を確かめて記入してください。支払の時期はいつですか。"),
        ("支払の方法", "cost", "「支払の方法」を確かめて記入してください。"),
        ("", "payment", "支払の時期はいつですか。"),
        ("", "cost", "ここを確かめて記入してください。"),
    ],
)
def test_what_is_asked_at_a_gap(what: str, key: str, asked: str) -> None:
    assert question(CONTRACT, what, key) == asked


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 4, 30), "2019年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2026, 12, 31), "令和8年12月31日"),
    ],
)
def test_japanese_date(day: date, said: str) -> None:
    assert japanese_date(day) == said


@pytest.mark.parametrize("name", DRAFTS)
def test_the_draft_travels_in_its_word_file(name: str) -> None:
    assert embedded_draft(to_docx(DRAFTS[name], MADE)) == DRAFTS[name]


def test_the_draft_survives_another_program_that_saves_the_file() -> None:
    document = Document(io.BytesIO(to_docx(CONTRACT, MADE)))
    document.add_paragraph("書き足した文")
    saved = io.BytesIO()
    document.save(saved)
    assert embedded_draft(saved.getvalue()) == CONTRACT


def _with_part(content: bytes) -> bytes:
    """CONTRACT's file with another content in the place of its data."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_docx(CONTRACT, MADE))) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == "customXml/item1.xml" else old.read(name))
    return changed.getvalue()


_DATA = '<data xmlns="urn:kyodo-navi:draft:1">{}</data>'


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no xml",
        _DATA.format(""),
        _DATA.format("{}"),
        _DATA.format('{"status": "drafted", "document": "letter", "form": null}'),
        _DATA.format('{"status": "drafted", "document": "contract", "form": null, "title": "\\ud800"}'),
        _DATA.format("[" * 100_000),
        _DATA.format('<x/>{"status": "drafted", "document": "contract", "form": null}'),
        '<data xmlns="urn:another">{"status": "drafted", "document": "contract", "form": null}</data>',
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + _DATA.format("&e;"),
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + _DATA.format("&b;" * 1000),
    ],
    ids=[
        "empty",
        "no-xml",
        "nothing",
        "no-field",
        "unknown-kind",
        "surrogate",
        "deep",
        "nested",
        "foreign",
        "file",
        "bomb",
    ],
)
def test_a_foreign_or_broken_part_is_no_draft(content: str) -> None:
    assert embedded_draft(_with_part(content.encode())) is None


def test_a_part_made_by_somebody_else_is_read_if_it_is_a_draft() -> None:
    part = _DATA.format('{"status": "drafted", "document": "contract", "form": null}').encode()
    assert embedded_draft(_with_part(part)) == Draft(status="drafted", document="contract", form=None)


def test_too_large_a_part_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = to_docx(CONTRACT, MADE)
    monkeypatch.setattr(embed, "_LIMIT", 1000)
    assert embedded_draft(data) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_word_file_holds_no_draft(data: bytes) -> None:
    assert embedded_draft(data) is None


def test_a_damaged_word_file_holds_no_draft() -> None:
    data = bytearray(to_docx(CONTRACT, MADE))
    middle = data.index(b"customXml/item1.xml") + 200
    data[middle : middle + 200] = b"\xff" * 200
    assert embedded_draft(bytes(data)) is None
    assert embedded_draft(bytes(data[: len(data) // 2])) is None


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".DOCX"])
def test_write(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"下書き{suffix}"
    path.write_text("an older file")
    write_draft(CONTRACT, path, MADE)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes()[:2] == {".docx": b"PK", ".DOCX": b"PK", ".md": b"# ", ".html": b"<!"}[suffix]


def test_write_names_the_formats_it_knows(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"\.docx, \.md, \.html"):
        write_draft(CONTRACT, tmp_path / "draft.pdf")
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_older_file(tmp_path: Path) -> None:
    folder = tmp_path / "draft.md"
    folder.mkdir()
    with pytest.raises(StorageFailed, match="書き込めません"):
        write_draft(CONTRACT, folder)
    assert list(tmp_path.iterdir()) == [folder]
    with pytest.raises(StorageFailed):
        write_draft(CONTRACT, tmp_path / "missing" / "draft.md")


def test_a_problem_without_a_basis_has_no_empty_brackets() -> None:
    draft = CONTRACT.model_copy(update={"problems": (CONTRACT.problems[0].model_copy(update={"basis": ""}),)})
    text = to_markdown(draft)
    assert "［誤り］" + CONTRACT.problems[0].message + "\\\n" in text


def test_a_declined_draft_says_why() -> None:
    draft = Draft(status="declined", document="contract", form=None, notes=("ご依頼の内容が読み取れませんでした。",))
    for text in (to_markdown(draft), to_html(draft)):
        assert "協働契約書" in text and "下書きは作りませんでした。" in text and draft.notes[0] in text
    paragraphs = [p.text for p in Document(io.BytesIO(to_docx(draft, MADE))).paragraphs]
    assert draft.notes[0] in paragraphs
