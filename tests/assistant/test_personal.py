"""Personal data and danger inside Japanese text, with and without blanks, in every width; and what only looks like it."""

from __future__ import annotations

import pytest

from assistant.chat.conversation import Conversation
from assistant.emergency import is_emergency
from assistant.outcomes import Reason, Status
from assistant.personal import Kind, find_personal
from assistant.service import Service

FOUND = [
    ("私の電話は090-1234-5678です", Kind.TELEPHONE),
    ("電話０９０１２３４５６７８まで折り返しを", Kind.TELEPHONE),
    ("連絡先045(123)4567へ", Kind.TELEPHONE),
    ("(045)123-4567にお願いします", Kind.TELEPHONE),
    ("+81 90 1234 5678にください", Kind.TELEPHONE),
    ("〇九〇一二三四五六七八が携帯です", Kind.TELEPHONE),
    ("０９０ー１２３４ー５６７８", Kind.TELEPHONE),
    ("メールはtaro.yamada@example.jpです", Kind.MAIL),
    ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍへ", Kind.MAIL),
    ("マイナンバー1234 5678 9018で申し込めますか", Kind.MY_NUMBER),
    ("番号は123456789018です", Kind.MY_NUMBER),
    ("個人番号は111122223333です", Kind.MY_NUMBER),
    ("カード4111-1111-1111-1111で払えますか", Kind.CARD),
    ("４１１１１１１１１１１１１１１１", Kind.CARD),
    ("378282246310005で寄付したい", Kind.CARD),
    ("青葉区荏田町三丁目5に住んでいます", Kind.ADDRESS),
    ("住所は泉区中田町1234番地5です", Kind.ADDRESS),
    ("自宅は都筑区茅ケ崎中央1-2-3です", Kind.ADDRESS),
    ("家は港北区の2番5号です", Kind.ADDRESS),
]
NOT_FOUND = [
    "令和3年9月30日までの実績は1,234,567円ですか",
    "条例第12条第2項の5つの事項は",
    "2019-2021年度の補助金は120000000円でしたか",
    "本編44ページの表2-1はどこ",
    "市民協働条例第1-2条について住んでいる区で聞けますか",
    "法人番号5020001000000で検索できますか",
    "3丁目の公園の花壇、担当はどこ",
    "2021年10月1日から2022年3月31日まで",
    "番号は123456789012です",
    "青葉区1〜3のどの事業に住民が参加できますか",
    "",
    "\ud800",
]
DANGER = [
    "家の前で人が倒れています",
    "隣の家が火事です",
    "もう死にたい",
    "救急車を呼んでください",
    "不審者がいる",
    "There is a fire!",
]
NO_DANGER = [
    "救急救命の講習を協働でやりたい",
    "火事を防ぐ地域の取組の担当は",
    "高齢者が倒れた場合に備える見守り事業はありますか",
    "災害時に助け合う事業",
    "自殺対策の協働事業はありますか",
    "防犯パトロールの担当課は",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_found(text: str, kind: Kind) -> None:
    assert {found.kind for found in find_personal(text)} == {kind}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find_personal(text) == ()


def test_several_kinds_in_one_text() -> None:
    found = find_personal("090-1234-5678か、a@b.jpか、4111 1111 1111 1111まで")
    assert {f.kind for f in found} == {Kind.TELEPHONE, Kind.MAIL, Kind.CARD}


@pytest.mark.parametrize("language", ["ja", "en", "zh", "ko"])
def test_a_question_with_personal_data_is_stopped(service: Service, language: str) -> None:
    told = {"ja": "私は", "en": "My phone is ", "zh": "我的电话是", "ko": "제 전화는 "}[language]
    answer = service.ask(f"{told}090-1234-5678 です" if language == "ja" else f"{told}090-1234-5678")
    assert (answer.status, answer.reason) == (Status.CLARIFY, Reason.PERSONAL_DATA)
    assert "090" not in answer.model_dump_json() and answer.passages == ()


def test_a_number_that_the_documents_print_may_be_asked_about(service: Service) -> None:
    assert service.ask("045-750-2390 どこの電話").status is Status.ANSWERED


def test_a_conversation_forgets_it_and_shows_it_to_no_model(service: Service) -> None:
    class Telltale:
        name = "telltale"

        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the model was asked: {name}")

    conversation = Conversation(lambda: service.searcher, Telltale())  # type: ignore[arg-type]
    assert conversation.ask("090-1234-5678の件は？").reason is Reason.PERSONAL_DATA
    assert conversation.history.past == ()


@pytest.mark.parametrize("text", DANGER)
def test_danger_comes_first(service: Service, text: str) -> None:
    assert is_emergency(text)
    assert "110" in service.ask(text).urgent and "119" in service.ask(text).urgent


@pytest.mark.parametrize("text", NO_DANGER)
def test_a_word_of_a_project_is_no_danger(text: str) -> None:
    assert not is_emergency(text)
