"""Briefs that are no briefs: empty, foreign, too long, of two projects, with code in a name."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from docx import Document

from assistant.draft.export.docx import to_docx
from assistant.draft.export.html import to_html
from assistant.draft.export.name import file_name
from assistant.service import Service


@pytest.mark.parametrize(
    "brief", ["", "はい", "　\n", "\x00\x1b\u200b", "We are Green Hills and want to plant flowers."]
)
def test_what_tells_nothing_gets_the_questions(service: Service, brief: str) -> None:
    made = service.draft(brief, "contract")
    assert made.status == "declined" and not made.sections and not made.signatures
    assert len(made.missing) == 5 and "purpose" in made.question_keys
    assert any("in Japanese" in note for note in made.notes) == ("Green" in brief)


def test_a_brief_that_is_too_long_is_declined_in_words(service: Service) -> None:
    made = service.draft("花を植えます。" * 15_000, "contract")
    assert made.status == "declined" and "105,000字" in made.notes[0] and "105,000字" in made.markdown
    assert service.draft("", "contract", fields={"wishes": "あ" * 20_001}).status == "declined"


@pytest.mark.parametrize(
    ("brief", "found"),
    [
        (
            "緑区とNPO法人花です。花壇づくりと読み聞かせの二つの事業を行いたいです。目的はまちを明るくすることです。",
            True,
        ),
        ("目的は花壇づくりです。もう一つの事業は読み聞かせで、目的は親子の居場所です。", True),
        ("事業名：花の道\n目的：まちを明るくする\n事業名：本の森\n目的：親子の居場所をつくる", True),
        ("二つの事業を一つにまとめて、花と本の縁側とします。目的は居場所づくりです。", False),
        ("事業名：花の道\n目的：まちを明るくする\n団体の名称：NPO法人花の道", False),
        ("目的は花壇づくりです。事業は月に2回、2つの公園で行います。", False),
    ],
)
def test_two_projects_in_one_brief_are_noted(service: Service, brief: str, found: bool) -> None:
    notes = service.draft(brief, "proposal").notes
    assert any("二つ以上の事業" in note for note in notes) == found


HOSTILE = "<script>alert(1)</script>*会*[x](javascript:1)&lt;{{7*7}}"


def test_code_in_a_name_stays_text_everywhere(service: Service) -> None:
    given = {"partner": HOSTILE, "name": HOSTILE, "purpose": f"{HOSTILE}を広める", "address": "# 1丁目\n- 2"}
    made = service.draft("", "contract", fields=given)
    page = to_html(made)
    assert "<script" not in page and "javascript:1)" in page and "&lt;script&gt;" in page and "{{7*7}}" in page
    paragraphs = "\n".join(p.text for p in Document(io.BytesIO(to_docx(made, date(2026, 4, 1)))).paragraphs)
    assert HOSTILE in paragraphs
    assert "<script" not in re.sub(r"\\.", "", made.markdown)
    assert "](javascript" not in re.sub(r"\\.", "", made.markdown)
    assert not re.search(r"^(?:# 1丁目|- 2)", made.markdown, re.MULTILINE)


def test_characters_that_no_file_holds_are_gone(service: Service) -> None:
    made = service.draft("緑区とNPO法人花\ud800の\x00会\x9b31mです。\u202e目的はまちを明るくすることです。", "contract")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", made.markdown + made.brief)
    assert to_docx(made, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "花の道", "partner": "NPO法人緑"}, "協働契約書案_花の道.docx"),
        ({"partner": "NPO法人 緑"}, "協働契約書案_NPO法人_緑.docx"),
        ({"name": '../..\\a:b*c?"<d>|', "purpose": "x"}, "協働契約書案_a_b_c_d.docx"),
        ({"name": "花" * 300}, f"協働契約書案_{'花' * 40}.docx"),
        ({"purpose": "花"}, "協働契約書案.docx"),
    ],
)
def test_a_file_is_named_after_the_project(service: Service, fields: dict[str, str], name: str) -> None:
    assert file_name(service.draft("", "contract", fields=fields), ".docx") == name


@pytest.mark.parametrize(
    ("brief", "partner"),
    [
        (
            "はじめまして、都筑区の「ごはんの輪」という小さな団体です。目的は昼食を囲む場をつくることです。",
            "ごはんの輪",
        ),
        ("こんにちは。「坂の灯」という十人ほどのグループです。目的は夜道を明るくすることです。", "坂の灯"),
    ],
)
def test_a_greeting_is_no_name(service: Service, brief: str, partner: str) -> None:
    made = service.draft(brief, "proposal")
    assert [given.text for given in made.given if given.key == "partner"] == [partner]
    assert not [given for given in made.given if given.key == "name"]
