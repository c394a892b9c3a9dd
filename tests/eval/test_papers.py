"""The scores of drafts and reviews, rule by rule, on records made by hand, each with what must fail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.drafts import Code, Item
from eval.grade_papers import grade_draft, grade_review
from eval.metrics import codes, forbidden, invented, missing_items, quotes, regulation, repeated
from eval.metrics.verdict import Verdict, verdict
from eval.papers import papers
from eval.results import figures
from tests.eval.cases import Clerk, draft, draft_case, graded, review, review_case

TEXT = "第1条　通る人が足を止めたくなる緑道を保つ。\n第2条　除草は毎月2回、甲が苗を配る。\n第3条　費用は甲が払う。"
PLACE = "通る人が足を止めたくなる緑道を保つ"


def test_a_verdict_counts_only_what_is_wanted_or_an_alarm() -> None:
    found = verdict(["a", "b", "c", "b"], ["a", "d"], ["a", "b"])
    assert found == Verdict(right=("a",), wrong=("b",), overlooked=("d",))
    assert found.counts("x") == {"x_right": 1, "x_wrong": 1, "x_overlooked": 1}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("８４万円を市が出す。", ()),
        ("840,000円を市が出す。", ()),
        ("184万円を市が出す。", ("84万円",)),
        ("1,840,000円を市が出す。", ("84万円",)),
        ("費用は〔要確認〕", ("84万円",)),
        ("", ("84万円",)),
    ],
)
def test_what_the_brief_gives_must_reappear(text: str, lost: tuple[str, ...]) -> None:
    case = draft_case(must_contain=["84万円"], alternatives={"84万円": ["840,000円"], "ほか": ["〔要確認〕"]})
    assert repeated.lost(text, case) == lost


@pytest.mark.parametrize(
    ("text", "found"), [("全12", True), ("全120回", False), ("全12.5回", False), ("保土ヶ谷区で全12回", True)]
)
def test_a_number_is_not_the_head_of_a_longer_one(text: str, found: bool) -> None:
    assert (repeated.lost(text, draft_case(must_contain=["全12"])) == ()) is found


def test_names_are_compared_without_blanks_and_widths() -> None:
    case = draft_case(must_contain=["保土ケ谷区", "NPO法人 みかん坂"])
    assert repeated.lost("保土ヶ谷区とＮＰＯ法人みかん\n坂", case) == ()
    assert repeated.lost("保土谷区とNPO法人みかん坂", case) == ("保土ケ谷区",)


@pytest.mark.parametrize(
    ("brief", "text", "new"),
    [
        ("84万円で令和9年4月1日から", "840,000円、2027年4月1日", ()),
        ("金三十二万円を", "320,000円", ()),
        ("84万円で", "85万円", ("85万円",)),
        ("84万円で", "84万円と100万円", ("100万円",)),
        ("令和9年4月1日から", "令和9年4月、令和9年", ()),
        ("令和9年4月から", "令和9年4月1日", ("令和9年4月1日",)),
        ("令和9年4月1日から", "令和10年3月31日", ("令和10年3月31日",)),
        ("6月から9月に", "6月に始め、12月に終える", ("12月",)),
        ("花を植える", "条例第12条第2項、第8条第3号", ()),
        ("花を植える", "横浜市市民協働条例（平成24年条例）", ("平成24年",)),
        ("花を植える", "〔要確認：費用〕〇〇円　　　年　　月　　日", ()),
    ],
)
def test_no_amount_and_no_date_of_its_own(brief: str, text: str, new: tuple[str, ...]) -> None:
    assert invented.invented(text, brief) == new


def test_what_may_be_computed_is_not_invented() -> None:
    assert invented.invented("令和10年5月31日まで", "6月から1年間") == ("令和10年5月31日",)
    assert invented.invented("2028年5月31日まで", "6月から1年間", "令和10年5月31日") == ()


def test_a_forbidden_amount_is_not_found_in_a_longer_one() -> None:
    case = draft_case(must_not_contain=["31万円", "2,676,652", "山中 竹春"])
    assert forbidden.said("131万円、12,676,652円、2,676,6520円", case) == ()
    assert forbidden.said("31万円、山中竹春", case) == ("31万円", "山中 竹春")


def test_the_open_regulation_is_noted() -> None:
    assert regulation.noted(draft())
    assert not regulation.noted(draft("規則で定める事項", notes=["費用を確かめてください。"]))


def test_missing_items_of_a_draft() -> None:
    case = draft_case(must_flag_missing=["費用の分担"], must_not_flag_missing=["事業目的", "役割の分担"])
    said = missing_items.of_draft(draft(missing=[Item.PURPOSE, Item.LIABILITY]), case)
    assert (said.wrong, said.overlooked) == (("事業目的",), ("費用の分担",))  # 責任の分担 is in no list
    assert missing_items.of_draft(draft(missing=[Item.COST]), case) == Verdict(("費用の分担",), (), ())


def test_problems_of_a_draft() -> None:
    case = draft_case(
        problem_codes=["COST_SUM"],
        may_flag_problem=["S5_2"],
        must_not_flag_problem=["DEFERRED", "会社だからという指摘"],
    )
    said = codes.of_draft(
        draft(problems=[Code.COST_SUM, Code.S5_2, Code.S5_4, Code.DEFERRED, Code.BLANKS, Code.S5_4]), case
    )
    assert said == Verdict(("COST_SUM",), ("DEFERRED", "S5_4"), ())  # BLANKS is in no list, S5_2 may be
    assert codes.of_draft(draft(), case).overlooked == ("COST_SUM",)


@pytest.mark.parametrize("code", sorted(codes.ALWAYS))
def test_some_codes_are_alarms_in_every_case_that_does_not_list_them(code: Code) -> None:
    assert codes.of_draft(draft(problems=[code]), draft_case()).wrong == (code,)
    assert codes.of_review(review(codes=[code]), review_case()).wrong == (code,)
    assert codes.of_draft(draft(problems=[code]), draft_case(problem_codes=[code])).right == (code,)
    assert codes.of_review(review(codes=[code]), review_case(may_find_codes=[code])) == ((), (), ())


def test_advice_on_contracts_is_an_alarm_on_a_proposal() -> None:
    found = review(codes=[Code.S13_NO_SECRET])
    assert codes.of_review(found, review_case()).wrong == ()
    assert codes.of_review(found, review_case(must_not_find_codes=["S13_NO_SECRET"])).wrong == ("S13_NO_SECRET",)
    assert codes.of_review(found, review_case(document="proposal")).wrong == ("S13_NO_SECRET",)


def test_missing_items_of_a_review() -> None:
    case = review_case(missing_items=["費用の分担"], undeterminable_items=["その他規則で定める事項"])
    said = missing_items.of_review(review([Item.COST, Item.REGULATION]), case)
    assert said == Verdict(("費用の分担",), ("その他規則で定める事項",), ())
    assert missing_items.of_review(review(), case).overlooked == ("費用の分担",)
    present = review(quotes={Item.REGULATION: "規則"})
    assert missing_items.judged_without_ground(present, case) == ("その他規則で定める事項",)
    assert missing_items.judged_without_ground(review(), case) == ()


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        (PLACE, True),
        ("足を止めたくなる緑道", True),
        ("第1条　" + PLACE, True),
        ("緑道を保つ。\n第2条", False),  # five characters of the place
        ("除草は毎月2回", False),
        ("足を止めたくなる緑 道", False),
        ("緑道を保つ", False),
        (TEXT * 10, False),
        ("", False),
    ],
)
def test_a_quote_is_verbatim_of_fair_length_and_from_its_place(quote: str, right: bool) -> None:
    assert quotes.right(quote, PLACE, TEXT * 10) is right


def test_quotes_are_judged_where_case_and_review_call_the_item_present() -> None:
    case = review_case(
        document_text=TEXT, evidence={"事業目的": PLACE, "費用の分担": "費用は甲が払う", "役割の分担": "甲が苗を配る"}
    )
    said = review([Item.COST], quotes={Item.PURPOSE: PLACE, Item.METHOD: "除草は毎月2回"})
    assert quotes.of_review(said, case) == Verdict(("事業目的",), ("役割の分担",), ())  # of one, nothing was said


DRAFT = {
    "brief": "会の費用は84万円",
    "must_contain": ["84万円"],
    "must_not_contain": ["90人"],
    "must_flag_missing": ["責任の分担"],
    "must_not_flag_missing": ["費用の分担"],
    "problem_codes": ["COST_SUM"],
    "must_note_regulation": True,
}
GOOD: dict[str, Any] = {"missing": [Item.LIABILITY], "problems": [Code.COST_SUM]}


def test_a_draft_is_right_as_a_whole() -> None:
    scores, faults = grade_draft(draft("84万円", **GOOD), draft_case(**DRAFT))
    assert not any(faults.values())
    assert scores == {
        "draft_right": 1,
        "draft_declined": 0,
        "draft_repeated": 1,
        "draft_missing": 1,
        "draft_problems_right": 1,
        "draft_problems_wrong": 0,
        "draft_problems_overlooked": 0,
        "draft_false_alarms": 0,
        "draft_invented": 0,
        "draft_forbidden": 0,
        "draft_regulation": 1,
    }


@pytest.mark.parametrize(
    ("text", "changed", "fault", "score", "value"),
    [
        ("費用", {}, "lost", "draft_repeated", 0),
        ("84万円", {"missing": []}, "items_overlooked", "draft_missing", 0),
        ("84万円", {"missing": [Item.LIABILITY, Item.COST]}, "items_wrong", "draft_missing", 0),
        ("84万円", {"problems": []}, "codes_overlooked", "draft_problems_overlooked", 1),
        ("84万円", {"problems": [Code.COST_SUM, Code.S5_1]}, "codes_wrong", "draft_false_alarms", 1),
        ("84万円、5月1日", {}, "invented", "draft_invented", 1),
        ("84万円、90人", {}, "forbidden", "draft_forbidden", 1),
        ("84万円", {"notes": []}, "regulation", "draft_regulation", 0),
        ("84万円", {"status": "declined"}, "declined", "draft_declined", 1),
    ],
)
def test_one_fault_makes_a_draft_wrong(
    text: str, changed: dict[str, Any], fault: str, score: str, value: float
) -> None:
    scores, faults = grade_draft(draft(text, **{**GOOD, **changed}), draft_case(**DRAFT))
    assert [name for name, values in faults.items() if values] == [fault]
    assert scores["draft_right"] == 0 and scores[score] == value
    listed = score.removesuffix("_overlooked")
    assert graded("p", "drafts", **scores).missed == ("draft_right", listed)


def test_a_declined_draft_repeats_nothing_where_it_may_be_declined() -> None:
    said = draft(status="declined", **GOOD)
    scores, _ = grade_draft(said, draft_case(**{**DRAFT, "may_decline": True}))
    assert (scores["draft_right"], scores["draft_repeated"], scores["draft_declined"]) == (1, 1, 0)
    scores, faults = grade_draft(said, draft_case(**DRAFT))
    assert (scores["draft_repeated"], scores["draft_declined"], faults["lost"]) == (0, 1, ("84万円",))


REVIEW = {
    "document_text": TEXT,
    "evidence": {"事業目的": PLACE},
    "missing_items": ["責任の分担"],
    "undeterminable_items": ["その他規則で定める事項"],
    "finding_codes": ["S13_ENDS"],
}


@pytest.mark.parametrize(
    ("missing", "found", "said", "faults"),
    [
        ([Item.LIABILITY], [Code.S13_ENDS], {Item.PURPOSE: PLACE}, []),
        ([], [Code.S13_ENDS], {Item.PURPOSE: PLACE}, ["items_overlooked"]),
        ([Item.LIABILITY, Item.COST], [Code.S13_ENDS], {Item.PURPOSE: PLACE}, ["items_wrong"]),
        ([Item.LIABILITY], [], {Item.PURPOSE: PLACE}, ["codes_overlooked"]),
        ([Item.LIABILITY], [Code.S13_ENDS, Code.S5_2], {Item.PURPOSE: PLACE}, ["codes_wrong"]),
        ([Item.LIABILITY], [Code.S13_ENDS], {Item.PURPOSE: "除草は毎月2回"}, ["quotes"]),
        ([Item.LIABILITY], [Code.S13_ENDS], {}, ["quotes"]),
        ([Item.LIABILITY], [Code.S13_ENDS], {Item.PURPOSE: PLACE, Item.REGULATION: "規則"}, ["undeterminable"]),
    ],
)
def test_a_review_is_right_as_a_whole(
    missing: list[Item], found: list[Code], said: dict[Item, str], faults: list[str]
) -> None:
    scores, wrong = grade_review(review(missing, found, said), review_case(**REVIEW))
    assert [name for name, values in wrong.items() if values] == faults
    assert scores["review_right"] == (not faults)
    assert bool(graded("c", "reviews", **scores).missed) is bool(faults)


def test_figures_of_reviews_pool_the_counts_of_all_cases() -> None:
    """Two cases: 3 of 4 found with 1 false alarm, and nothing to find with 2 false alarms."""
    one = graded("a", "reviews", review_codes_right=3, review_codes_wrong=1, review_codes_overlooked=1)
    two = graded("b", "reviews", review_codes_right=0, review_codes_wrong=2, review_codes_overlooked=0)
    found = figures([one, two])
    assert (found["review_codes_precision"].value, found["review_codes_precision"].n) == (0.5, 6)
    assert (found["review_codes_recall"].value, found["review_codes_recall"].n) == (0.75, 4)
    assert (found["review_codes_f1"].value, found["review_codes_f1"].n) == (0.6, 7)
    assert found["review_codes_f1"].low < 0.6 < found["review_codes_f1"].high
    nothing = figures([two])["review_codes_precision"]
    assert (nothing.value, nothing.low) == (0, 0) and nothing.high == pytest.approx(0.6576, abs=1e-4)  # z² / (2 + z²)
    assert "review_codes_recall" not in figures([two]) and "review_missing_f1" not in found
    assert one.missed == ("review_codes_precision", "review_codes_recall") and two.missed == one.missed[:1]


def test_a_missed_draft_and_review_keep_what_is_wrong_with_them() -> None:
    brief = "会の　費用は84万円。" * 10
    right = draft_case(id="right", brief=brief, problem_codes=["S5_4"])
    wrong = draft_case(id="wrong", brief=brief, problem_codes=["COST_SUM"], note="合計")
    first, second, third = papers(Clerk(), "mine", {"drafts": [right, wrong], "reviews": [review_case(**REVIEW)]})
    assert first.missed == () and first.trace is None
    assert second.trace and second.trace.faults == {"codes_overlooked": ("COST_SUM",), "codes_wrong": ("S5_4",)}
    assert second.trace.text == brief and second.reason == "合計" and second.groups == {"document": "contract"}
    assert second.question == ("会の 費用は84万円。" * 10)[:80] + "…"
    assert third.trace and f"{Item.METHOD} missing" in third.trace.text and third.trace.status == "reviewed"


def test_the_time_of_a_long_text_counts_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 0.3, 1.0, 1.3))
    monkeypatch.setattr("eval.papers.time", SimpleNamespace(perf_counter=lambda: next(clock)))
    short, long = (draft_case(brief="あ" * length) for length in (100, 3_000))
    made = list(papers(Clerk(), "mine", {"drafts": [short, long]}))
    assert [g.scores["draft_ms"] for g in made] == pytest.approx([300, 150])
