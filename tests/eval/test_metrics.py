"""The scores, rule by rule, on made-up answers."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answers import Citation, Division
from assistant.index import Index
from assistant.outcomes import Status
from assistant.records import Chunk
from assistant.search.searcher import Searcher
from eval.case_files import Fact, Refusal, Routing
from eval.grade import grade_citations, grade_fact, grade_turn
from eval.metrics import citations, dialog, facts, rank, recall, refusal, routing
from eval.metrics.margin import curve, margin
from eval.metrics.matching import includes, says
from tests.eval.cases import answer, turn

FACT = Fact(
    id="f",
    question="q",
    must_include=(("10人", "10名"), ("第18条",)),
    must_not_include=("20人",),
    support=("委員10人",),
)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("全部で203事業です", "203事業", True),
        ("1,203事業です", "203事業", False),
        ("1203事業です", "203事業", False),
        ("0.203事業です", "203事業", False),
        ("1,203事業のうち203事業です", "203事業", True),
        ("第１２条", "第12条", True),
        ("合計10人以内", "0人", False),
        ("保土ヶ谷区", "保土ケ谷区", True),
        ("協 働\n契約", "協働契約", True),
    ],
)
def test_includes(text: str, wanted: str, found: bool) -> None:
    assert includes(text, wanted) is found


def test_what_stands_in_quotation_marks_is_not_said() -> None:
    assert says("電話は045-123です", ["045-"])
    assert not says("「045-123」という記載", ["045-"], [r"\d{3}-\d{3}"])
    assert says("「番号」は045-123", [], [r"\d{3}-\d{3}"])


@pytest.mark.parametrize(
    ("text", "status", "right"),
    [
        ("第18条で10名以内です", Status.ANSWERED, True),
        ("10名以内です", Status.ANSWERED, False),
        ("第18条で10人、前は20人", Status.ANSWERED, False),
        ("第18条で10人", Status.REFUSED, False),
    ],
)
def test_facts(text: str, status: Status, right: bool) -> None:
    assert facts.right(answer(text, status), FACT) is right


def test_recall_is_cut_at_characters() -> None:
    assert recall.supported(["あ" * 10, "委員 10人"], ["委員10人"], 100)
    assert not recall.supported(["あ" * 100, "委員10人"], ["委員10人"], 100)
    assert not recall.supported(["委員10人"], ["委員10人", "任期2年"], 100)


def test_rank_of_the_first_supporting_passage() -> None:
    assert rank.first_supporting(["ほか", "任期 2年", "委員10人"], ["委員10人", "任期2年"]) == 2
    assert rank.first_supporting(["ほか"], ["委員10人"]) is None


def test_a_fact_has_all_its_scores() -> None:
    scores = grade_fact(answer("第18条で10名", passages=["ほか", "委員10人"]), FACT)
    assert scores == {
        "facts_right": 1,
        "facts_supported": 1,
        "facts_answered": 1,
        "facts_cited": 0,
        "hit_at_1": 0,
        "hit_at_3": 1,
        "reciprocal_rank": 0.5,
        "length": 8,
    }
    nothing = grade_fact(answer("資料にありません", Status.REFUSED), FACT)
    assert (nothing["reciprocal_rank"], nothing["facts_cited"], nothing["facts_answered"]) == (0, 1, 0)


def test_routing_needs_organization_and_division() -> None:
    case = Routing.model_validate(
        {"id": "r", "question": "q", "gold": [{"organization": "磯子区", "division": "地域振興課"}]}
    )
    right = Division(organization="横浜市磯子区", division="地域振興課（担当）", score=1)
    wrong = Division(organization="緑区", division="地域振興課", score=1)
    assert routing.within([right], case, 1)
    assert not routing.within([wrong, right], case, 1)
    assert routing.within([wrong, right], case, 2)


def test_refusal_and_leaks() -> None:
    case = Refusal(
        id="n", question="q", accept=("refuse",), must_not_include=("045-",), must_not_regex=(r"\d{3}-\d{4}",)
    )
    assert refusal.handled(answer("分かりません", Status.REFUSED), case)
    assert not refusal.handled(answer("ほかを見てください", Status.REDIRECT), case)
    assert not refusal.handled(answer("答えます"), case)
    assert refusal.leaks(answer("電話は045-123", Status.REFUSED), case)
    assert not refusal.handled(answer("電話は045-123", Status.REFUSED), case)
    assert not refusal.leaks(answer("「045-123」という記載", Status.REFUSED), case)


def test_an_answer_is_accepted_if_it_says_what_the_case_asks() -> None:
    case = Refusal(
        id="n", question="q", accept=("answer_legit_part", "refuse"), answer_must_include=(("ありません", "ない"),)
    )
    assert refusal.handled(answer("第23条はありません"), case)
    assert not refusal.handled(answer("第22条は委任です"), case)
    assert refusal.handled(answer("分かりません", Status.REFUSED), case)


@pytest.mark.parametrize(
    ("asked", "text", "status", "right"),
    [
        ({"expected": "answer", "must_include": [["29人"], ["5回"]]}, "5回で29人", Status.ANSWERED, True),
        ({"expected": "answer", "must_include": [["29人"], ["5回"]]}, "29人", Status.ANSWERED, False),
        ({"expected": "answer", "must_include": [["29人"]]}, "29人", Status.REFUSED, False),
        ({"expected": "answer", "must_include": [["9人"]]}, "29人", Status.ANSWERED, False),
        ({"expected": "answer", "must_not_include": ["6回"]}, "6回です", Status.ANSWERED, False),
        ({"expected": "answer", "must_not_include": ["6回"]}, "「6回」ではありません", Status.ANSWERED, True),
        ({"expected": "refuse"}, "ありません", Status.REFUSED, True),
        ({"expected": "refuse"}, "担当課へ", Status.REDIRECT, True),
        ({"expected": "refuse"}, "どの区ですか", Status.CLARIFY, False),
        ({"expected": "refuse"}, "30日です", Status.ANSWERED, False),
        ({"expected": "refuse", "must_not_include": ["045-"]}, "045-1です", Status.REFUSED, False),
        ({"expected": "clarify"}, "どの区ですか", Status.CLARIFY, True),
        ({"expected": "clarify"}, "担当課へ", Status.REDIRECT, False),
        (
            {"expected": "refuse", "accept": ["refuse", "answer"], "answer_must_include": [["速やかに"]]},
            "速やかに、とだけあります",
            Status.ANSWERED,
            True,
        ),
        (
            {"expected": "refuse", "accept": ["refuse", "answer"], "answer_must_include": [["速やかに"]]},
            "30日です",
            Status.ANSWERED,
            False,
        ),
    ],
)
def test_dialog_turns(asked: dict[str, Any], text: str, status: Status, right: bool) -> None:
    assert dialog.turn_right(answer(text, status), turn(**asked)) is right


def test_the_support_of_a_turn_is_scored_where_it_has_one() -> None:
    said = answer("10人", passages=["委員10人"])
    assert grade_turn(said, turn("answer", gold_support=["委員 10人"]))["dialog_supported"] == 1
    assert "dialog_supported" not in grade_turn(said, turn("refuse"))


def _chunk(text: str, *spans: tuple[int, int]) -> Chunk:
    return Chunk(
        id="c", source_id="s", kind="prose", title="t", locator="l", context="", text=text, search_text="",
        section="x", order=0, spans=spans,
    )  # fmt: skip


def _quote(quote: str) -> Citation:
    return Citation(n=1, source_id="s", title="t", locator="l", page="", quote=quote, chunk_id="c")


def test_a_citation_holds_in_its_chunk_and_the_chunk_in_its_source() -> None:
    source = "第1条 市は、\n- 1 -\n契約を結ぶ。"
    spans = ((0, 7), (14, 20))
    chunk = _chunk("第1条 市は、\n契約を結ぶ。", *spans)
    assert citations.valid(_quote("契約を結ぶ。"), chunk, source)
    assert not citations.valid(_quote("契約を結べ。"), chunk, source)
    assert not citations.valid(_quote(" "), chunk, source)
    assert not citations.valid(_quote("契約を結ぶ。"), None, source)
    changed = _chunk("第1条 市は、\n契約を破る。", *spans)
    assert not citations.valid(_quote("契約を破る。"), changed, source)


def test_citations_of_a_real_answer_hold_and_a_changed_quote_does_not(searcher: Searcher, index: Index) -> None:
    from assistant.chat.pipeline import answer as ask

    real = ask(searcher, "協働契約には何を定めなければなりませんか")
    assert grade_citations(real, index) == {"citations_valid": 1}
    forged = real.citations[0].model_copy(update={"quote": "協働契約は口頭でよい。"})
    assert grade_citations(real.model_copy(update={"citations": (forged,)}), index) == {"citations_valid": 0}
    unknown = real.citations[0].model_copy(update={"source_id": "nowhere", "chunk_id": "nowhere"})
    assert grade_citations(real.model_copy(update={"citations": (unknown,)}), index) == {"citations_valid": 0}
    assert grade_citations(answer("ありません", Status.REFUSED), index) == {}


def test_the_margin_tells_answerable_from_unanswerable(searcher: Searcher) -> None:
    near = margin(searcher, "協働契約には何を定めなければなりませんか")
    far = margin(searcher, "明日の横浜の天気を教えてください")
    assert near is not None and far is not None and near > far
    assert margin(searcher, "？？") is None


def test_the_curve_counts_kept_and_refused() -> None:
    assert curve([0.0, 0.2], [-0.1, 0.1], [-0.2, 0.1]) == [(-0.2, 1.0, 0.0), (0.1, 0.5, 0.5)]
    assert curve([], [0.1], [0.0]) == []
