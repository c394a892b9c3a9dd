"""Numbers that a question asks for and the record does not give: assistant/chat/check_numbers.py."""

from __future__ import annotations

import pytest

from assistant.outcomes import Status
from assistant.search.counters import asked_counter, numbers_with, part_asked, set_asked, with_counter
from assistant.service import Service


def test_a_counter_is_read_and_its_numbers_with_it() -> None:
    assert asked_counter("参加したのは何名ですか") == "名"
    assert asked_counter("何がありますか") == ""
    assert numbers_with("６万枚を作り、3,200枚を配った（12人）", "枚") == {60_000, 3_200}
    assert numbers_with("34者に取り組んでいただいた", "社") == {34}
    assert with_counter("人").search("延べ260名") and not with_counter("人").search("260回")


def test_a_set_and_a_part_are_read() -> None:
    assert set_asked("残りの4校はどこですか") == (4, "校")
    assert set_asked("採択された2団体の名前は") == (2, "団体")
    assert set_asked("1社はどこ") is None  # 「うち1社はどこ」 asks for one name, which may stand alone
    assert part_asked("応募の20件のうち、学生からの提案は何件ですか") == "学生からの提案"
    assert part_asked("全部で何件ですか") == ""


@pytest.mark.parametrize(
    "question",
    [
        "磯子事業会の会員87社のうち、飲食店は何社ですか",  # the record counts no kinds of members
        "出前塾に来た150人のうち、学生は何人でしたか",
        "ステッカーは60,000枚作ったそうですが、使われたのは何枚ですか",  # the number that is told is no answer
        "市民公益活動緊急支援助成金のAコースは、旭区では何件でしたか",  # a number of the whole city
        "フードドライブに取り組んだ34者のうち、途中でやめた5者はどこですか",
    ],
)
def test_what_the_record_does_not_count_is_not_answered(service: Service, question: str) -> None:
    assert service.ask(question).status in (Status.REFUSED, Status.REDIRECT)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("磯子事業会の会員は何社ですか", "87"),
        ("出前塾は平成30年度に何回開かれ、何人が参加しましたか", "150"),
        ("新型コロナウイルス感染症対策宣言ステッカーは何枚作りましたか", "60,000"),
        ("保健・医療・福祉の分野の23事業のうち、区の事業は何事業ですか", "12"),
    ],
)
def test_what_the_record_counts_is_answered(service: Service, question: str, number: str) -> None:
    answer = service.ask(question)
    assert answer.status is Status.ANSWERED and number in answer.text
