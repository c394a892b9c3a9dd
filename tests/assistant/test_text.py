"""Normalisation: what must be equal is equal, what must differ differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.question import ArticleRef, understand
from assistant.text import arabic_ordinals, compact, fold, kanji_number, one_line, sanitize, sentences
from assistant.tokens import pairs, words

WARDS = ("南区", "港南区", "旭区", "青葉区", "保土ケ谷区", "緑区", "西区", "教育委員会事務局")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第１２条", "第12条"),
        ("保土ヶ谷区", "保土ケ谷区"),
        ("ＮＰＯ　法人", "NPO法人"),
        ("平成 30 年度", "平成30年度"),
        ("花と緑～風土", "花と緑〜風土"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("SDGs biz サポート", "sdgs bizサポート"),
    ],
)
def test_equal_after_compact(one: str, other: str) -> None:
    assert compact(one) == compact(other)


@pytest.mark.parametrize(("one", "other"), [("事業紹介⑪", "事業紹介11"), ("育成事業①", "育成事業②"), ("3R", "R3")])
def test_different_after_compact(one: str, other: str) -> None:
    assert compact(one) != compact(other)


def test_sanitize_keeps_what_people_write_and_drops_what_breaks() -> None:
    assert sanitize("a\x00b\ud800c\u200bd\te\r\nf") == "ab\ufffdcd\te\nf"


@pytest.mark.parametrize(("text", "number"), [("十二", 12), ("二十", 20), ("百一", 101), ("八", 8), ("二十三", 23)])
def test_kanji_numbers(text: str, number: int) -> None:
    assert kanji_number(text) == number


def test_only_ordinals_become_arabic() -> None:
    assert arabic_ordinals("第十二条第二項と四季") == "第12条第2項と四季"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("一つ。二つ！三つ", ["一つ。", "二つ！", "三つ"]),
        ("203事業です。（118事業）〔詳細は別。〕次。", ["203事業です。（118事業）〔詳細は別。〕", "次。"]),
        ("「負けるな!西区」へ協力", ["「負けるな!西区」へ協力"]),
        ("一行目\n二行目。", ["一行目", "二行目。"]),
        ("", []),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


@given(st.text(max_size=300))
def test_sentences_are_verbatim_and_lose_nothing(text: str) -> None:
    pieces = sentences(text)
    assert all(piece in text for piece in pieces)
    assert "".join("".join(p.split()) for p in pieces) == "".join(text.split())


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_wrapped_lines_join_as_japanese_is_read() -> None:
    assert one_line("申請\n手続を 実施\nNPO\n法人") == "申請手続を 実施 NPO 法人"


def test_words_are_equal_on_both_sides() -> None:
    assert set(words("取組みの打合せ")) & set(words("取り組みと打ち合わせ")) >= {"取り組み", "打ち合わせ"}
    assert "する" not in words("協働する") and "協働" in words("協働する")


def test_pairs_leave_out_hiragana() -> None:
    assert pairs("花と緑の") == ["花と", "と緑", "緑の"]
    assert pairs("します") == []


def test_long_texts_are_cut_for_the_tokenizer() -> None:
    assert len(words("協働契約。" * 20_000)) > 20_000


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("第12条第2項", [ArticleRef(12, 2)]),
        ("１２条２項には", [ArticleRef(12, 2)]),
        ("§12について", [ArticleRef(12)]),
        ("第十二条", [ArticleRef(12)]),
        ("条例5条1項4号", [ArticleRef(5, 1, 4)]),
        ("第8条と第15条", [ArticleRef(8), ArticleRef(15)]),
        ("5人以上の団体", []),
        ("令和2年度の10万円", []),
        ("何条ですか", []),
    ],
)
def test_articles_in_every_form(text: str, refs: list[ArticleRef]) -> None:
    assert list(understand(text, (), ()).articles) == refs


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("港南区の公園", ("港南区",)),
        ("南区の公園", ("南区",)),
        ("港南区と南区", ("港南区", "南区")),
        ("青葉で花を植えたい", ("青葉区",)),
        ("保土ヶ谷区の会議", ("保土ケ谷区",)),
        ("区役所の仕事", ()),
    ],
)
def test_wards_and_their_traps(text: str, named: tuple[str, ...]) -> None:
    assert understand(text, WARDS, ()).organizations == named


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("青葉区で花と緑の活動、担当はどこ", True),
        ("どの課が担当していますか", True),
        ("どこに相談すればいいですか", True),
        ("Which division handles this?", True),
        ("協働契約には何を定めますか", False),
        ("担当課の役割とは", False),
    ],
)
def test_questions_for_a_division(text: str, division: bool) -> None:
    assert understand(text, WARDS, ()).wants_division is division


@given(st.text(max_size=200))
def test_any_text_can_be_understood(text: str) -> None:
    understand(text, WARDS, ("川崎市",))
