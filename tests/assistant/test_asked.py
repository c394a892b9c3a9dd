"""What a question asks, and that the answer quotes the stretch that says it: rules, several things, extremes, whose project."""

from __future__ import annotations

import pytest

from assistant.chat.parts import best_of_parts, parts_of
from assistant.search.question import cue
from assistant.search.searcher import Searcher
from assistant.service import Service


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("花火大会を市と組んで開きます。となりで、うちの会だけの古本市もやって構いませんか？", "条例第11条"),
        ("学童の手伝いで聞いたよその家の話を、手伝いをやめた今なら友だちに話しても大丈夫ですか。", "条例第13条"),
        ("朝市の運営を市に頼まれました。小さな催しなので、取り決めの契約は結ばなくてもいいですよね？", "条例第12条"),
        (
            "市から助成金をもらって絵本を届ける活動をしました。春に終わったのですが、報告を出さないといけませんか？",
            "条例第7条",
        ),
    ],
)
def test_what_may_or_must_be_done_is_told_by_the_ordinance(service: Service, question: str, article: str) -> None:
    assert any(c.locator.startswith(article) for c in service.ask(question).citations)


@pytest.mark.parametrize(
    ("question", "wishes"),
    [
        ("拠点の運営団体も知りたいです", False),
        ("決算額を確認したいです", False),
        ("担当の名前を教えてほしい", False),
        ("相手を教えてもらえますか", False),
        ("公園に花を植えたいです", True),
        ("場所を貸してほしい", True),
        ("補助をもらえますか", True),
    ],
)
def test_a_wish_to_be_told_something_is_a_question(searcher: Searcher, question: str, wishes: bool) -> None:
    assert searcher.understand(question).wishes is wishes


def test_a_named_ward_keeps_its_project_before_the_rules(service: Service) -> None:
    found = service.ask("鶴見区のつるみ・元気アップ事業は、新しく始める活動でないといけませんか？").passages
    assert "鶴見区" in found[0].locator


def test_only_the_sentences_that_ask_are_read_twice(searcher: Searcher) -> None:
    told = searcher.understand("公園で市と催しをしました。もう帰ってもいいですか？")
    assert told.asking == "もう帰ってもいいですか？"
    assert searcher.understand("公園で市と催しをしました。相手はどこでしたか？").asking == ""
    assert searcher.understand("もう帰ってもいいですか？").asking == ""


def test_the_things_asked_are_told_apart(searcher: Searcher) -> None:
    asked = searcher.understand("相談は何件で、情報紙は何回出しましたか。")
    assert parts_of(asked) == ["相談は何件で", "情報紙は何回出しましたか"]
    assert parts_of(searcher.understand("相談は、去年より多く、何件でしたか。")) == []


def test_each_thing_asked_finds_its_own_piece(searcher: Searcher) -> None:
    asked = searcher.understand("相談は何件で、情報紙は何回出しましたか。")
    said = ["センターは相談を受け、情報紙を出しています。", "情報紙の発行 (4回)", "相談の件数 (31件)"]
    assert best_of_parts(asked, "", said, [2.0, 1.8, 1.7]) == [2, 1]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("にしく市民活動支援センターの相談件数は何件で、にしとも広場は何回発行しましたか。", ("733", "2回")),
        (
            "ことぶき協働スペースのウェブサイトの発信は何件で、ボランティアの登録は延べ何人ですか。",
            ("101 件", "48 名"),
        ),
    ],
)
def test_several_things_are_all_answered(service: Service, question: str, said: tuple[str, ...]) -> None:
    text = service.ask(question).text
    assert all(part in text for part in said)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("分野別の表で、局の事業数がいちばん多いのは何の分野ですか？", "環境の保全", "文化・スポーツ"),
        ("令和2年度の協働事業数を分野で見ると、合計が最も少ないのは？", "職業能力の開発", "市民活動・地域活動に"),
        ("Which field had the most collaboration projects in the table by field?", "市民活動・地域活動", "人権"),
    ],
)
def test_the_most_and_the_fewest_are_the_row_that_has_them(
    service: Service, question: str, said: str, unsaid: str
) -> None:
    text = service.ask(question).text
    assert said in text and unsaid not in text and "203" not in text


@pytest.mark.parametrize(
    ("question", "is_largest"), [("補助は最大でいくらもらえますか", False), ("補助が最大なのはどの区", True)]
)
def test_a_limit_is_no_largest_row(question: str, is_largest: bool) -> None:
    assert bool(cue("extreme").search(question)) == is_largest
    assert bool(cue("share").search(question)) != is_largest


@pytest.mark.parametrize(
    ("question", "ward"),
    [
        ("男のセカンドライフ大学校って、どの区でやっているものですか？", "港南区"),
        ("堀割川の魅力づくりを手伝っているのは何区ですか", "磯子区"),
        ("Which ward runs “Sukedatto BANK” (助っ人BANK)?", "Kanagawa"),
    ],
)
def test_whose_project_it_is_is_said(service: Service, question: str, ward: str) -> None:
    assert ward in service.ask(question).text


def test_a_project_named_by_another_document_tells_its_partner(service: Service) -> None:
    text = service.ask(
        "中村地区が空き家の拠点のために挑戦した事業の名前と、市がその運営を任せた相手を教えてください。"
    ).text
    assert "ヨコハマ市民まち普請事業" in text and "横浜市住宅供給公社" in text


def test_a_partner_printed_over_several_lines_is_told(service: Service) -> None:
    text = service.ask("ベンチャー企業成長支援業務の協働契約の相手方はどこですか").text
    assert "株式会社アドライト" in text and "株式会社plan-A" in text
