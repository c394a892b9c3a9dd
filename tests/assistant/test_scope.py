"""What the documents cannot answer, by names they do not have, by years and by attributes: assistant/chat/check_scope.py."""

from __future__ import annotations

import pytest

from assistant.outcomes import Reason, Status
from assistant.search.slots import missing_slot
from assistant.service import Service
from assistant.text import fold


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("事業紹介㊵の協働契約の相手方は？", Reason.NOT_IN_DOCUMENTS),
        ("「公園ボランティア活動マニュアル」では花壇の手入れをどう説明していますか", Reason.NOT_IN_DOCUMENTS),
        ("仙台市では協働の提案を何件受けましたか", Reason.ELSEWHERE),
        ("藤沢の税務署はどこにありますか", Reason.ELSEWHERE),
        ("それは何課ですか", Reason.UNCLEAR),
        ("先ほどの二番目の課の名前は何でしたっけ", Reason.UNCLEAR),
        ("平成24年度に瀬谷区の子どもの生活塾は何世帯を支援しましたか", Reason.OUTSIDE_YEARS),
        ("カレーの作り方を教えて", Reason.OFF_TOPIC),
        ("パスポートの更新にはいくらかかりますか", Reason.OFF_TOPIC),
    ],
)
def test_a_question_is_refused_for_its_reason(service: Service, question: str, reason: Reason) -> None:
    assert service.ask(question).reason is reason


@pytest.mark.parametrize(
    "question",
    [
        "元気な地域づくり推進事業補助金を使った団体は平成29年度にいくつでしたか",  # the table names the year without its era
        "昨年、市の会館で子ども会の催しを開きました。終わったら市に何を出しますか",  # a story is not the question
        "朝市の運営を市と組んで行うときは契約が要りますか",  # no city
        "その他の市民活動への支援には何がありますか",
        "川崎市では協働の相談をどこが受けていますか",
        "推進委員会の委員に欠員が出たとき、後任の委員の任期はどう数えますか",  # nobody asks who it is
        "磯子事業会の会員の数はいつ現在のものですか",
    ],
)
def test_an_ordinary_question_is_answered(service: Service, question: str) -> None:
    assert service.ask(question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "told", "lacks"),
    [
        ("審査は何点満点ですか", "審査により採択された団体に助成金を交付", True),
        ("審査は何点満点ですか", "審査は100点満点で行う", False),
        ("女性の割合は何パーセントですか", "参加者は40人、うち女性は3割", False),
        ("動画は何回再生されましたか", "動画を3回配信しました", True),
        ("動画は何回再生されましたか", "動画の再生は1,204回", False),
        ("講座の講師は誰でしたか", "講座を3回開きました", True),
        ("いつ開かれましたか", "毎月第2土曜に開きます", False),
        ("何世帯が参加しましたか", "延べ120人が参加", True),
    ],
)
def test_an_attribute_needs_its_proof(question: str, told: str, lacks: bool) -> None:
    assert (missing_slot(fold(question), lambda _: [told]) is not None) is lacks


@pytest.mark.parametrize(
    "question",
    [
        "職員行動基準が直近で改定されたのはいつですか",
        "瀬谷区寄り添い型生活支援事業は令和2年度に何世帯を支援しましたか",
        "先輩のお母さんたちと歩く、私らしい子育て発見ツアーはどの区の何課の事業ですか",
        "「りらサポート」の電話のホットラインには何件の相談がありましたか",
    ],
)
def test_what_the_documents_tell_is_not_taken_for_what_they_cannot(service: Service, question: str) -> None:
    assert service.ask(question).status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "夢ファンドの登録団体助成金をもらった40件の、団体名の一覧をください",
        "磯子区役所の区政推進課の番号を教えてください",
        "ハマロード・サポーターの団体は、いま全部でいくつありますか",
    ],
)
def test_names_of_a_set_numbers_of_today_and_telephones_that_no_document_prints_are_not_told(
    service: Service, question: str
) -> None:
    assert service.ask(question).status in ("refused", "redirect")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("よこはま夢ファンドへの個人からの寄附のうち一番大きかったのは？", Reason.NOT_IN_DOCUMENTS),
        ("いまの磯子区長は誰ですか", Reason.OUTSIDE_YEARS),
    ],
)
def test_who_asks_for_no_time_is_not_told_of_one(service: Service, asked: str, reason: Reason) -> None:
    assert service.ask(asked).reason is reason
