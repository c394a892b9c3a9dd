"""What people write is read as it is meant: amounts, dates, self-corrections, lines, parts, labels, parties, open points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses.amounts import amounts, number, shares
from assistant.clauses.brief import read_brief
from assistant.clauses.contents import is_told, is_withheld
from assistant.clauses.corrections import corrected
from assistant.clauses.dates import periods
from assistant.clauses.label import labelled
from assistant.clauses.ours import is_ours
from assistant.clauses.paper import Clause
from assistant.clauses.parties import find_parties
from assistant.clauses.segments import segments
from assistant.embeddings import E5


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("84万円", [840_000]),
        ("８４万円と840,000円", [840_000, 840_000]),
        ("金弐百万円也", [2_000_000]),
        ("8万2千円", [82_000]),
        ("1億2,000万円", [120_000_000]),
        ("320千円", [320_000]),
        ("50万出します", [500_000]),
        ("5万人が来た", []),
        ("〇〇円", []),
    ],
)
def test_amounts(text: str, yen: list[int]) -> None:
    assert [amount.yen for amount in amounts(text)] == yen


@given(st.integers(1, 99_999_999))
def test_an_amount_is_read_however_it_is_written(yen: int) -> None:
    assert [a.yen for a in amounts(f"費用は{yen:,}円です")] == [yen]
    assert number(f"{yen}") == yen


def test_shares() -> None:
    assert [float(s.part) for s in shares("区が6割、会が40％、残りは3分の1")] == [0.6, 0.4, pytest.approx(1 / 3)]


@pytest.mark.parametrize(
    ("text", "backwards"),
    [
        ("令和9年9月1日から令和9年3月31日まで", True),
        ("令和9年9月1日から令和10年3月31日まで", False),
        ("令和9年10月1日から2027年3月31日まで", True),
        ("2027年4月～2028年3月", False),
        ("令和九年四月一日より令和十年三月末日まで", False),
    ],
)
def test_periods(text: str, backwards: bool) -> None:
    (period,) = periods(text)
    assert period.backwards == backwards


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("回数は年8回、あ、間違えました、年6回です。", "回数は年6回です。"),
        ("委託料は90万円と書きましたが、見積りは78万円でした。", "委託料は見積りは78万円でした。"),
        ("期間は令和9年4月1日から、いや違った、令和9年5月1日からです。", "期間は令和9年5月1日からです。"),
        ("さっき90万円って言いましたけど、器材を借りられたので60万円です。", "さっき器材を借りられたので60万円です。"),
        ("初めは40万円でお願いするつもりでしたが、32万円で足ります。", "初めは32万円で足ります。"),
        ("毎月第1金曜、いや第3金曜に開きます。", "第3金曜に開きます。"),
        ("午前9時、あ、違う、10時に始めます。", "10時に始めます。"),
        ("市が60万円、会が20万円を出します。", "市が60万円、会が20万円を出します。"),
        ("前期は8回、後期は6回です。", "前期は8回、後期は6回です。"),
    ],
)
def test_only_what_is_withdrawn_is_left_out(text: str, left: str) -> None:
    kept = corrected(text)
    assert kept.text == left
    assert "".join(text[i] for i in kept.places) == left


@given(st.text(alphabet="花会区市は、。\n・：年月日円0123456789「」（）　いやあ、", max_size=120))
def test_a_brief_is_cut_without_changing_a_letter(text: str) -> None:
    for clause in read_brief(text).clauses:
        assert text[clause.start : clause.end] == clause.text


def test_headings_of_lists_tables_and_lines() -> None:
    text = "【目的】花を増やす\n・費用：市 30万円\n一　方法　毎月植える\n| 責任 | けがは会 |\n役割\n区は広報"
    assert [(c.heading, c.text) for c in read_brief(text).clauses] == [
        ("目的", "花を増やす"),
        ("費用", "市 30万円"),
        ("方法", "毎月植える"),
        ("責任", "けがは会"),
        ("", "役割"),
        ("", "区は広報"),
    ]


def test_a_long_sentence_is_cut_where_its_matter_changes() -> None:
    text = "会が講師と板のデザイン、区が設置の許可を受け持ち、事業費150万円は区が6割、会が4割を出し、板が倒れて人がけがをしたときは区が賠償します"
    found = segments(text)
    assert "".join(text[a:b] for a, b, _ in found) == text
    assert [label for _, _, label in found] == ["roles", "cost", "liability"]


@pytest.mark.parametrize(
    ("text", "label", "told"),
    [
        ("区が12万円、会が3万円を負担します", "cost", True),
        ("総額は15万円です", "cost", False),  # nobody bears it
        ("費用の分担は別途協議して定める", "cost", False),
        ("責任の分担は別紙2のとおりとする", "liability", False),
        ("＿＿＿＿＿円", "cost", False),
        ("甲が責任を負う場合　〔要確認：責任の分担〕", "liability", False),
    ],
)
def test_an_item_is_told_by_its_content(text: str, label: str, told: bool) -> None:
    assert is_told(Clause(text, 0, len(text), labels=frozenset({label})), label) == told


def test_a_blank_and_a_later_talk_are_open() -> None:
    assert is_withheld(Clause("お金のことはこれから相談します", 0, 15))
    assert not is_withheld(Clause("毎月第2土曜に集会所で開きます", 0, 15))


def test_others_affairs_are_not_ours(embedder: E5) -> None:
    text = "毎月1回、集会所で体操をします。昨年は雨で三度中止になり、会計は5万円の赤字でした。"
    ours, earlier = labelled(read_brief(text), embedder).clauses[:2]
    assert is_ours(ours) and not is_ours(earlier)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("市から50万円、会から20万円、合わせて70万円と見積もりました。", True),
        ("秋は雨が多いので、開くのは年8回に減らしました。", True),
        ("昨年は総会で12万円の支出を決めました。", False),
        ("五年前は参加費を300円取り、60人が来ました。", False),
    ],
)
def test_what_was_settled_is_ours_and_what_is_over_is_not(embedder: E5, text: str, ours: bool) -> None:
    assert {is_ours(clause) for clause in labelled(read_brief(text), embedder).clauses} == {ours}


def test_items_of_one_line_have_their_headings() -> None:
    text = "団体：こけし座。ねらい：笑う人をふやす。予算：9万円。区6万円、会3万円。時刻は、10：30です。"
    assert [(c.heading, c.text) for c in read_brief(text).clauses] == [
        ("団体", "こけし座。"),
        ("ねらい", "笑う人をふやす。"),
        ("予算", "9万円。"),
        ("予算", "区6万円、会3万円。"),
        ("予算", "時刻は、10：30です。"),
    ]


def test_an_emoji_ends_a_statement_but_not_a_name() -> None:
    text = "こんにちは、「ほし🌙ぞら会」です🙋 毎月1回、星を見ます😊 楽しいよ"
    assert [c.text for c in read_brief(text).clauses] == [
        "こんにちは、「ほし🌙ぞら会」です🙋",
        "毎月1回、星を見ます😊",
        "楽しいよ",
    ]


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("緑区の「みどり坂の会」です。提案書をお願いします。", "partner", "みどり坂の会"),
        ("株式会社うみべ印刷と申します。", "partner", "株式会社うみべ印刷"),
        ("港北区地域振興課とNPO法人はなの輪で契約を結びます。", "unit", "港北区地域振興課"),
        ("「みどり坂の会」です。「朝の花市」という事業を行います。", "name", "朝の花市"),
        ("提案者：つばき商栄会（会長 田辺喜一）", "partner", "つばき商栄会"),
        ("泉区の「ずっと笑いたい」です。提案書をください。", "partner", "ずっと笑いたい"),
        ("配食をNPO法人ほたる舎にすべてお願いします。", "partner", "NPO法人ほたる舎"),
        ("福祉局と生活協同組合ゆめみなとの協定です。", "partner", "生活協同組合ゆめみなと"),
        ("栄区で活動する、かえで学舎という有志の集まりです。", "partner", "かえで学舎"),
        ("港南区で「ばあばの台所」をひらいています。", "partner", "ばあばの台所"),
        ("南区の「こだま会」副代表の森です。", "partner", "こだま会"),
        ("「そらいろラボ」と協定を結びます。", "partner", "そらいろラボ"),
        ("NPO法人くすのき旭に、通訳の派遣を頼む。", "partner", "NPO法人くすのき旭"),
        ("三軒の店で「まちの戸棚」という集まりを作りました。", "partner", "まちの戸棚"),
        ("栄区、NPO法人さざなみ、それから栄区商店会連合会の三者です。", "related", "栄区商店会連合会"),
        ("区と二人三脚で行きたいと、ブルースカイ合同会社は考えます。", "partner", "ブルースカイ合同会社"),
    ],
)
def test_parties_and_the_project(text: str, key: str, name: str) -> None:
    found = {given.key: given for given in reversed(find_parties(labelled(read_brief(text))))}
    assert found[key].text == name
    assert text[found[key].start : found[key].end] == name
