"""Reviews in Word: comments at the places of the document itself, and nothing else of it changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from assistant.drafts import Code, Finding, Review
from assistant.readers.docx import open_docx
from assistant.readers.word.numbering import W
from assistant.readers.word.text import paragraph_spans, shown
from assistant.review.report.docx import to_docx
from tests.reviews import DECLINED, REVIEW, TEXT
from tests.word_files import add_footnotes, add_xml, contract, to_bytes

MARKS = {W + tag for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")}


def reviewed(text: str, *quotes: str) -> Review:
    """A review with a finding at each quote and nothing else."""
    found = tuple(
        Finding(code=Code.BLANKS, message=f"指摘{n}", basis="条例第12条第2項", quote=quote, start=text.index(quote))
        for n, quote in enumerate(quotes)
    )
    return Review(document="contract", findings=found, text=text)


def commented(document: Document) -> dict[str, str]:
    """First line of each comment → what it stands at, read as the document is read."""
    said = {str(c.comment_id): c.text.split("\n")[0] for c in document.comments}
    at: dict[str, str] = dict.fromkeys(said, "")
    open_now: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == W + "commentRangeStart":
            open_now.add(element.get(W + "id"))
        elif element.tag == W + "commentRangeEnd":
            open_now.discard(element.get(W + "id"))
        elif element.getparent().tag == W + "r" and not any(up.tag == W + "ruby" for up in element.iterancestors()):
            for identity in open_now & at.keys():
                at[identity] += shown(element)
    return {said[identity]: text for identity, text in at.items()}


def save(document: Document, path: Path) -> tuple[Path, str]:
    path.write_bytes(to_bytes(document))
    return path, open_docx(path)[1].text


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain(paragraph: Any) -> list[tuple[str, str]]:
    """Text of a paragraph with its formats, however it is cut into runs."""
    found: list[tuple[str, str]] = []
    for run in paragraph.iter(W + "r"):
        text = "".join(shown(child) for child in run)
        properties = run.find(W + "rPr")
        look = "" if properties is None else "".join(c.tag + str(sorted(c.items())) for c in properties)
        if not text:
            continue
        found.append((found.pop()[0] + text, look) if found and found[-1][1] == look else (text, look))
    return found


def test_comments_stand_at_the_words_they_are_about(tmp_path: Path) -> None:
    path, text = save(contract(), tmp_path / "a.docx")
    quotes = (
        "まちを明るくする",
        "甲は広報を行う。\n(2)　乙は花壇の手入れ",
        "60万円",
        "令和9年3月31日",
        "第2条",
        "役割は次のとおりとする",
        "次のとおり",
    )
    result = docx.Document(io.BytesIO(to_docx(reviewed(text, *quotes), path)))
    assert commented(result) == {
        "協働契約書として点検しました。": "花と緑の協働契約書",
        "［注意］指摘0": "まちを明るくする",
        "［注意］指摘1": "甲は広報を行う。乙は花壇の手入れ",
        "［注意］指摘2": "60万円",
        "［注意］指摘3": "令和9年3月31日",
        "［注意］指摘4": "役割は次のとおりとする。",
        "［注意］指摘5": "役割は次のとおりとする",
        "［注意］指摘6": "次のとおり",
    }
    assert {c.author for c in result.comments} == {"協働ナビ"}


def test_nothing_else_of_the_document_changes(tmp_path: Path) -> None:
    document = contract()
    run = document.paragraphs[2].runs[0]
    run.bold = True
    path, text = save(document, tmp_path / "a.docx")
    before, after = docx.Document(str(path)), to_docx(reviewed(text, "駅前", "花壇を守り", "令和9年"), path)
    result = docx.Document(io.BytesIO(after))
    assert paragraph_spans(result).text == text
    assert [plain(p) for p in result.element.body.iter(W + "p")] == [
        plain(p) for p in before.element.body.iter(W + "p")
    ]
    old, new = parts(path.read_bytes()), parts(after)
    assert set(new) - set(old) == {"word/comments.xml"} and set(old) <= set(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    document = contract()
    document.add_comment(document.paragraphs[2].runs, "市の意見", "市", "市")
    path, text = save(document, tmp_path / "a.docx")
    result = docx.Document(io.BytesIO(to_docx(reviewed(text, "花壇を守り"), path)))
    assert next(iter(result.comments)).text == "市の意見"
    assert commented(result)["市の意見"].startswith("甲と乙は、駅前の花壇")
    assert commented(result)["［注意］指摘0"] == "花壇を守り"


def test_notes_boxes_readings_and_cells(tmp_path: Path) -> None:
    document = contract()
    box = "<w:txbxContent><w:p><w:r><w:t>別紙のとおり</w:t></w:r></w:p></w:txbxContent>"
    ruby = "<w:ruby><w:rt><w:r><w:t>おつ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>乙組</w:t></w:r></w:rubyBase></w:ruby>"
    add_xml(
        document,
        f"<w:r><w:t>費用は</w:t></w:r><w:r>{ruby}</w:r><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
        "<w:r><w:t>負担</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>",
    )
    add_footnotes(document, n2="消費税を含む。")
    path, text = save(document, tmp_path / "a.docx")
    quotes = ("消費税を含む", "別紙のとおり", "組", "金額\n甲の負担", "負担\n別紙")
    result = docx.Document(io.BytesIO(to_docx(reviewed(text, *quotes), path)))
    at = commented(result)
    assert paragraph_spans(result).text == text
    assert at["［注意］指摘2"] == "乙組" and at["［注意］指摘3"] == "金額" and at["［注意］指摘4"] == "負担"
    assert at["［注意］指摘0"] == ""  # the sign of the note
    assert at["［注意］指摘1"] == "別紙のとおり"  # the run that holds the box, as the next line proves
    assert not [c for note in result.element.body.iter(W + "txbxContent") for c in note.iter() if c.tag in MARKS]


def test_an_article_without_words_is_commented_beside_it(tmp_path: Path) -> None:
    document = contract()
    for element in list(document.paragraphs[2]._p.iter(W + "r")):
        element.getparent().remove(element)
    path, text = save(document, tmp_path / "a.docx")
    at = commented(docx.Document(io.BytesIO(to_docx(reviewed(text, "第1条"), path))))
    assert at["［注意］指摘0"] == "（目的）"


def test_other_files_become_a_document_with_comments() -> None:
    result = docx.Document(io.BytesIO(to_docx(REVIEW)))
    assert paragraph_spans(result).text.rstrip() == TEXT.rstrip()
    at = commented(result)
    assert at["［誤り］期間の終わりが始まりより前です。"] == "令和9年4月1日から令和8年3月31日まで"
    assert at["条例第12条第2項の「役割の分担」に当たる記述です。"] == "甲は広報を、乙は花壇の手入れを受け持つ。"
    assert at["［助言］相互の評価についての定めがありません。"] == "花と緑の協働契約書"
    first = next(iter(result.comments)).text
    assert "足りないもの：責任の分担。" in first and "× 責任の分担：だれが、どの損害を負うのか" in first


def test_places_hold_where_a_text_has_what_word_cannot_hold() -> None:
    text = "契約\x0b書\u200b\n\ufeff\x01甲と乙\tは、\x1f守る。"
    result = docx.Document(io.BytesIO(to_docx(reviewed(text, "甲と乙\tは、\x1f守る", "書"))))
    assert commented(result) == {
        "協働契約書として点検しました。": "契約書",
        "［注意］指摘0": "甲と乙\tは、守る",
        "［注意］指摘1": "書",
    }


@pytest.mark.parametrize("name", ["other.docx", "broken.docx", "text.txt", "gone.docx"])
def test_what_is_not_the_reviewed_word_file_is_not_used(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "other.docx":
        path.write_bytes(to_bytes(contract()))
    elif name != "gone.docx":
        path.write_bytes(b"PK\x03\x04" if name == "broken.docx" else TEXT.encode())
    assert "花みどりの会" in paragraph_spans(docx.Document(io.BytesIO(to_docx(REVIEW, path)))).text


def test_a_declined_document_has_one_comment_that_says_so() -> None:
    result = docx.Document(io.BytesIO(to_docx(DECLINED)))
    assert [c.text for c in result.comments] == [
        "この文書は点検しませんでした。\n契約書や提案書ではなく、請求書のようです。"
    ]
