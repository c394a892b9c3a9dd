"""The typed records of the report, against what the client's reading of it says (SYSTEMS.md, TRAPS.md)."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.records import DirectoryRecord, Records
from assistant.text import compact
from ingest.run import Run

PROJECTS = dict(
    re.findall(
        r"(\S+?)(\d+)(?:\s|$)",
        "鶴見区5 神奈川区5 西区5 中区4 南区6 港南区8 保土ケ谷区9 旭区14 磯子区9 金沢区10 港北区5 緑区2 青葉区6 都筑区13 "
        "戸塚区7 栄区4 泉区1 瀬谷区5 温暖化対策統括本部3 政策局4 総務局2 市民局10 文化観光局1 経済局4 こども青少年局7 "
        "健康福祉局9 医療局2 環境創造局7 資源循環局2 建築局2 都市整備局6 道路局5 港湾局2 消防局1 水道局1 教育委員会事務局17",
    )
)
# Entries that pay money or goods' worth of money to groups, by hand (SYSTEMS.md 004-D).
PAYING = [
    "W001",
    "W002",
    "W006",
    "W007",
    "W008",
    "W013",
    "W023",
    "W028",
    "W036",
    "W040",
    "W043",
    "W052",
    "W053",
    "W054",
    "W062",
    "W063",
    "W064",
    "W071",
    "W072",
    "W073",
    "W074",
    "W078",
    "W081",
    "W085",
    "W097",
    "W098",
    "W102",
    "W104",
    "W105",
    "W110",
    "W113",
    "W116",
    "W117",
    "B001",
    "B008",
    "B009",
    "B011",
    "B012",
    "B015",
    "B026",
    "B033",
    "B042",
    "B047",
    "B048",
    "B049",
    "B054",
    "B055",
    "B067",
    "B068",
]
FIELDS = {
    "市民活動・地域活動": 70,
    "環境の保全": 33,
    "保健・医療・福祉": 23,
    "まちづくりの推進": 23,  # printed 22
    "子ども・青少年の健全育成": 18,
    "文化・スポーツ・生涯学習の振興": 15,  # printed 16
    "人権・男女共同参画": 5,
    "防災・災害救援活動": 6,
    "経済活動の活性化・消費生活": 6,
    "防犯・地域安全活動": 2,
    "その他調査・研究等": 2,
}


@pytest.fixture(scope="module")
def records(built: Run) -> Records:
    return built.records


def _by_id(records: Records, identity: str) -> DirectoryRecord:
    return next(r for r in records.directory if r.id == identity)


def test_the_directory_has_203_projects(records: Records) -> None:
    counted = Counter(r.organization for r in records.directory)
    assert counted == {name: int(n) for name, n in PROJECTS.items()}
    assert sum(r.organization.endswith("区") for r in records.directory) == 118
    assert len(records.directory) == 203


def test_fields_are_counted_not_copied(records: Records) -> None:
    assert Counter(r.field for r in records.directory) == FIELDS


def test_who_pays(records: Records) -> None:
    paying = [r.id for r in records.directory if r.support in ("補助金", "助成金", "奨励・謝金")]
    assert paying == PAYING


def test_every_record_is_complete(records: Records) -> None:
    for r in records.directory:
        assert r.divisions and all(d.endswith(("課", "センター", "館")) for d in r.divisions), r
        assert r.name and r.field and r.summary, r
        assert "本編" not in r.summary[:25], "a cross reference must be resolved"
        assert "<p" not in r.summary + r.partner and "**" not in r.name
        assert r.locator.startswith("資-") and r.organization in r.locator
    assert [r.id for r in records.directory if not r.partner] == ["B010"]  # ⑭ has its partners in a table


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("W008", {"divisions": ("区政推進課", "地域振興課"), "organization": "神奈川区"}),
        ("W027", {"name": "こうなんの「エコ活。」推進事業"}),
        ("W032", {"name": "港南区民活動支援センターブランチ事業", "aliases": ("港南区民活動支援センターランチ事業",)}),
        ("W043", {"divisions": ("区政推進課", "福祉保健課", "高齢・障害支援課")}),
        ("W045", {"name": "ホテルの舞う里づくり", "aliases": ("ホタルの舞う里づくり",)}),
        ("W086", {"name": "フラワーダイアログあおば事業～花と緑の風土づくり～", "contract_no": 9}),
        ("B002", {"divisions": ("SDGs未来都市推進課",), "contract_no": 12}),
        ("B050", {"divisions": ("3R推進課",), "partner": "横浜メディアビジネス総合研究所(YMBL)"}),
        ("B082", {"divisions": ("都筑図書館",), "organization": "教育委員会事務局"}),
        ("B083", {"divisions": ("市立図書館全館",)}),
        ("B084", {"divisions": ("市立図書館14館",)}),
        ("B061", {"partner": "活動人数が概ね10名以上で活動範囲が概ね100m以上であること等を満たす団体"}),
    ],
)
def test_difficult_entries(records: Records, identity: str, expected: dict[str, object]) -> None:
    record = _by_id(records, identity).model_dump()
    assert {key: record[key] for key in expected} == expected


def test_both_lectures_of_the_same_library_are_kept(records: Records) -> None:
    same = [r for r in records.directory if r.divisions == ("南図書館",)]
    assert len(same) == 2
    assert len({r.partner for r in same}) == 2
    assert len({r.chunk_id for r in same}) == 2


def test_31_cross_references_resolve(built: Run, records: Records) -> None:
    resolved = [r for r in records.directory if r.contract_no]
    assert sorted(r.contract_no or 0 for r in resolved) == list(range(1, 32))
    chunks = {c.id: c for c in built.chunks}
    for record in resolved:
        assert "ご参照ください" in chunks[record.chunk_id].text, "the stored text stays as it is"
        assert record.summary[:30] in compact(chunks[record.chunk_id].search_text) or record.summary[:10] in (
            chunks[record.chunk_id].search_text
        )


def test_the_31_contracts(records: Records) -> None:
    contracts = records.contracts
    assert [c.number for c in contracts] == list(range(1, 32))
    assert Counter(c.form for c in contracts) == {"委託型": 20, "負担金型": 7, "補助型": 2, None: 2}
    assert [c.number for c in contracts if c.form is None] == [14, 15]
    assert [c.number for c in contracts if c.form == "補助型"] == [16, 25]
    assert Counter(c.proposer for c in contracts) == {"横浜市": 27, "市民等": 4}
    assert [c.number for c in contracts if c.proposer == "市民等"] == [9, 16, 25, 29]
    assert sum(c.count for c in contracts) == 77
    assert [c.number for c in contracts if c.new] == [4, 7, 13, 15, 16, 17, 18, 19, 21, 22, 30]
    assert max(contracts, key=lambda c: max(c.amounts_yen, default=0)).number == 24
    assert contracts[23].amounts_yen == (1_003_209_104,)


def test_contract_pages_follow_the_rule_of_the_text(records: Records) -> None:
    for contract in records.contracts:
        n = contract.number
        assert contract.page == ("24～25" if n == 14 else str(n + 10 if n <= 13 else n + 11))


def test_contract_partners(records: Records) -> None:
    partners = {c.number: c.partners for c in records.contracts}
    assert len(partners[15]) == 17
    assert partners[11] == ("特定非営利活動法人 ワーカーズわくわく", "特定非営利活動法人 でっかいそら")
    assert len(partners[12]) == 1 and "凸版印刷株式会社" in partners[12][0]
    assert len(partners[30]) == 4
    assert partners[31] == ("特定非営利活動法人 市民セクターよこはま", "横浜市住宅供給公社")


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("分野別", ("4", "まちづくりの推進に関する事業", "12", "11", "22")),
        ("寄附", ("企業 9件", "2,622,110円")),
        ("《地域運営補助金》", ("活用地区数", "125地区", "115地区", "110地区", "100地区", "70地区")),
        (
            "研修",
            (
                "②",
                "新任責任職（課長・課長補佐・係長・専任職）研修",
                "採用・昇任等の機会において「協働」の基本を理解することに加え、取り組む際のポイント等を学ぶ。",
                "489名",
            ),
        ),
        ("交付実績", ("Bコース（他の市民公益活動団体の新たな事業展開を支援する事業への助成）", "13件", "11,066,983円")),
        ("一覧", ("⑯", "市民等", "広域大規模災害時における行政、社協、NPO等の連携体制構築（新規）", "市民局", "1件")),
        ("拠点事業", ("緑区", "いっぽ", "特定非営利活動法人 グリーンママ")),
        ("局間連携", ("総務局", "研修での連携")),
        (
            "事業実績",
            (
                "Web展示会",
                "3月1日～31日",
                "8校/11校 (大曾根小、北綱島小、新吉田第二小、高田東小、新羽小、太尾小、大豆戸小、師岡小)",
            ),
        ),
    ],
)
def test_tables(records: Records, title: str, row: tuple[str, ...]) -> None:
    assert any(row in table.rows for table in records.tables if title in table.title)


def test_tables_are_rectangular(records: Records) -> None:
    for table in records.tables:
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows), table.id


def test_a_number_keeps_its_footnote(built: Run) -> None:
    said = [p.said for p in built.pieces if "321,457" in p.said] + [
        c.search_text for c in built.chunks if "321,457" in c.search_text
    ]
    assert any("事前着手に伴う、事務的経費" in text for text in said)


def test_the_ordinance(records: Records) -> None:
    (law,) = records.ordinances
    main = [a for a in law.articles if not a.supplementary]
    assert law.title == "横浜市市民協働条例"
    assert [a.number for a in main] == [str(n) for n in range(1, 23)]
    assert [len(a.paragraphs) for a in main] == [1, 5, 2, 2, 1, 5, 4, 1, 2, 2, 2, 2, 1, 1, 2, 2, 3, 2, 2, 1, 1, 1]
    captions = {a.number: a.caption for a in main}
    assert captions["12"] == "協働契約"
    assert captions["1"] == "目的"
    assert [len(a.paragraphs[-1].items) for a in main if a.number in ("5", "8", "18")] == [4, 5, 3]
    assert main[7].chapter == "第2章 市民協働" and main[7].division == "第2節 市民協働事業"
    extra = [a for a in law.articles if a.supplementary]
    assert [(a.number, a.caption) for a in extra] == [("1", "施行期日"), ("2", "適用"), ("3", "見直し")]
    assert "平成25年2月規則第13号" in extra[0].paragraphs[0].text


def test_the_error_of_article_14_is_not_mended(built: Run) -> None:
    text = next(c.text for c in built.chunks if c.record == "article:14")
    assert "とななければならない" in text
