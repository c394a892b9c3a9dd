"""Other readings of a turn: which there are, and that passages are found by all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.chat.history import History, Past, remember
from assistant.chat.other_readings import other_readings
from assistant.outcomes import Reason
from assistant.search.scored import Scored
from assistant.service import Service


def _past(asked: str, topic: str, standalone: str = "") -> Past:
    return Past(asked, standalone or asked, topic, Reason.FOUND)


GARDEN = _past("花だんの手入れは誰がしますか？", "花だんの手入れ")
RIVER = _past("川は？", "川の清掃", "川の清掃は誰がしますか？")


def test_nothing_stands_beside_a_first_turn() -> None:
    assert other_readings(History(), "費用は？", "費用は？") == ()


def test_a_follow_up_is_also_read_after_the_last_question_alone_and_of_the_first_matter() -> None:
    readings = other_readings(History((GARDEN, RIVER)), "じゃあ費用は？", "川の清掃の費用は？")
    assert [r.text for r in readings if r.weight] == [
        "川の清掃は誰がしますか。費用は？",
        "じゃあ費用は？",
        "花だんの手入れについて、費用は？",
    ]


def test_of_the_last_matter_it_is_only_matched() -> None:
    readings = other_readings(History((GARDEN, RIVER)), "じゃあ費用は？", "川の清掃の費用は？")
    assert [r.text for r in readings if not r.weight] == ["川の清掃について、費用は？"]


def test_the_first_matter_is_no_reading_of_its_own_where_it_is_the_last() -> None:
    texts = [r.text for r in other_readings(History((GARDEN,)), "費用は？", "花だんの手入れの費用は？")]
    assert texts == ["花だんの手入れは誰がしますか。費用は？", "費用は？", "花だんの手入れについて、費用は？"]


def test_no_reading_is_what_the_rules_made_of_it() -> None:
    texts = [r.text for r in other_readings(History((GARDEN,)), "道具は？", "花だんの手入れについて、道具は？")]
    assert texts == ["花だんの手入れは誰がしますか。道具は？", "道具は？"]


def test_it_is_also_read_of_what_the_last_answer_was_quoted_from() -> None:
    told = replace(GARDEN, under="西区 花と緑の会")
    *_, of_quoted = other_readings(History((told,)), "道具は？", "道具は？")
    assert of_quoted.text == "西区 花と緑の会について、道具は？"


def test_where_it_is_about_something_else_now_its_passages_are_not_found_by_what_was_quoted() -> None:
    told = replace(GARDEN, under="西区 花と緑の会")
    *_, of_quoted = other_readings(History((told,)), "川は？", "川の清掃は誰がしますか？")
    assert (of_quoted.text, of_quoted.weight) == ("西区 花と緑の会について、川は？", 0)


def test_what_an_answer_was_quoted_from_is_its_headings_without_the_part_and_the_division(service: Service) -> None:
    question = "よこはま夢ファンドの登録団体助成金は何団体に交付されましたか"
    past = remember(service.searcher, History(), question, service.ask(question))
    assert "夢ファンド" in past.under and "〔" not in past.under and "事業実績" not in past.under


def test_a_short_turn_that_stands_alone_may_be_about_the_last_question_and_weighs_little() -> None:
    other, *matched = other_readings(History((GARDEN,)), "区の職員は何人いますか", "区の職員は何人いますか")
    assert other.text == "花だんの手入れは誰がしますか。区の職員は何人いますか"
    assert 0 < other.weight < 0.5
    assert [r.weight for r in matched] == [0]


def test_passages_of_a_long_turn_that_stands_alone_are_not_found_by_the_last_or_first_question() -> None:
    long = "区役所の中にある相談の窓口では、団体を作りたい人のための手引きをどこで配っているのでしょうか"
    assert not any(r.weight for r in other_readings(History((GARDEN,)), long, long))


def test_the_mean_of_readings_may_raise_what_no_single_one_put_first() -> None:
    ours = _scored([3.0, 2.5, 0.0])
    blended = ours.blended([(_scored([0.0, 2.5, 3.0]), 1.0)])
    assert blended.best(1) == [("b", 2.5)]
    assert blended.margin == ours.margin


def _scored(total: list[float]) -> Scored:
    scores = np.asarray(total, np.float32)
    return Scored(("a", "b", "c"), {"a": 0, "b": 1, "c": 2}, scores, scores, scores, scores, (0.9,), (("x", 0.8),), 0.0)
