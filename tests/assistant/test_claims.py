"""What a claim may say of its quotation, case by case, and properties that hold for any number or name."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.claims import Claim, failed_check, gather, parse_claims
from assistant.chat.facts import flat, has_contact, negations, number_in, numbers
from assistant.records import Piece

KNOWN = ("青葉区", "緑区", "港南区", "南区", "区政推進課", "地域振興課")
CONTRACT = (
    "前項の協働契約には、事業目的、事業の進め方並びに役割、費用及び責任の分担その他規則で定める事項を定めるものとする。"
)
EXCEPT = "市は、市民協働事業を行う場合は、規則で定める軽易なものを除き、市民等と協働契約を締結するものとする。"
ROAD = "地域団体が、身近な道路の清掃や美化活動等のボランティア活動を行い、横浜市はごみ処分や清掃用具の提供等を支援。"
MEMBERS = "（協働の相手方：活動人数が概ね10名以上で活動範囲が概ね100m以上であること等を満たす団体）"
USE = "補助金の交付を受けた者は、当該補助金を他の用途に使用してはならない。"
WARDS = "青葉区は3件、緑区は5件、港南区は8件の事業を行いました。"
FREE = "参加者は、費用を負担しない。"
PERIOD = "申請は令和2年4月1日から3月31日まで受け付ける。"
UNLESS = "ただし、市長が認めるときは、この限りでない。"
CENTER = "市庁舎1階に「横浜市市民協働推進センター」を開設し、総合相談窓口事業、情報活用事業などを行いました。"
REPORT = "市は、毎年度、市民団体に報告書を提出する。"
PART = "市民活動団体のうち、特定非営利活動法人は5件です。"
ROWS = "企業 9件\t2,622,110円"
LEAD = "市は、次に掲げる活動を支援しない。"
LISTED = "宗教の活動、政治の活動を行うもの。"
EITHER = "申請は窓口又は郵送で行う。"
PLANS = "令和3年度は、青葉区地域振興課が講座を開催する予定です。緑区区政推進課は、朝市を開催できる。"


def _piece(said: str, n: int = 0) -> Piece:
    return Piece(id=f"c/{n}", chunk_id="c", quote=said, said=said, locator="", kind="sentence")


@dataclass(frozen=True)
class Case:
    quote: str
    text: str
    fails: str | None = None
    question: str = ""
    chunk: tuple[str, ...] = ()
    place: str = "手引き"


def outcome(case: Case) -> str | None:
    """None if any piece of the quotation proves the claim, else the check that failed at the first."""
    pieces = [_piece(said, n) for n, said in enumerate(case.chunk or (case.quote,))]
    claim = Claim(passage=1, quote=case.quote, text=case.text)
    found = gather(claim, pieces, case.question, case.place, KNOWN)
    failed = [failed_check(case.text, evidence) for evidence in found]
    return None if None in failed else (failed or ["quote"])[0]


HONEST = [
    Case(REPORT, "市は、報告書を提出します。"),
    Case(REPORT, "市が市民団体に報告書を提出します。"),
    Case(CONTRACT, "協働契約には、事業目的、事業の進め方、役割、費用及び責任の分担その他規則で定める事項を定めます。"),
    Case(CONTRACT, "協働契約には、事業目的や事業の進め方、役割・費用・責任の分担などを定める必要があります。"),
    Case(EXCEPT, "市は市民協働事業を行う場合、軽易なものを除き、市民等と協働契約を締結します。"),
    Case(ROAD, "地域団体が道路の清掃や美化活動を行い、横浜市がごみ処分や清掃用具の提供等を支援します。"),
    Case(MEMBERS, "相手方は、活動人数が概ね10名以上で、活動範囲が概ね100m以上の団体です。"),
    Case(USE, "補助金の交付を受けた者は、補助金を他の用途に使用してはなりません。"),
    Case(WARDS, "緑区は5件の事業を行いました。", question="緑区の件数は"),
    Case(FREE, "参加者は費用を負担しません。"),
    Case(PERIOD, "申請は令和2年4月1日から受け付けます。"),
    Case("企業 9件\t2,622,110円", "企業は9件です。"),
    Case(
        PLANS, "緑区区政推進課は朝市を開催できます。", "condition"
    ),  # the quotation takes in the plan of another ward …
    Case(
        "緑区区政推進課は、朝市を開催できる。", "緑区区政推進課は朝市を開催できます。", chunk=(PLANS,)
    ),  # … a closer one does not
    Case("ハンドブック「Let's 協働入門」より", "ハンドブック「Let's 協働入門」です。"),
    Case("協働契約には、事業目的", "協働契約には、事業目的を定めます。", chunk=(CONTRACT,)),
]

LIES = [
    Case(CONTRACT, "協働契約には、事業目的を定めません。", "negation"),
    Case(CONTRACT, "協働契約には、事業目的を定めてはいけません。", "negation"),
    Case(CONTRACT, "協働契約には、5つの事項を定めます。", "number"),
    Case(CONTRACT, "協働契約には、必ず事業目的を定めます。", "word"),
    Case(EXCEPT, "市は市民協働事業を行う場合、市民等と協働契約を締結します。", "condition"),
    Case(ROAD, "横浜市は1,000円の補助金を支給します。", "number"),
    Case(ROAD, "田中太郎さんが道路の清掃を行います。", "word"),
    Case(ROAD, "ドリームハマの地域団体が道路の清掃を行います。", "word"),
    Case(ROAD, "地域団体が道路の清掃を行えます。", "voice"),
    Case(ROAD, "地域団体が道路の清掃を支援されます。", "voice"),
    Case(ROAD, "地域団体が道路の清掃を行うそうです。", "word"),
    Case(ROAD, "地域団体が道路の清掃を行いました。", "voice"),
    Case(ROAD, "地域団体が道路の清掃を行うことができます。", "added"),
    Case(WARDS, "緑区は5件の事業を行います。", "voice"),
    Case(MEMBERS, "相手方は、活動人数が概ね100名以上の団体です。", "number"),
    Case(MEMBERS, "活動人数が概ね10名以下の団体です。", "number"),
    Case(MEMBERS, "活動人数が概ね10名の団体です。", "number"),
    Case(USE, "補助金を他の用途に使用してもよいです。", "negation"),
    Case(USE, "補助金を他の用途に使用できます。", "negation"),
    Case(WARDS, "緑区は3件の事業を行いました。", "number_of"),
    Case(WARDS, "南区の事業を行いました。", "name"),
    Case(WARDS, "南区は8件の事業を行いました。", "number_of"),
    Case(WARDS, "青葉区区政推進課は事業を行いました。", "name"),
    Case(WARDS, "合計で16件の事業を行いました。", "number"),
    Case(WARDS, "青葉区は三件の事業を行いました。", "number"),
    Case(FREE, "参加者は費用を負担します。", "negation"),
    Case(FREE, "参加者は費用を負担しないことはありません。", "negation"),
    Case(PERIOD, "申請は3月1日まで受け付けます。", "number"),
    Case(PERIOD, "申請は平成2年4月1日から受け付けます。", "number"),
    Case(PERIOD, "申請は令和2年4月1日から受け付けます。", "negation", chunk=(PERIOD, UNLESS)),
    Case(REPORT, "市民団体は市に報告書を提出します。", "order"),
    Case(REPORT, "市に市民団体は報告書を提出します。", "order"),
    Case(REPORT, "報告書は市が市民団体に提出します。", "order"),
    Case(PART, "市民活動団体は5件です。", "number_of"),  # a part for the whole
    Case(ROWS, "企業は721件です。", "number", question="寄附は721件ですか", place="寄附 721件"),
    Case(LISTED, "市は宗教の活動を行います。", "negation", chunk=(LEAD + LISTED,)),
    Case(LISTED, "政治の活動は対象です。", "word", question="対象は", place="対象とならないもの"),
    Case(CONTRACT, "協働契約には、*事業目的*を定めます。", "one_sentence"),
    Case(CONTRACT, "協働契約には、事業目的を含みます。", "word"),
    Case(EITHER, "申請は窓口かつ郵送で行います。", "added"),
    Case(CONTRACT, "協働契約には、事業目的または費用を定めます。", "added"),
    Case(CONTRACT, "協働契約には、事業目的を定めてください。", "added"),
    Case(CONTRACT, "協働契約には、事業目的を定めますか？", "one_sentence"),
    Case(CONTRACT, "協働契約には、\u202e事業目的を定めます。", "one_sentence"),
    Case(CONTRACT, "協働契約には、٣件の事業目的を定めます。", "one_sentence"),
    Case(CONTRACT, "協働契約には、❸事業目的を定めます。", "one_sentence"),
    Case("第二の事業は青葉区の花壇です。", "二つの事業は青葉区の花壇です。", "number"),
    Case("ボランティアバンクは道路の清掃を行う。", "ボランティアは道路の清掃を行います。", "foreign_name"),
    Case(CENTER, "市庁舎2階に開設しました。", "number"),
    Case(CENTER, "「横浜市推進センター」を開設しました。", "name"),
    Case(CENTER, "問合せは045-123-4567です。", "contact"),
    Case(CENTER, "詳しくはhttps://example.com/の総合相談窓口事業をご覧ください。", "contact"),
    Case(CENTER, "はい、そのとおりです。", "shared"),
    Case(CENTER, "はい", "shared"),
    Case(CENTER, "総合相談窓口事業を行いました。情報活用事業を行いました。", "one_sentence"),
    Case(CENTER, "総合相談窓口事業を<b>行いました</b>。", "one_sentence"),
    Case(CENTER, "総合相談窓口事業を行いました［1］。", "one_sentence"),
    Case(PLANS, "青葉区区政推進課が講座を開催する予定です。", "run"),
    Case("緑区区政推進課は、朝市を開催できる。", "青葉区地域振興課は、朝市を開催できる。", "name", chunk=(PLANS,)),
    Case("費用を負担", "参加者は費用を負担します。", "quote", chunk=(FREE,)),
    Case("参加者は、費用を負担", "参加者は費用を負担します。", "negation", chunk=(FREE,)),  # the ない cut off
    Case("この文は資料にありません。", "この文は資料にあります。", "quote", chunk=(FREE,)),
    Case("3\t5\t7件 個人の件数", "個人の件数は35件です。", "number"),
    Case(
        "青葉区の花壇は補助金を受けた。緑区の朝市は中止した。",
        "青葉区の花壇は中止した。",
        "word",
        chunk=("青葉区の花壇は補助金を受けた。", "緑区の朝市は中止した。"),
    ),
]


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.text)
def test_what_the_quotation_says_may_be_said(case: Case) -> None:
    assert outcome(case) == case.fails


@pytest.mark.parametrize("case", LIES, ids=lambda case: case.text)
def test_what_the_quotation_does_not_say_falls(case: Case) -> None:
    assert case.fails is not None
    assert outcome(case) == case.fails


def test_words_of_the_question_count_only_where_a_heading_has_them() -> None:
    said = "旭区の参加者は費用を負担しません。"
    assert outcome(Case(FREE, said, question="旭区では", place="旭区の手引き")) is None
    assert outcome(Case(FREE, said, question="旭区では", place="緑区の手引き")) is not None
    assert outcome(Case(FREE, said, question="旭区では", place="旭区ではない区の手引き")) is not None
    assert outcome(Case(FREE, said, place="旭区の手引き")) is not None


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["件", "円", "名", "年度", "条"]))
def test_no_number_that_is_not_there(number: int, unit: str) -> None:
    if (number, unit) not in {(3, "件"), (5, "件"), (8, "件")}:
        assert outcome(Case(WARDS, f"青葉区は{number}{unit}の事業を行いました。")) is not None


@given(st.text(alphabet="桜山川田中佐藤翼光希望森林会社団体協議センター青葉緑港南区課局", min_size=1, max_size=8))
def test_no_name_put_together_anew(name: str) -> None:
    if flat(name) not in flat(WARDS):
        assert outcome(Case(WARDS, f"{name}は3件の事業を行いました。")) is not None


@given(st.text(max_size=40))
def test_any_text_is_judged_without_raising(text: str) -> None:
    outcome(Case(WARDS, text[:200]))
    outcome(Case(text, "青葉区は3件です。", chunk=(WARDS, text)))


@pytest.mark.parametrize(
    ("reply", "readable"),
    [
        ('{"claims": []}', True),
        ('```json\n{"claims": []}\n```', True),
        ('```\n{"claims": []}\n```', True),
        ('<think>{"claims": 1}</think>\n{"claims": []}', True),
        ("", False),
        ("答えは12件です。", False),
        ('{"claims": [', False),
        ('{"claims": {}}', False),
        ('{"claims": [{"passage": "1", "quote": "a", "text": "b"}]}', False),
        ('{"claims": [{"passage": 1, "quote": "a"}]}', False),
        ('{"claims": [], "answer": "12件です"}', False),
        ("[" * 100_000, False),
        ('{"claims": NaN}', False),
    ],
)
def test_only_what_was_asked_for_is_read(reply: str, readable: bool) -> None:
    assert (parse_claims(reply) is not None) is readable


def test_too_many_claims_are_not_read() -> None:
    one = {"passage": 1, "quote": WARDS, "text": "青葉区は3件です。"}
    assert parse_claims(json.dumps({"claims": [one] * 20})) is not None
    assert parse_claims(json.dumps({"claims": [one] * 10_000})) is None


@pytest.mark.parametrize(
    ("text", "number", "there"),
    [
        ("令和2年4月1日", "4月1日", True),
        ("令和2年4月1日", "2年", True),
        ("令和2年4月1日", "平成2年", False),
        ("条例第12条第2項", "第12条", False),  # the article is more than its paragraph
        ("1億2千万円", "2千万円", False),
        ("最大100万円", "100万円", False),
        ("３０人以上", "30人以上", True),
        ("30人以上", "30人", False),
        ("1,000円", "1000円", True),
        ("35件", "5件", False),
    ],
)
def test_numbers_compare_with_all_that_belongs_to_them(text: str, number: str, there: bool) -> None:
    assert all(number_in(n, numbers(text)) for n in numbers(number)) is there
    assert numbers(number)


def test_a_duty_is_no_negation() -> None:
    assert not negations("届け出なければなりません。")
    assert negations("届け出ません。").total() == negations("届け出ない。").total() == 1


@pytest.mark.parametrize(
    "text", ["045-750-2390", "(045) 750 2390", "a@b.jp", "〒231-0005", "www.example", "問い合わせ先は窓口"]
)
def test_contact_data_is_seen(text: str) -> None:
    assert has_contact(text)
    assert not has_contact("29,528,000円と2020年度の電話相談100,000件")
