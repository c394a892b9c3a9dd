"""Drafts as Word files: opened again, and rendered as an office would print them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.draft.export.docx import to_docx
from assistant.drafts import Draft
from tests.fixtures.drafts import AGREEMENT, BAD, CONTRACT, HOSTILE, LONG, PROPOSAL

MADE = date(2026, 3, 1)
DRAFTS = {"contract": CONTRACT, "proposal": PROPOSAL, "agreement": AGREEMENT, "hostile": HOSTILE}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {name: docx.Document(io.BytesIO(to_docx(draft, MADE))) for name, draft in DRAFTS.items()}


def _texts(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def _attribute(element: object, path: str) -> list[str]:
    return [str(value) for value in element.xpath(path)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["contract", "proposal", "agreement"])
def test_every_text_of_the_draft_stands_in_the_document(name: str, documents: dict[str, Document]) -> None:
    draft, document = DRAFTS[name], documents[name]
    said = [p.text for p in document.paragraphs]
    assert said[0] == draft.title
    for section in draft.sections:
        for line in section.lines:
            assert line.text in said
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for signature in draft.signatures:
        assert {signature.side, signature.name, signature.address, signature.representative} <= set(cells)
    assert ("印" in cells) == bool(draft.signatures)


def test_numbers_are_words_own(documents: dict[str, Document]) -> None:
    """No number is typed; each numbered style hangs on one level of one list, so that a new article renumbers the rest."""
    document = documents["contract"]
    assert len(_texts(document, "条")) == 16
    assert _texts(document, "条見出し")[:2] == ["（目的）", "（協働の原則）"]
    assert not [p.text for p in document.paragraphs if re.match(r"第\d+条|\(\d+\)|\d+　|ア　", p.text)]
    numbering = document.part.numbering_part.element
    for style, text in {"条": "第%1条　", "号": "(%2)　", "号の細目": "%3　", "項": "%4　", "項の号": "(%5)　"}.items():
        number = document.styles[style].element.pPr.numPr
        level = number.ilvl.val if number.ilvl is not None else 0
        found = _attribute(
            numbering, f"//w:abstractNum[@w:abstractNumId='1']/w:lvl[@w:ilvl='{level}']/w:lvlText/@w:val"
        )
        assert (number.numId.val, found) == (1, [text])
    assert _attribute(numbering, "//w:lvl[w:pStyle/@w:val='Clause']/w:start/@w:val") == ["2"]


def test_items_of_an_article_and_of_its_further_paragraphs_are_told_apart(documents: dict[str, Document]) -> None:
    document = documents["contract"]
    assert _texts(document, "号")[-2:] == ["地域への周知", "車両の駐車場所の提供"]
    assert _texts(document, "項の号")[:2] == ["送迎の運行", "利用者の受付"]
    assert _texts(document, "項の号の細目") == ["運転者の手配", "車両の点検"]


def test_a_proposal_has_numbered_headings(documents: dict[str, Document]) -> None:
    document = documents["proposal"]
    assert _texts(document, "番号見出し")[:3] == ["事業の名称", "提案者", "事業の目的"]
    assert _texts(document, "細目") == ["店舗の清掃と改装", "衛生講習の受講"]
    assert not _texts(document, "条")


def test_an_agreement_begins_with_its_background(documents: dict[str, Document]) -> None:
    document = documents["agreement"]
    assert _texts(document, "前文")[0].startswith("横浜市旭区（以下「甲」という。）")
    assert _texts(document, "条見出し")[0] == "（目的）"


@pytest.mark.parametrize("name", DRAFTS)
def test_page_fonts_and_properties(name: str, documents: dict[str, Document]) -> None:
    document = documents[name]
    page = document.sections[0]
    assert (page.page_width, page.page_height) == pytest.approx((Mm(210), Mm(297)), abs=Mm(0.1))
    assert all(Mm(15) < m < Mm(35) for m in (page.left_margin, page.right_margin, page.top_margin) if m is not None)
    styles = document.styles.element
    assert _attribute(styles, "//w:docDefaults//w:rFonts/@w:eastAsia") == ["ＭＳ 明朝"]
    assert set(_attribute(styles, "//w:style//w:rFonts/@w:eastAsia")) == {"ＭＳ ゴシック"}
    about = document.core_properties
    assert (about.author, about.language) == ("", "ja-JP")
    assert about.title == document.paragraphs[0].text
    assert about.created is not None and about.created.date() == MADE


def test_header_and_footer(documents: dict[str, Document]) -> None:
    page = documents["contract"].sections[0]
    assert page.header.paragraphs[0].text.split() == ["案", "令和8年3月1日作成"]
    fields = _attribute(page.footer.paragraphs[0]._p, ".//w:fldSimple/@w:instr")
    assert [f.strip() for f in fields] == ["PAGE", "NUMPAGES"]


def test_gaps_are_highlighted_and_asked_about_once(documents: dict[str, Document]) -> None:
    document = documents["contract"]
    cells = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    runs = [run for p in [*document.paragraphs, *cells] for run in p.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    said = [line.text for section in CONTRACT.sections for line in section.lines]
    said += [text for signature in CONTRACT.signatures for text in (signature.address, signature.representative)]
    gaps = re.findall(r"〔要確認：[^〕]*〕", "\n".join(said))
    assert sorted(marked) == sorted(gaps)
    comments = [comment.text for comment in document.comments]
    assert len([c for c in comments if "条例" not in c]) == len(set(gaps))
    assert CONTRACT.questions[0] + "同じ内容がほかに1か所あります。" in comments
    assert CONTRACT.questions[2] in comments, "the question names what the gap names"
    assert "「乙の個人情報の管理の責任者」を確かめて記入してください。" in comments


def test_a_problem_is_a_comment_on_its_words(documents: dict[str, Document]) -> None:
    document, problem = documents["contract"], CONTRACT.problems[0]
    comment = next(c for c in document.comments if c.text.startswith(problem.message))
    body = document.element.body
    (start,) = body.xpath(f"//w:commentRangeStart[@w:id='{comment.comment_id}']")
    words, node = "", start.getnext()
    while node.tag != qn("w:commentRangeEnd"):
        words, node = words + "".join(node.itertext(qn("w:t"))), node.getnext()
    assert words == problem.quote


def test_explanations_stand_on_a_page_of_their_own(documents: dict[str, Document]) -> None:
    document = documents["contract"]
    texts = [p.text for p in document.paragraphs]
    assert _texts(document, "説明の題") == ["この下書きについて（提出前に削除してください）"]
    assert document.styles["説明の題"].paragraph_format.page_break_before
    after = texts[texts.index("この下書きについて（提出前に削除してください）") :]
    for said in (*CONTRACT.questions, *CONTRACT.notes, CONTRACT.examples[0].title):
        assert said in after
    assert any(CONTRACT.problems[0].message in text for text in after)
    bases = [row.cells[1].text for row in document.tables[1].rows]
    assert bases[1:3] == ["条例第12条第2項", "条例第8条"]


def test_hostile_texts_are_text(documents: dict[str, Document]) -> None:
    data = to_docx(HOSTILE, MADE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "<script" not in xml and "&lt;script&gt;" in xml
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", xml)
    texts = [p.text for p in documents["hostile"].paragraphs]
    assert BAD[: BAD.index("\x00")] in texts[0]
    assert LONG in texts
    assert "\n".join(_texts(documents["hostile"], "条")).count("alert") == 1


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the Word files are not rendered")
    folder = tmp_path_factory.mktemp("rendered")
    for name, draft in DRAFTS.items():
        (folder / f"{name}.docx").write_bytes(to_docx(draft, MADE))
    (folder / "longer.docx").write_bytes(_with_another_article(CONTRACT))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(file) for file in folder.glob("*.docx"))
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {file.stem: _text_of(file) for file in folder.glob("*.pdf")}


def _with_another_article(draft: Draft) -> bytes:
    """The draft's file after somebody put a new paragraph of the style 条 before the fifth article."""
    document = docx.Document(io.BytesIO(to_docx(draft, MADE)))
    articles = [p for p in document.paragraphs if p.style is not None and p.style.name == "条"]
    articles[4].insert_paragraph_before("書き足した条", style="条")
    changed = io.BytesIO()
    document.save(changed)
    return changed.getvalue()


def _text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _numbers(text: str) -> list[str]:
    body = text[: text.index("この下書きについて")]
    return re.findall(r"^(第\d+条|\(\d+\)|\d{1,2}|[アイウ])　", body, re.MULTILINE)


def test_rendered_contract_counts_its_articles(pdfs: dict[str, str]) -> None:
    numbers = _numbers(pdfs["contract"])
    assert [n for n in numbers if n.startswith("第")] == [f"第{n}条" for n in range(1, 17)]
    fourth, seventh = numbers.index("第4条"), numbers.index("第7条")
    counted = "第4条 (1) (2) (3) 2 第5条 (1) (2) 2 (1) ア イ (2) (3) 第6条 2 3 第7条 2"
    assert " ".join(numbers[fourth : seventh + 2]) == counted


def test_an_article_put_in_renumbers_the_others(pdfs: dict[str, str]) -> None:
    text = pdfs["longer"]
    assert [n for n in _numbers(text) if n.startswith("第")] == [f"第{n}条" for n in range(1, 18)]
    assert "第5条　書き足した条" in text and "第6条　甲の役割は" in text


def test_rendered_proposal_counts_its_headings(pdfs: dict[str, str]) -> None:
    numbers = _numbers(pdfs["proposal"])
    assert " ".join(numbers) == "1 2 (1) (2) (3) 3 4 (1) ア イ (2) 5 (1) (2) 6 7 8"


def test_rendered_hostile_draft_is_whole(pdfs: dict[str, str]) -> None:
    assert "第2条" in pdfs["hostile"]
    assert pdfs["hostile"].count("長い行の試し") > 1000
