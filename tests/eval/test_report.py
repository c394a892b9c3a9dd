"""The report: one file, nothing from outside, every figure in it, every text escaped, readable without seeing."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from importlib import resources

import pytest

from eval.charts import WIDTH, bar, scale
from eval.grade_papers import grade_draft, grade_review
from eval.measures import goals, measures
from eval.report import render
from eval.results import Figure, Graded, Report, Trace, figures
from tests.eval.cases import draft, draft_case, graded, report, review, review_case

_VOID = {"meta", "br"}


class Page(HTMLParser):
    """Tags with their attributes and the text; fails on a tag that is not closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def _miss() -> Graded:
    trace = Trace(
        status="refused",
        reason="not_in_documents",
        text="<script>alert(1)</script>",
        passages=("条例 第12条",),
        divisions=("緑区 区政推進課",),
        timings_ms={"retrieve": 12.3},
        before=("前の問い",),
    )
    return graded("F1", facts_right=0, facts_supported=1, length=321, ms=45).model_copy(
        update={"trace": trace, "groups": {"kind": "fund"}, "reason": "数を問う"}
    )


def _papers() -> list[Graded]:
    """A draft that is wrong, one that is right, and what a review found."""
    wrong = Trace(
        status="drafted", reason="", text="第1条", passages=(), divisions=(), timings_ms={"whole": 7.5},
        faults={"invented": ("99万円",)},
    )  # fmt: skip
    one = graded("P1", "drafts", draft_right=0, draft_invented=1, draft_ms=7.5).model_copy(
        update={"trace": wrong, "groups": {"document": "proposal", "form": "委託型"}}
    )
    two = graded("P2", "drafts", draft_right=1, draft_invented=0, draft_ms=8.5).model_copy(
        update={"groups": {"document": "agreement"}}
    )
    counts = {"review_missing_right": 3.0, "review_missing_wrong": 1.0, "review_missing_overlooked": 1.0}
    return [one, two, graded("C1", "reviews", review_ms=21, **counts)]


@pytest.fixture(scope="module")
def made() -> Report:
    margins = [
        graded("F2", facts_right=1, length=210, ms=33, margin=0.03).model_copy(update={"groups": {"kind": "list"}}),
        graded("N1", "refuse", refusal_handled=1, refusal_leaks=0, must_refuse=1, margin=-0.02, ms=31),
        graded("D1/1", "dialogs", dialog_turns=1),
        graded("D1", "dialogs", dialog_conversations=1),
    ]
    cases = [_miss(), *margins, *_papers()]
    peer = figures([graded("F1", facts_right=0.0, ms=77), graded("F2", facts_right=0.0, ms=78)], peers=True)
    folders = {"cases": figures(cases), "elsewhere": figures(margins[:1])}
    return report(cases, peers={"naive": peer}, folders=folders)


@pytest.fixture(scope="module")
def page(made: Report) -> Page:
    return Page(render(made))


def test_nothing_comes_from_outside(made: Report, page: Page) -> None:
    assert not re.search(r"https?://|//[a-z]|@import|url\(", render(made))
    assert not page.of("script") and not page.of("link") and not page.of("img")
    links = {attributes["href"] for attributes in page.of("a")}
    assert links and all(link and link.startswith("#") for link in links)
    assert {link[1:] for link in links if link} <= {a.get("id") for _, a in page.tags}


def test_every_figure_of_the_run_is_in_it(made: Report, page: Page) -> None:
    for part in (made.figures, *made.peers.values(), *made.folders.values()):
        for name, figure in part.items():
            assert measures()[name].label in page.text
            assert measures()[name].show(figure.value) in page.text, name
    for name, figure in made.figures.items():
        assert measures()[name].show(figure.low) in page.text
        assert measures()[name].show(figure.high) in page.text


def test_a_miss_is_shown_with_its_trace(page: Page) -> None:
    for text in ("F1の質問", "数を問う", "前の問い", "条例 第12条", "緑区 区政推進課", "retrieve 12.3ms", "断り"):
        assert text in page.text
    assert "<script>alert(1)</script>" in page.text  # as text, not as a tag


def test_a_missed_draft_is_shown_with_its_faults(page: Page) -> None:
    for text in ("P1の質問", "依頼文にない金額・日付", "99万円", "下書き：文書ごと", "提案書", "足りない項目（F値）"):
        assert text in page.text
    assert "下書き（）" not in page.text  # a draft has no reason


def test_every_kind_of_fault_has_its_name() -> None:
    faults = {*grade_draft(draft(), draft_case())[1], *grade_review(review(), review_case())[1]}
    names = tomllib.loads(resources.files("eval").joinpath("report.toml").read_text("utf-8"))["faults"]
    assert faults == set(names)


def test_what_the_cases_call_kinds_is_said_in_words(page: Page) -> None:
    assert "夢ファンド" in page.text and "既知のケース" in page.text and "elsewhere" in page.text
    assert "協働ナビ" in page.text and "素朴な検索" in page.text


def test_it_can_be_read_without_seeing_it(page: Page) -> None:
    assert page.of("html") == [{"lang": "ja"}]
    assert len(page.of("h1")) == 1
    assert len(page.of("caption")) == len(page.of("table"))
    for drawing in page.of("svg"):
        said = drawing.get("aria-label") or drawing.get("aria-labelledby")
        assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and said)
    assert all(head.get("scope") in ("col", "row") for head in page.of("th"))


def test_colours_of_text_have_contrast_on_their_ground(made: Report) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", render(made)))
    for text in ("text", "support", "blue", "good", "bad"):
        for ground in ("#ffffff", colours["pale"], colours["blue-pale"]):
            assert _contrast(colours[text], ground) >= 4.5, (text, ground)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_run_without_peers_dialogs_or_margins_is_a_page_too() -> None:
    small = Page(render(report([graded("F1", facts_right=1)])))
    assert "外れたケースはありません" in small.text
    assert "ほかの作り方との比較" not in small.text and "答えるか、断るか" not in small.text


def test_a_bar_is_as_long_as_its_value() -> None:
    share = Figure(value=0.5, low=0.25, high=0.75, n=4)
    drawn = bar("正しい答え", "ours", measures()["facts_right"], share, 1.0, goals())
    assert (drawn.value, drawn.low, drawn.high, drawn.goal, drawn.met) == (500, 250, 750, 900, False)
    time = Figure(value=120, low=100, high=200, n=4)
    top = scale(measures()["ms_p50"], [time], 60)
    slow = bar("待ち時間", "ours", measures()["ms_p50"], time, top, goals())
    assert slow.goal is not None and slow.goal < slow.value < slow.high < WIDTH
