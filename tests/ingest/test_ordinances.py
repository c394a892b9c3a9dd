"""Ordinances of made-up municipalities, each in another style: what they say as sections and records."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law_records import Article, Item, OrdinanceRecord
from assistant.records import Source
from ingest.document import Document, Section
from ingest.layout import Layout
from ingest.structure.ordinance import looks_like_ordinance, ordinance_title, split_ordinance
from ingest.structure.ordinance.dates import days, effective, numbers

FOLDER = Path(__file__).parent / "ordinances"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def split(text: str, title: str = "") -> tuple[list[Section], OrdinanceRecord]:
    document = Document(Source(id="test", title=title), text, Layout())
    return split_ordinance(document, 0, len(text), title=title, where="")


def of(name: str) -> tuple[list[Section], OrdinanceRecord]:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    return split(text, text.split("\n")[0].lstrip("○"))


def article(record: OrdinanceRecord, number: str) -> Article:
    return next(a for a in record.articles if a.number == number and not a.supplementary)


def shown(items: tuple[Item, ...]) -> list[object]:
    """Items as printed, each with what is nested in it."""
    return [part for item in items for part in (item.shown, *([shown(item.items)] if item.items else []))]


@pytest.mark.parametrize("name", NAMES)
def test_every_style_is_recognised_and_tiled(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    sections, record = of(name)
    assert looks_like_ordinance(text)
    assert (sections[0].start, sections[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(sections))
    assert len({s.key for s in sections}) == len(sections)
    assert {a.section for a in record.articles} <= {s.key for s in sections}


@pytest.mark.parametrize("name", NAMES)
def test_articles_are_word_for_word(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")

    def words(items: tuple[Item, ...]) -> list[str]:
        return [word for item in items for word in (item.text, *words(item.items))]

    for one in of(name)[1].articles:
        for paragraph in one.paragraphs:
            for said in [paragraph.text, *words(paragraph.items)]:
                assert all(line in text for line in said.split("\n")), said


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("sakuraoka", "1 2 3 3の2 4 5 6 7 8"),
        ("sakuraoka-rule", "1 2 3"),
        ("minato-rule", "1 2 3 4 5 6"),
        ("umibe-guideline", "1 2 3 4"),
        ("yamazato-office", "1 2 3 4"),
        ("tsukigase-wrapped", "1 2 4 5"),
        ("kazahaya-front", "1 2 3 4 5 6 7 8 9の2"),
        ("hinoki-short", "1 2 3"),
    ],
)
def test_articles_are_found_and_nothing_else(name: str, articles: str) -> None:
    """Neither the 目次, nor a wrapped line that begins with 第4条第2項の, nor a 第1条 inside a form is an article."""
    record = of(name)[1]
    assert [a.number for a in record.articles if not a.supplementary] == articles.split()


@pytest.mark.parametrize(
    ("name", "number", "promulgated", "in_force", "municipality", "kind"),
    [
        ("sakuraoka", "桜丘市条例第12号", "2013-03-26", "2021-04-01", "桜丘市", "条例"),
        ("sakuraoka-rule", "規則第9号", "2013-03-29", "2013-04-01", "桜丘市", "条例施行規則"),
        ("minato-rule", "規則第4号", "2019-06-28", "2023-04-01", "湊市", "規則"),
        ("umibe-guideline", "告示第41号", "2018-05-10", "2018-05-10", "海辺町", "要綱"),
        ("yamazato-office", "訓令第2号", "2016-02-01", "2016-04-01", "山里村", "規程"),
        ("tsukigase-wrapped", "条例第26号", "1988-12-20", "1989-05-01", "月ケ瀬町", "条例"),
        ("kazahaya-front", "条例第30号", "2022-12-15", "2023-04-01", "風早市", "条例"),
        ("hinoki-short", "条例第5号", "2024-03-08", "2024-03-08", "檜原台村", "条例"),
    ],
)
def test_what_an_ordinance_says_of_itself(
    name: str, number: str, promulgated: str, in_force: str, municipality: str, kind: str
) -> None:
    record = of(name)[1]
    told = (record.number, record.promulgated, record.in_force_from, record.municipality, record.kind)
    assert told == (number, promulgated, in_force, municipality, kind)


def test_headings_captions_and_remarks() -> None:
    record = of("sakuraoka")[1]
    fourth = article(record, "4")
    told = (fourth.part, fourth.chapter, fourth.division, fourth.caption)
    assert told == ("第一編　総論", "第二章　話合いの場", "第一節　地域円卓会議", "地域円卓会議")
    assert article(record, "3の2").label == "第3条の2"
    assert article(record, "3の2").remarks == ("令三条例一一・追加",)
    assert article(record, "7").chapter == "" and article(record, "7").part == "第二編　雑則"
    assert article(of("kazahaya-front")[1], "5").subdivision == "第2款　約束書 第1目　作り方"
    assert [article(of("kazahaya-front")[1], n).caption for n in "123"] == ["目的", "用語", "提案"]
    assert [article(of("yamazato-office")[1], n).caption for n in "123"] == ["設置", "任務", "組織"]
    assert article(of("umibe-guideline")[1], "3").label == "第3"


def test_items_nest_by_their_kind() -> None:
    assert shown(article(of("sakuraoka")[1], "2").paragraphs[0].items) == ["一", ["イ", "ロ"], "二"]
    second = article(of("minato-rule")[1], "2")
    assert shown(second.paragraphs[0].items) == ["(1)", "(2)", ["ア", "イ", ["(ア)", "(イ)"]], "(3)"]
    assert [p.text[:5] for p in second.paragraphs] == ["補助金の額", "前項の補助", "市長は、予"]
    office = of("yamazato-office")[1]
    assert shown(article(office, "2").paragraphs[0].items) == ["①", "②", ["a", "b"]]
    assert [p.number for p in article(office, "3").paragraphs] == [1, 2, 3]
    wrapped = article(of("tsukigase-wrapped")[1], "2")
    assert wrapped.paragraphs[1].items[0].text == "公の秩序を乱すおそれが\nあるとき。"


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("（平26条例12・一部改正）", "平26条例12・一部改正"),
        ("（令三条例一一・追加、令五条例三・旧第五条繰下）", "令三条例一一・追加、令五条例三・旧第五条繰下"),
        ("一部改正〔平成26年条例12号〕", "一部改正〔平成26年条例12号〕"),
        ("（第三者からの追加）", ""),
        ("（計画の改正）", ""),
    ],
)
def test_remarks_on_amendments_are_no_captions(line: str, remark: str) -> None:
    record = split(f"第1条　市は、一を行う。\n{line}\n第2条　市は、二を行う。\n第3条　市は、三を行う。")[1]
    assert record.articles[0].remarks == ((remark,) if remark else ())
    assert record.articles[1].caption == ("" if remark else line[1:-1])


def test_deleted_branches_are_each_found() -> None:
    record = split("第1条　一。\n第1条の2から第1条の4まで　削除\n第2条　二。\n第3条及び第4条　削除\n第5条　五。")[1]
    assert [(a.number, a.deleted) for a in record.articles] == [
        ("1", False),
        ("1の2", True),
        ("1の3", True),
        ("1の4", True),
        ("2", False),
        ("3", True),
        ("4", True),
        ("5", False),
    ]


def test_supplementary_provisions_have_days_of_their_own() -> None:
    record = of("sakuraoka")[1]
    assert [(p.label, p.effective) for p in record.provisions] == [
        ("", "2013-04-01"),
        ("平成二七年三月二五日条例第八号", "2015-03-25"),
        ("令和三年三月二四日条例第十一号", "2021-04-01"),
    ]
    own = [(a.provision, a.label, a.caption) for a in record.articles if a.supplementary]
    assert own == [
        (0, "第1項", "施行期日"),
        (0, "第2項", "経過措置"),
        (1, "", ""),
        (2, "第1条", "施行期日"),
        (2, "第2条", "経過措置"),
    ]
    assert [(a.date, a.number) for a in record.amendments] == [
        ("2015-03-25", "条例第8号"),
        ("2021-03-24", "条例第11号"),
    ]
    excerpt = [a.number for a in of("minato-rule")[1].articles if a.supplementary]
    assert excerpt == ["", "1", "3"]


def test_appendices_and_deleted_articles() -> None:
    assert [(a.name, a.articles) for a in of("sakuraoka")[1].appendices] == [
        ("別表第1", ("4",)),
        ("別表第2", ("2", "3の2")),
    ]
    forms = of("minato-rule")[1].appendices
    assert [(a.name, a.articles) for a in forms] == [("様式第1号", ("3",)), ("様式第2号", ("6",))]
    assert [a.name for a in of("umibe-guideline")[1].appendices] == ["別記様式"]
    record = of("kazahaya-front")[1]
    assert [a.number for a in record.articles if a.deleted] == ["6", "7", "8"]
    assert len({article(record, n).section for n in "678"}) == 1


def test_the_contents_and_the_preamble_are_sections_of_their_own() -> None:
    sections = of("sakuraoka")[0]
    assert [(s.locator, s.searchable) for s in sections[:4]] == [
        ("公布文", True),
        ("目次", False),
        ("前文", True),
        ("第1条", True),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("平成25年4月1日", ["2013-04-01"]),
        ("令和元年６月２８日", ["2019-06-28"]),
        ("昭和六十三年十二月二十日", ["1988-12-20"]),
        ("平成25年2月規則第13号により同年4月1日から施行", ["2013-02", "2013-04-01"]),
        ("2024年3月8日", ["2024-03-08"]),
        ("令和3年度", []),
    ],
)
def test_days(text: str, found: list[str]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("この条例は、平成25年4月1日から施行する。", "2013-04-01"),
        ("この条例は、公布の日から施行する。", "2012-12-20"),
        ("この条例は、規則で定める日から施行する。", ""),
        ("この条例は、規則で定める日から施行する。\n(平成25年2月規則第13号により同年4月1日から施行)", "2013-04-01"),
        ("この要綱は、令和2年5月7日から実施し、同年4月1日から適用する。", "2020-05-07"),
        ("この条例は、公布の日から起算して3月を超えない範囲内で規則で定める日から施行する。", ""),
        ("前項の規定は、なおその効力を有する。", ""),
    ],
)
def test_from_when_it_is_in_force(text: str, day: str) -> None:
    assert effective([text], "2012-12-20") == day


def test_numbers_are_told_without_their_day() -> None:
    assert numbers("（令和3年3月25日条例第12号）") == ["条例第12号"]
    assert numbers("平成二十五年桜丘市条例第十二号") == ["桜丘市条例第12号"]


@pytest.mark.parametrize("name", NAMES)
def test_an_ordinance_bears_its_title(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    title = text.split("\n")[0].lstrip("○")
    assert ordinance_title(text) == title
    assert ordinance_title(f"例規集\n\n## {text}") == title
    assert ordinance_title(text.replace(title, "")) == ""


def test_a_handbook_that_quotes_an_ordinance_is_none() -> None:
    lines = [f"{n}番目の説明です。" for n in range(200)] + [f"第{n}条　市は、{n}を行う。" for n in range(1, 9)]
    assert not looks_like_ordinance("\n".join(lines))


KNOWN = [
    "第1章　総則",
    "第一節 会議",
    "（目的）",
    "第１条　この条例は、",
    "第1条（趣旨）市は、",
    "第2条の2　市は",
    "第3条から第5条まで　削除",
    "第4条の規定により",
    "２　前項",
    "② 次の",
    "(1) 道具",
    "一　住民",
    "ア　市内",
    "イ　市外",
    "（ア）　その他",
    "a　予算",
    "附　則",
    "附則（令和3年3月25日条例第12号）",
    "附則 この条例は、公布の日から施行する。",
    "別表第1（第3条関係）",
    "様式第1号",
    "目次",
    "前文",
    "第1章　総則（第1条―第3条）",
    "(平26条例12・一部改正)",
    "第1　趣旨",
    "第2 対象",
    "第3　額",
    "改正 平成25年2月規則第13号",
    "区分\t額",
    "この条例は、平成25年4月1日から施行する。",
]
LINES = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=12),
    st.text("第条項号章附則別表様式目次一二十12１２のア()（）　 \t改正年月日削除", max_size=14),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_any_text_is_tiled_with_unique_keys(lines: list[str]) -> None:
    text = "\n".join(lines)
    sections, record = split(text, "試験条例")
    if text:
        assert (sections[0].start, sections[-1].end) == (0, len(text))
    assert all(a.start < a.end == b.start for a, b in pairwise(sections))
    keys = [s.key for s in sections]
    assert len(set(keys)) == len(keys)
    assert {a.section for a in record.articles} | {p.section for p in record.provisions} <= set(keys)
    assert all(a.paragraphs for a in record.articles)
    for day in (record.promulgated, record.in_force_from):
        assert day == "" or len(day) in (7, 10)
