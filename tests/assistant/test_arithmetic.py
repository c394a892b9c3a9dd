"""Sums and differences of two numbers that the documents give, said with both numbers."""

from __future__ import annotations

import pytest

from assistant.service import Service


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("緊急支援助成金のAコースとBコースの交付件数を合わせると何件ですか", "計算すると、242件＋13件＝255件です"),
        ("緊急支援助成金のAコースとBコースの交付件数の差は", "242件−13件＝229件"),
    ],
)
def test_two_numbers_are_added_or_subtracted(service: Service, question: str, result: str) -> None:
    assert result in service.ask(question).text


def test_the_costs_of_two_projects_named_are_compared_and_both_are_quoted(service: Service) -> None:
    two = [r for r in service.searcher.index.records.contracts if len(r.amounts_yen) == 1][:2]
    told = service.ask(f"「{two[0].listed_name}」と「{two[1].listed_name}」の事業費の差はいくらですか")
    first, second = two[0].amounts_yen[0], two[1].amounts_yen[0]
    assert f"＝{abs(first - second):,}円" in told.text
    assert all(f"{amount:,}" in " ".join(c.quote for c in told.citations) for amount in (first, second))


def test_a_turn_adds_up_the_costs_that_two_answers_told(service: Service) -> None:
    two = [r for r in service.searcher.index.records.contracts if len(r.amounts_yen) == 1][:2]
    questions = [f"「{r.listed_name}」の事業費はいくらですか" for r in two]
    told = service.talk([*questions, "その二つを足すといくらですか"])
    assert f"＝{sum(r.amounts_yen[0] for r in two):,}円" in told[-1].text


def test_one_number_is_not_calculated_with(service: Service) -> None:
    assert "計算" not in service.ask("Aコースの交付件数は合計何件ですか").text


def test_a_telephone_number_is_told_with_its_division_only_where_the_documents_print_it(service: Service) -> None:
    known = service.ask("磯子区の包括連携協定のことは、どこの課に電話すればいいですか。番号も教えてください。")
    assert "045- 750-2390" in known.text
    other = service.ask("保土ケ谷区のまちづくり活動は、どこの課に電話すればいいですか。番号も教えてください。")
    assert other.divisions
    assert "750-2390" not in other.text


def test_a_conversation_goes_back_to_the_turn_that_spoke_of_a_matter(service: Service) -> None:
    told = service.talk(
        ["YOXO BOXの運営の相手方は？", "条例第12条は何を定めていますか", "YOXO BOXの話に戻りますが、事業費は？"]
    )
    assert "YOXO BOX" in told[-1].standalone
