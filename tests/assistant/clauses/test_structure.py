"""Documents of every style cut into clauses: exact places, nothing lost, heading and article as people cite them."""

from __future__ import annotations

import random
import time

import pytest

from assistant.clauses.label import labelled
from assistant.clauses.paper import Paper
from assistant.clauses.structure import read_document

ARTICLES = """街路樹を見守る協働契約書

横浜市（以下「甲」という。）と欅の会（以下「乙」という。）は、次のとおり契約する。

第1章　総則
（目的）
第1条　木陰を守り、歩く人を増やす。甲乙はこれを分かち合う。
第２条（役割）　乙は見回りを、甲は剪定を行う。
２　乙は、枝の折れを見付けたときは、その日に知らせる。
第3条　甲は、次の事項を担う。
(1)　道具の貸出し
(2)　学校との連絡
第三条の二　期間は、令和9年4月1日から令和10年3月31日までとする。

　令和　　年　　月　　日
　甲　横浜市長　　　　　印
　乙　欅の会　会長　　　印

別紙　道具の一覧
鋸	3
"""


def found(text: str, kind: str = "contract") -> list[tuple[str, str, str]]:
    paper = read_document(text, kind)  # type: ignore[arg-type]
    return [(clause.article, clause.heading, clause.text) for clause in paper.clauses]


def lost(paper: Paper) -> str:
    """What is neither in a clause nor in a heading."""
    covered: set[int] = set()
    for start, end in [(x.start, x.end) for x in paper.clauses] + [(x.start, x.end) for x in paper.headings]:
        places = set(range(start, end))
        assert not covered & places, "a place stands in two spans"
        covered |= places
    return "".join(c for i, c in enumerate(paper.text) if i not in covered and not c.isspace()).strip("-|│_＿")


def test_articles_paragraphs_and_items() -> None:
    rows = found(ARTICLES)
    assert ("第1条", "目的", "木陰を守り、歩く人を増やす。") in rows
    assert ("第1条", "目的", "甲乙はこれを分かち合う。") in rows
    assert ("第2条第2項", "役割", "乙は、枝の折れを見付けたときは、その日に知らせる。") in rows
    assert ("第3条第2号", "総則", "学校との連絡") in rows
    assert ("第三条の二", "総則", "期間は、令和9年4月1日から令和10年3月31日までとする。") in rows


def test_parts_of_a_contract() -> None:
    paper = read_document(ARTICLES, "contract")
    assert paper.title == "街路樹を見守る協働契約書"
    assert [c.text[:3] for c in paper.within("preamble")] == ["横浜市"]
    assert [c.text[:2] for c in paper.within("signature")] == ["令和", "甲　", "乙　"]
    assert [c.article for c in paper.within("attachment")] == ["別紙"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("第１条の2 （見守り）乙は見回る。", ("第1条の2", "見守り", "乙は見回る。")),
        ("1条　趣旨\n池を守る。", ("1条", "趣旨", "池を守る。")),
        ("一、目的\n池を守る。\n二、費用\n甲が払う。", ("二", "費用", "甲が払う。")),
        ("1. 費用\n・甲が5万円\n・乙が3万円", ("1", "費用", "乙が3万円")),
        ("(2) お金の出し方\n市が払います。", ("(2)", "お金の出し方", "市が払います。")),
        ("ア．池を守る。\nイ．木を植える。", ("イ", "", "木を植える。")),
        ("①目的：池を守る", ("①", "目的", "池を守る")),
        ("■経費\n市が5万円", ("■経費", "経費", "市が5万円")),
        ("◎流れ……7月に集まる。", ("◎流れ", "流れ", "7月に集まる。")),
        ("・期間：2027年4月から", ("", "期間", "2027年4月から")),
        ("## 費用\n\n市が5万円出す。", ("費用", "費用", "市が5万円出す。")),
        ("| 項目 | 内容 |\n|---|---|\n| 目的 | 池を守る |", ("目的", "目的", "池を守る")),
        ("│3│期間│4月から│", ("3", "期間", "4月から")),
        ("目的\t池を守る", ("目的", "目的", "池を守る")),
        ("【費用】市が5万円出す。", ("【費用】", "費用", "市が5万円出す。")),
        ("【第4　補助】\n市が5万円出す。", ("第4", "補助", "市が5万円出す。")),
        ("（費用）\n市が5万円出す。", ("（費用）", "費用", "市が5万円出す。")),
        ("§D　費用\n市が5万円出す。", ("§D", "費用", "市が5万円出す。")),
        ("第4　委託料　　　　市が払う。", ("第4", "委託料", "市が払う。")),
        ("第4項　費用──市が払う。", ("第4項", "費用", "市が払う。")),
        ("第2章　運行\n　2-1　毎日走る。", ("2-1", "運行", "毎日走る。")),
        ("目標\n池を守る。\n\n費用\n市が払う。", ("費用", "費用", "市が払う。")),
        ("役割\n乙：掃除、見回り", ("役割", "役割", "乙：掃除、見回り")),
        ("Q4　お金の出し方は？\nA　市が払う。", ("Q4", "お金の出し方は？", "市が払う。")),
        ("池を守りたいと思います。市に払ってほしい！", ("", "", "市に払ってほしい！")),
    ],
)
def test_headings_of_many_styles(text: str, row: tuple[str, str, str]) -> None:
    assert row in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "第4条に定める額を支払う。",
        "第12条第1項の規定による。",
        "2027年5月から始める。",
        "一人で暮らす人を訪ねる。",
        "12,000円を払う。",
        "○○円を払う。",
        "甲：池を守る",
    ],
)
def test_no_number_is_read_where_none_is(text: str) -> None:
    assert found(text) == [("", "", text)]


def test_a_sentence_broken_over_lines_is_one_clause() -> None:
    text = "第1条　甲及び乙は、この協働の事業が地域の人々のつながりを深めることを\n目的とし、これを共に行う。\n第2条　終わり。"
    assert next(row[2] for row in found(text)).endswith("共に行う。")


def test_a_heading_alone_is_no_clause_but_is_kept() -> None:
    paper = read_document("（役割の分担）\n第3条\n第4条　終わる。", "contract")
    assert [clause.text for clause in paper.clauses] == ["終わる。"]
    assert next(heading.text for heading in paper.headings) == "役割の分担"


PIECES = [
    *ARTICLES.split("\n"),
    "|a|b|c|",
    "・x：y",
    "（z）",
    "令和　年　月　日",
    "附則",
    "A：1。2",
    "「。」。",
    "＿＿＿円",
]


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_lost_in_any_order_of_lines(seed: int) -> None:
    """Exact places and no character lost, whatever stands beside what."""
    pieces = random.Random(seed).choices(PIECES, k=60)
    paper = read_document("\n".join(pieces), "contract")
    assert lost(paper) == ""
    assert all(paper.text[clause.start : clause.end] == clause.text for clause in paper.clauses)


def test_the_time_grows_with_the_document_and_not_faster() -> None:
    def seconds(characters: int) -> float:
        text = (ARTICLES * 400)[:characters]
        begun = time.process_time()
        read_document(text, "contract")
        return time.process_time() - begun

    assert min(seconds(100_000) for _ in range(3)) < 8 * min(seconds(25_000) for _ in range(3))


def test_labels_are_what_the_classifier_says() -> None:
    paper = labelled(read_document("第4条　委託料は80万円とし、全額を甲が負担する。", "contract"))
    assert paper.of("cost") == list(paper.clauses)
