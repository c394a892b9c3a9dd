"""Furigana: right readings for the words of the field, over kanji only, and never another text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index import Index
from assistant.ruby import segments

# What is written → how it looks with readings; a bracket stands behind the kanji that it is read over.
WORDS = (
    "協働[きょうどう] 市民[しみん]協働[きょうどう]条例[じょうれい] 負担金[ふたんきん]型[がた] 委託[いたく]型[がた] 補助[ほじょ]型[がた] 共催[きょうさい]型[がた]",
    "青葉区[あおばく] 保土ケ谷[ほどがや]区[く] 保土ヶ谷[ほどがや]区[く] 栄区[さかえく] 都筑区[つづきく] 磯子区[いそごく] 鶴見区[つるみく] 瀬谷区[せやく] 旭区[あさひく]",
    "神奈川区[かながわく] 十日市場[とおかいちば] 天王町[てんのうちょう]駅[えき] 大豆戸[まめど]小[しょう] 横浜市[よこはまし] 川崎市[かわさきし]",
    "行[おこな]う 取[と]り組[く]む 取組[とりく]み 取組[とりくみ] 読替[よみか]え 定[さだ]める 若[も]しくは 並[なら]びに 又[また]は 及[およ]び 資[し]する 図[はか]る",
    "第[だい]12条[じょう]第[だい]2項[こう] 第[だい]1号[ごう] 附則[ふそく] 当該[とうがい] 前項[ぜんこう] 各号[かくごう] 相手方[あいてがた] 市民[しみん]等[とう]",
    "令和[れいわ]3年[ねん] 9月[がつ]16日[にち] 4月[がつ]20日[か] 2月[がつ]3日[か] 1か月[げつ] 2人[り] 12人[にん] 四[よっ]つ 六[むっ]つ 三[みっ]つ目[め]",
    "特定[とくてい]非[ひ]営利[えいり]活動[かつどう]法人[ほうじん] NPO法人[ほうじん] 30万[まん]円[えん] 3千万[ぜんまん]円[えん] 3階[がい] 7階[かい] 子[こ]ども会[かい] 新型[しんがた]コロナ",
    "一人[ひとり]ひとり 私[わたし] 担[にな]い手[て] 高架下[こうかした] 空[あ]き家[や] 何[なに]を 何[なん]ですか 様々[さまざま]な お知[し]らせ 要確認[ようかくにん]",
)
SENTENCES = (
    "区役所[くやくしょ]に行[い]って聞[き]く",
    "市[し]と行[おこな]った研究[けんきゅう]",
    "増[ふ]やすために行[おこな]ったこと",
    "活動[かつどう]を行[おこな]っています",
    "一[いっ]階[かい]の部屋[へや]",
    "担当[たんとう]の局[きょく]はどこ",
)


def _shown(text: str) -> str:
    return "".join(f"{piece}[{reading}]" if reading else piece for piece, reading in segments(text))


@pytest.mark.parametrize("shown", [*(word for line in WORDS for word in line.split()), *SENTENCES])
def test_a_word_is_read_as_people_read_it(shown: str) -> None:
    plain = "".join(part.split("]")[-1] for part in shown.split("["))
    assert _shown(plain) == shown


@pytest.mark.parametrize("text", ["", "きょうどう", "NPO", "12", "ﾅﾋﾞ①", "안녕하세요", "\n\t"])
def test_what_has_no_kanji_has_no_reading(text: str) -> None:
    assert segments(text) == ([(text, "")] if text else [])


@given(st.text(st.one_of(st.sampled_from("市民協働第１2条行ってケヶ々・（「𠮷"), st.characters()), max_size=40))
def test_any_text_stays_as_it_is(text: str) -> None:
    found = segments(text)
    assert "".join(piece for piece, _ in found) == text
    assert all(piece for piece, _ in found)


def test_lone_surrogates_and_long_texts_stay_too() -> None:
    for text in ("\ud800協働\udfff令和", "協働の原則。" * 5_000, "協" * 30_000):
        assert "".join(piece for piece, _ in segments(text)) == text


def test_the_documents_are_read_over_their_kanji(index: Index) -> None:
    kanji, unread = re.compile("[一-鿿々]"), 0
    texts = [index.text_of(source.id) for source in index.sources.values() if not source.expected]
    for text in texts:
        found = segments(text)
        assert "".join(piece for piece, _ in found) == text
        assert not [pair for pair in found if pair[1] and not re.fullmatch("[ぁ-ゖー]+", pair[1])]
        assert not [pair for pair in found if pair[1] and re.search("[ぁ-ゖ0-9A-Za-z]", pair[0])]
        unread += sum(len(kanji.findall(piece)) for piece, reading in found if not reading)
    assert unread / sum(len(kanji.findall(text)) for text in texts) < 0.005
