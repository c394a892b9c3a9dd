"""Turns that lean on the ones before by what was told beside them, by what an answer named, or by what they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.chat.asides import plain, without_aside
from assistant.chat.follow_up import rewrite
from assistant.chat.history import History, Past
from assistant.chat.own_matter import shown
from assistant.chat.phrases import matter
from assistant.chat.told_names import told_other, told_thing, told_two
from assistant.outcomes import Reason
from assistant.search.glossary import in_japanese
from assistant.search.searcher import Searcher
from assistant.service import Service


def _past(question: str, shown: str = "", **values: object) -> Past:
    return Past(question, question, matter(question), Reason.FOUND, shown=shown, **values)  # type: ignore[arg-type]


def _after(searcher: Searcher, questions: Sequence[str], turn: str) -> str:
    return rewrite(History(tuple(_past(q) for q in questions)), turn, searcher)


@pytest.mark.parametrize(
    ("text", "aside", "asks"),
    [
        ("春から栄区に住みます。拠点の名前は？", "春から栄区に住みます。", "拠点の名前は？"),
        ("うちは旭区なんですけど、区の窓口は？", "うちは旭区なんですけど、", "区の窓口は？"),
        ("実は…。その費用は？", "実は…", "その費用は？"),
        ("防犯カメラを付けます。補助は？", "", "防犯カメラを付けます。補助は？"),
        ("さっきの事業ですが、費用は？", "", "さっきの事業ですが、費用は？"),
        ("わあ、うれしいです♪費用は？", "わあ、うれしいです♪", "費用は？"),
        ("小さい版もあったけど、そっちは？", "", "小さい版もあったけど、そっちは？"),
        ("費用は？", "", "費用は？"),
    ],
)
def test_what_is_told_beside_a_question(searcher: Searcher, text: str, aside: str, asks: str) -> None:
    assert without_aside(searcher, text) == (aside, asks)


@pytest.mark.parametrize(
    ("before", "turn", "standalone"),
    [
        # a ward told beside the question
        ("西区の親子の拠点の名前は？", "妹が旭区に住んでるんですが、あっちは？", "旭区の親子の拠点の名前は？"),
        ("西区の親子の拠点の名前は？", "来月、栄区に移ります。運営団体は？", "栄区の親子の拠点の運営団体は？"),
        ("金沢区の大学との事業は？", "春から栄区です。そちらの区に工場見学はありますか", "栄区に工場見学はありますか"),
        # a name in a row of one ward is no matter of another ward
        ("「こっころ」の運営団体は？", "じゃあ磯子区のは？", "磯子区の地域子育て支援拠点事業の拠点の運営団体は？"),
        # a place of one kind in another ward
        ("青葉区の親子の拠点の名前は？", "夏に泉区へ移るんですが、あっちの拠点は？", "泉区の親子の拠点の名前は？"),
        ("青葉区の親子の拠点の名前は？", "動かしてる会社さんは？", "青葉区の親子の拠点の動かしてる会社さんは？"),
        # one of those that were counted in a year
        ("懇談会は平成30年度に何回開かれましたか", "二回目はいつ？", "平成30年度の懇談会について、二回目はいつ？"),
        ("懇談会について、第3回はいつ？", "年度最後のは？", "懇談会について、最後の回はいつ？"),
        # what is asked beside it
        ("花壇の事業の相手は？", "市が払った額と、その内訳は？", "花壇の事業について、市が払った額と、内訳は？"),
        ("磯子区のミスト設置事業とは", "失礼しました。そこの担当課は？", "磯子区のミスト設置事業の担当課は？"),
        # the article spoken of, and a part with another number
        ("まちづくりの一次コンテストはいつでしたか", "二次は？", "まちづくりの二次コンテストはいつでしたか"),
        ("条例第9条には何が書いてありますか", "同じ条の2項は？", "条例第9条の2項は？"),
        # a noun told by a clause asks of the matter itself
        ("防災の勉強会の講師は誰？", "見学した町は？", "防災の勉強会について、見学した町は？"),
        ("防災の勉強会は何回？", "そこの3というのは、何の数？", "防災の勉強会の3というのは、何の数？"),
        ("お祭りの費用は？", "そのお祭りは何日間？", "お祭りは何日間？"),
        ("花の講座の費用は？", "行政側の担当だけ頼む", "花の講座について、行政側の担当だけ頼む"),
        ("花の講座の費用は？", "すみません、もう一つ。会場は？", "花の講座の会場は？"),
    ],
)
def test_a_turn_that_leans(searcher: Searcher, before: str, turn: str, standalone: str) -> None:
    assert _after(searcher, [before], turn) == standalone


def test_a_question_that_finds_little_by_itself_is_about_the_matter(searcher: Searcher) -> None:
    before = ["ハマロード・サポーターって何ですか"]
    assert _after(searcher, before, "道具は貸してもらえますか").startswith("ハマロード・サポーターについて、")
    for own in ("保育所の数はどう変わったの", "市民協働推進委員会の委員は何人ですか", "千葉市のごみの出し方は？"):
        assert _after(searcher, before, own) == own


def test_what_the_evidence_of_an_answer_says_however_it_is_spelled(searcher: Searcher) -> None:
    evidence = searcher.search("よこはま夢ファンドへの寄附の件数")[0].chunk_id
    told = _past("基金のお金は？", cited=(evidence,))
    assert shown(searcher, told, ["寄付"])
    assert not shown(searcher, told, ["寄付", "宇宙船"])


def test_a_name_asked_for_by_its_kind_is_what_a_pronoun_stands_for() -> None:
    told = _past("昔は何という条例でしたか", "「以前の市民活動条例(平成元年条例第1号)の全部を改正する。」［1］")
    assert told_thing(told) == "市民活動条例"


def test_two_that_an_answer_names_side_by_side() -> None:
    told = _past("手本になった区はどこですか", "「令和元年度は西区・旭区を手本として」［1］")
    assert told_two(told) == ["西区", "旭区"]
    assert told_other(History((told, _past("旭区ではどんな成果がありましたか")))) == "西区"
    assert told_two(_past("手本になった区はどこですか", "「西区・旭区・緑区を手本として」［1］")) == []


def test_the_sentence_that_asks_is_remembered_in_the_ward_told_before_it(searcher: Searcher) -> None:
    asked = _past("港南区で子を育てています。親子で行ける拠点の名前は？", cited=("x",))
    assert plain(searcher, asked).standalone == "港南区の親子で行ける拠点の名前は？"
    needed = _past("花壇の係をしています。費用の補助は？", "花壇の係に補助", cited=("x",))
    assert plain(searcher, needed) == needed


@pytest.mark.parametrize(
    ("turn", "standalone"),
    [
        ("西区の似たようなところは？", "にしく市民活動支援センター運営事業の費用は？"),
        ("戸塚区だと？", "とつか区民活動センター運営事業の費用は？"),
        ("栄区だと？", "栄区の市民活動支援センター運営事業の費用は？"),
        ("西区の似たようなところは？ 金額で", "にしく市民活動支援センター運営事業について、金額で"),
    ],
)
def test_the_project_of_one_kind_is_called_otherwise_in_another_ward(
    searcher: Searcher, turn: str, standalone: str
) -> None:
    project = "ほどがや市民活動支援センター運営事業"
    assert rewrite(History((_past(f"{project}の費用は？", project=project),)), turn, searcher) == standalone


def test_a_matter_told_before_the_question_is_remembered_and_an_excuse_is_not(searcher: Searcher) -> None:
    told = plain(searcher, _past("栄区の花壇の講座を調べています。相手は？", "栄区の花壇の講座", cited=("x",)))
    assert (told.topic, told.standalone) == ("栄区の花壇の講座", "栄区の花壇の講座について、相手は？")
    leans = replace(_past("すみませんでした。栄区の花壇の講座の相手は？"), asked="すみませんでした。その相手は？")
    assert plain(searcher, leans).topic == "栄区の花壇の講座"


@pytest.mark.parametrize(
    ("before", "turn", "standalone"),
    [
        (
            "What is Yokohama Yume Fund?",
            "How many donations did it get?",
            "How many donations did Yokohama Yume Fund get?",
        ),
        (
            "What is the map that the flower project published?",
            "Okay. Then what was the project's budget?",
            "what was the flower project's budget?",
        ),
        (
            "Who are the partners of the flower project?",
            "Since when have they worked under a collaboration contract with Aoba ward?",
            "Since when have the flower project worked under a collaboration contract with Aoba ward?",
        ),
        ("朝市(あさいち)由哪个团体运营？", "那里是哪个课负责的？", "朝市(あさいち)是哪个课负责的？"),
        (
            "「あさいち」는 몇 살부터 참가할 수 있나요?",
            "옛날에는 더 낮았다고 하는데 언제까지 몇 살이었나요?",
            "「あさいち」 옛날에는 더 낮았다고 하는데 언제까지 몇 살이었나요?",
        ),
        (
            "「あさいち」는 누가 운영하나요?",
            "令和元年度 말에는 참가자가 몇 명이나 되었나요?",
            "「あさいち」 令和元年度 말에는 참가자가 몇 명이나 되었나요?",
        ),
    ],
)
def test_a_turn_in_another_language_that_leans(searcher: Searcher, before: str, turn: str, standalone: str) -> None:
    assert _after(searcher, [before], turn) == standalone


def test_a_korean_word_is_not_found_in_the_middle_of_another() -> None:
    assert in_japanese("담당 부서가 어디예요?", "ko")[0] == []


def test_a_hyphen_in_english_joins_words_as_a_blank_does() -> None:
    assert in_japanese("a food-loss campaign", "en")[0][:1] == ["食品ロス"]


def test_another_citys_document_is_quoted_for_the_division_that_took_part(service: Service) -> None:
    told = service.ask("川崎で駅前のごみ拾いを一緒にしているグリーンバードの相手はどの課ですか")
    assert told.reason is Reason.FOUND
    assert "企画課" in told.text
    assert service.ask("川崎市で協働の相談はどこの課にすればいいですか").reason is Reason.DIVISION_FOUND
