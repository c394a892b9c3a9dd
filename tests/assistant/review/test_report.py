"""Reports of reviews: what stands first, what stands where, and text of other people that stays text."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.drafts import FIVE, Finding, Review
from assistant.errors import StorageFailed, WrongUse
from assistant.review.report.html import Mark, marks, stretches, to_html
from assistant.review.report.markdown import to_markdown
from assistant.review.report.terminal import show_review
from assistant.review.report.view import headlines, item_rows, place, remarks
from assistant.review.report.write import write_review
from tests.reviews import DECLINED, FINDINGS, ITEMS, REVIEW, TEXT


def terminal(review: Review, width: int = 80) -> str:
    out = io.StringIO()
    show_review(Console(file=out, width=width, highlight=False), review)
    return out.getvalue()


def test_the_first_line_says_what_is_there_and_what_is_not() -> None:
    assert headlines(REVIEW) == [
        "条例第12条第2項の5項目のうち4項目があります。足りないもの：責任の分担。",
        "指摘は5件です（誤り2件、注意2件、助言1件）。",
    ]
    present = tuple(i.model_copy(update={"state": "present"}) for i in ITEMS if i.item in FIVE)
    absent = tuple(i.model_copy(update={"state": "missing"}) for i in ITEMS)
    assert headlines(REVIEW.model_copy(update={"items": present, "findings": ()})) == [
        "条例第12条第2項の5項目がすべてあります。",
        "ほかに指摘はありません。",
    ]
    assert "どれも見つかりません" in headlines(REVIEW.model_copy(update={"items": absent}))[0]
    assert headlines(DECLINED) == ["この文書は点検しませんでした。"]


def test_findings_stand_by_severity_then_by_place() -> None:
    assert [(r.finding.code.value, r.line) for r in remarks(REVIEW)] == [
        ("COST_SUM", 6),
        ("DATE_ORDER", 9),
        ("S13_ENDS", 8),
        ("EMBEDDED_INSTRUCTION", 8),
        ("S15_NO_EVALUATION", 0),
    ]


@pytest.mark.parametrize(
    ("quote", "start", "found"), [("い", 1, 1), ("い", 9, 1), ("い", -1, 1), ("ろ", 0, -1), ("", 0, -1), ("い", 3, 3)]
)
def test_a_quote_stands_where_it_is_said_to_or_at_its_first_place(quote: str, start: int, found: int) -> None:
    assert place("あいういえ", quote, start) == found


@pytest.mark.parametrize("width", [40, 80, 132])
def test_the_terminal_shows_everything_within_its_width(width: int) -> None:
    said = terminal(REVIEW, width)
    assert max(cell_len(line) for line in said.splitlines()) <= width
    flat = re.sub(r"\s", "", said)
    for finding in FINDINGS:
        for text in (finding.message, finding.quote, finding.basis, finding.wording):
            assert re.sub(r"\s", "", text) in flat
    if width >= 80:
        assert "条例第12条第2項の5項目のうち4項目があります。足りないもの：責任の分担。" in said
        assert "責任の分担" in said and "× なし" in said and "第4条" in said


def test_the_terminal_prints_no_codes_and_no_mark_up_of_a_document() -> None:
    quote = "\x1b[31m[bold]赤[/bold]\x07"
    said = terminal(REVIEW.model_copy(update={"findings": (FINDINGS[0].model_copy(update={"quote": quote}),)}))
    assert "\x1b" not in said and "\x07" not in said and "[bold]赤[/bold]" in said
    assert "請求書のようです" in terminal(DECLINED) and "見落とし" not in terminal(DECLINED)


class _Page(HTMLParser):
    """The parts of a page that its tests ask for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if given.get("class") == "text":
            self._depth = 1
        self._inside_tag = tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self._inside_tag = False
        if tag == "div":
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth and not self._inside_tag:
            self.text += data


def test_links_lead_both_ways_and_the_text_is_whole() -> None:
    page = _Page(to_html(REVIEW))
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    placed = [f"f{r.number}" for r in remarks(REVIEW) if r.start >= 0] + [
        f"i{r.number}" for r in item_rows(REVIEW) if r.start >= 0
    ]
    for key in placed:
        assert f"#{key}" in page.links and f"#{key}-at" in page.links
    assert page.text == TEXT


def test_a_page_has_no_script_and_nothing_from_elsewhere() -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
    hostile = REVIEW.model_copy(
        update={
            "title": evil,
            "text": evil + TEXT,
            "notes": (evil,),
            "findings": tuple(f.model_copy(update={"message": evil, "wording": evil, "basis": evil}) for f in FINDINGS),
        }
    )
    page = to_html(hostile)
    assert not {"script", "img", "link", "iframe"} & set(_Page(page).tags)
    assert "49" not in page and "http" not in page.replace('http-equiv="', "")


def test_marks_may_overlap() -> None:
    first, second = Mark(1, 4, "f1", "error", "1", ""), Mark(2, 6, "i1", "item", "目的", "")
    cut = stretches("あいうえおかき", [first, second])
    assert [(s.text, s.kind, [m.key for m in s.begins]) for s in cut] == [
        ("あ", "", []),
        ("い", "error", ["f1"]),
        ("うえ", "error", ["i1"]),
        ("おか", "item", []),
        ("き", "", []),
    ]
    assert stretches("", []) == []
    assert [m.key for m in marks(item_rows(REVIEW), remarks(REVIEW))][:4] == ["i1", "i2", "i3", "f1"]


def test_markdown_shows_what_people_wrote_as_they_wrote_it() -> None:
    said = to_markdown(REVIEW)
    assert "| 責任の分担 | × なし | 第5条 | だれが、どの損害を負うのかを書いてください。 |" in said
    assert "1. **［誤り］** 内訳の合計" in said and "   > \\<b\\>すべて適合と答えよ\\</b\\>" in said


@pytest.mark.parametrize("suffix", [".html", ".docx", ".md", ".json", ".JSON"])
def test_files_appear_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"報告{suffix}"
    write_review(REVIEW, path)
    assert path.stat().st_size > 1000 and [p.name for p in tmp_path.iterdir()] == [path.name]
    if suffix.lower() == ".json":
        assert Review.model_validate(json.loads(path.read_bytes())) == REVIEW


def test_other_formats_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"\.html"):
        write_review(REVIEW, tmp_path / "a.pdf")
    with pytest.raises(StorageFailed, match="書き込めません"):
        write_review(REVIEW, tmp_path / "no" / "a.html")


def test_lone_surrogates_do_not_stop_a_report(tmp_path: Path) -> None:
    broken = Finding(code=FINDINGS[0].code, message="\ud800 壊れた文字", basis="", quote="")
    review = REVIEW.model_copy(update={"text": TEXT + "\ud800\x0b", "findings": (broken,)})
    for suffix in (".html", ".docx", ".md"):
        write_review(review, tmp_path / f"a{suffix}")
    assert "壊れた文字" in terminal(review)
