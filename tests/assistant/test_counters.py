"""What a question counts and what shows it: assistant/search/counters.py; and names that are no ward, no city, no staff."""

from __future__ import annotations

import pytest

from assistant.outcomes import Reason, Status
from assistant.search.counters import counted, shows_count
from assistant.search.slots import missing_slot
from assistant.service import Service
from assistant.text import fold
from assistant.tokens import morphemes, name_reading


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("花の講習会は何回ありましたか", "花の講習会（全 6 回）", True),
        ("花の講習会は何回ありましたか", "花の講習会（参加者 6 人）", False),
        ("受講した人は何名ですか", "延べ 12万 人が受講", True),
        ("貸出は何件？", "貸出は6回", False),
        ("몇 명이 참가했나요", "40名が参加", True),
        ("講習会の名前は？", "全6回", False),
        ("何回でも使えますか", "全6回", False),
    ],
)
def test_a_number_of_just_what_is_counted(question: str, text: str, shown: bool) -> None:
    assert shows_count(counted(fold(question)), text) is shown


@pytest.mark.parametrize(
    ("question", "organizations"),
    [
        ("鶴見川の土手の草刈りは誰がしていますか", ()),
        ("神奈川県の講座はありますか", ()),
        ("鶴見の花壇は誰が世話していますか", ("鶴見区",)),
        ("鶴見川の土手と鶴見の花壇", ("鶴見区",)),
        ("いそごくの かだんは？", ("磯子区",)),
    ],
)
def test_a_ward_is_not_read_out_of_another_name(
    service: Service, question: str, organizations: tuple[str, ...]
) -> None:
    assert service.searcher.understand(question).organizations == organizations


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("川崎ではなく横浜の窓口は？", ()),
        ("川崎じゃなくて横浜の窓口は？", ()),
        ("川崎の窓口は？", ("川崎市",)),
        ("We are in Yokohama, not in Kawasaki. Who helps us?", ()),
        ("We are in Kawasaki, not in Yokohama. Who helps us?", ("川崎市",)),
    ],
)
def test_a_city_that_is_not_meant(service: Service, question: str, cities: tuple[str, ...]) -> None:
    assert service.searcher.understand(question).municipalities == cities


def test_a_number_of_another_city_proves_none_of_this_one(service: Service) -> None:
    told = service.ask("横浜の市民協働推進課の電話番号を教えてください")
    assert told.status is not Status.ANSWERED
    assert told.reason is Reason.ATTRIBUTE_ABSENT or told.divisions[0].division == "市民協働推進課"
    assert service.ask("川崎市の協働の相談窓口の電話番号は？").reason is Reason.FOUND


@pytest.mark.parametrize(
    ("question", "told", "lacks"),
    [
        ("花壇の会の職員は全部で何人？", "花壇の会の参加者は30人です", True),
        ("花壇の会の職員は全部で何人？", "花壇の会は職員3人で運営", False),
        ("職員が受けた研修の人数は？", "研修を30人が受けました", False),
        ("二次審査に通ったのはどの団体ですか", "二次審査（3月7日）", True),
        ("二次審査に通ったのはどの団体ですか", "二次審査で選定された団体は緑の会", False),
        ("集まった衣類は何キロでしたか", "34者が出品", True),
        ("集まった衣類は何キロでしたか", "衣類 120 kgを回収", False),
        ("見学の料金はいくらですか", "事業費は1,000円", True),
        ("相談室の番号を教えて", "相談室を開設", True),
        ("何歳から入れますか", "対象は市民", False),
    ],
)
def test_what_is_asked_must_be_shown(question: str, told: str, lacks: bool) -> None:
    assert (missing_slot(fold(question), lambda _: [told]) is not None) is lacks


def test_a_body_is_no_meeting() -> None:
    assert ("会", "名詞", "会") in morphemes("花壇愛好事業会って、いつできたの")
    assert ("会っ", "動詞", "会う") in morphemes("友達に会って話した")


def test_a_name_is_read_as_a_whole() -> None:
    assert name_reading("瀬谷区", "ク") == "セヤ"
