"""Workbooks and CSV: rows under their header, as displayed, and what a workbook hides."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from assistant.errors import BadInputFile
from assistant.readers import table as table_reader
from assistant.readers.result import Read
from assistant.readers.sheet import workbook as workbook_reader
from assistant.readers.sheet.display import displayed
from tests.assistant.readers.conftest import marked

Reading = Callable[[str, bytes], Read]


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(rows: list[list[Any]], merges: tuple[str, ...] = (), name: str = "Sheet1") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for place in merges:
        sheet.merge_cells(place)
    return book


def test_titles_a_header_of_two_rows_and_merged_cells(reading: Reading) -> None:
    book = book_of(
        [
            ["令和8年度 補助の一覧", None, None, None],
            ["（単位：円）", None, None, None],
            ["団体", "交付額", None, "分野"],
            [None, "当初", "変更後", None],
            ["花の会", 50000, 60000, "緑"],
            ["見守り隊", 80000, None, "福祉"],
            [None, 1000, 2000, None],
            [None, None, None, None],
            ["子ども食堂", 30000, 30000, "福祉"],
            ["注　額は予定です。", None, None, None],
        ],
        ("A1:D1", "A3:A4", "B3:C3", "D3:D4", "A6:A7"),
    )
    sheet = book.worksheets[0]
    for row in sheet["B5:C9"]:
        for cell in row:
            cell.number_format = '#,##0"円"'
    read = reading("a.xlsx", saved(book))
    assert marked(read) == [
        "#令和8年度 補助の一覧",
        "（単位：円）",
        "団体 → 交付額 当初 → 交付額 変更後 → 分野",
        "花の会 → 50,000円 → 60,000円 → 緑",
        "見守り隊 → 80,000円 →  → 福祉",
        "見守り隊 → 1,000円 → 2,000円 → ",
        "子ども食堂 → 30,000円 → 30,000円 → 福祉",
        "注　額は予定です。",
    ]
    assert read.pages[0].label == "シート「Sheet1」"


def test_sheets_are_pages_and_hidden_things_are_said(reading: Reading) -> None:
    book = book_of([["区", "事業"], ["青葉区", "花壇"], ["緑区", "里山"], ["旭区", "秘密"]], name="事業")
    book.worksheets[0].row_dimensions[4].hidden = True
    more = book.create_sheet("連絡先")
    more.append(["窓口", "階", "内線"])
    more.append(["区政推進課", 5, "秘密の番号"])
    more.column_dimensions["C"].hidden = True
    book.create_sheet("下書き").append(["秘密"])
    book.worksheets[2].sheet_state = "hidden"
    read = reading("a.xlsx", saved(book))
    assert [page.label for page in read.pages] == ["シート「事業」", "シート「連絡先」"]
    assert marked(read) == [
        "#事業",
        "区 → 事業",
        "青葉区 → 花壇",
        "緑区 → 里山",
        "#連絡先",
        "窓口 → 階",
        "区政推進課 → 5",
    ]
    assert len([w for w in read.warnings if "非表示" in w]) == 3


def test_stretches_with_titles_are_tables_of_their_own(reading: Reading) -> None:
    rows: list[list[Any]] = [
        ["一覧1", None],
        ["名", "数"],
        ["花", 1],
        [],
        ["一覧2", None],
        ["人", "年"],
        ["山", 3],
        [],
        ["備考は別紙", None],
    ]
    assert [line for line in marked(reading("a.xlsx", saved(book_of(rows)))) if line] == [
        "#一覧1",
        "名 → 数",
        "花 → 1",
        "#一覧2",
        "人 → 年",
        "山 → 3",
        "備考は別紙",
    ]


def test_labels_between_rows_are_headings_with_the_header_below(reading: Reading) -> None:
    rows: list[list[Any]] = [
        ["事業", "課"],
        ["【青葉区】", None],
        ["花壇", "土木"],
        ["【緑区】", None],
        ["里山", "地域"],
    ]
    read = reading("a.xlsx", saved(book_of(rows, ("A2:B2", "A4:B4"))))
    assert marked(read) == [
        "事業 → 課",
        "##【青葉区】",
        "事業 → 課",
        "花壇 → 土木",
        "##【緑区】",
        "事業 → 課",
        "里山 → 地域",
    ]


def test_formulas_show_what_was_computed_and_are_never_computed_here(reading: Reading) -> None:
    data = saved(book_of([["名", "額"], ["花", "=1+1"], ["鳥", 2]]))
    read = reading("a.xlsx", data)
    assert "花\t\n鳥\t2" in read.text
    assert any("計算結果のない数式が1個" in warning for warning in read.warnings)
    computed = (
        changed(data, b"<v></v>", b"<v>41</v>")
        if b"<v></v>" in sheet_of(data)
        else changed(data, b"<v />", b"<v>41</v>")
    )
    assert "花\t41\n" in reading("b.xlsx", computed).text


def sheet_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def changed(data: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return result.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234567, "#,##0", "1,234,567"),
        (0.125, "0.0%", "12.5%"),
        (1.005, "0.00", "1.01"),
        (-1500, "#,##0;▲#,##0", "▲1,500"),
        (-3, "0", "-3"),
        (12, '0"人"', "12人"),
        (500, '"¥"#,##0', "¥500"),
        (500, "[$¥-411]#,##0", "¥500"),
        (3, "General", "3"),
        (2.5, "General", "2.5"),
        (0.1 + 0.2, "General", "0.3"),
        (7, "000", "007"),
        (12.5, "0.0##", "12.5"),
        (True, "General", "TRUE"),
        (dt.datetime(2026, 4, 1), 'yyyy"年"m"月"d"日"', "2026年4月1日"),
        (dt.datetime(2026, 4, 1), '[$-411]ggge"年"m"月"d"日";@', "令和8年4月1日"),
        (dt.datetime(2019, 4, 30), "[$-411]ge.m.d", "H31.4.30"),
        (dt.datetime(2026, 4, 1, 9, 5), "yyyy/mm/dd hh:mm", "2026/04/01 09:05"),
        (dt.datetime(2026, 4, 1), 'm"月"d"日"(aaa)', "4月1日(水)"),
        (dt.time(13, 30), "h:mm", "13:30"),
        (dt.datetime(2026, 4, 1), "General", "2026-04-01"),
        (dt.timedelta(hours=25), "[h]:mm", "25:00"),
    ],
)
def test_values_are_shown_as_their_format_says(value: object, form: str, shown: str) -> None:
    assert displayed(value, form) == shown


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_of_every_kind(reading: Reading, encoding: str, sign: str) -> None:
    text = f'事業名{sign}区{sign}件数\r\n"花と{sign}緑"{sign}青葉区{sign}3\r\n"里山\r\nの会"{sign}緑区{sign}12\r\n'
    assert marked(reading("a.csv", text.encode(encoding))) == [
        "事業名 → 区 → 件数",
        "花と 緑 → 青葉区 → 3" if sign == "\t" else f"花と{sign}緑 → 青葉区 → 3",
        "里山 の会 → 緑区 → 12",
    ]


def test_rows_without_a_header_are_no_table(reading: Reading) -> None:
    assert reading("a.csv", "2026,花,3\n2027,鳥,4\n".encode()).text == "2026　花　3\n2027　鳥　4"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.xlsx", saved(openpyxl.Workbook()), "文字の入ったセルがありません"),
        ("cut.xlsx", saved(book_of([["a", "b"]]))[:900], "壊れている"),
        ("noise.xlsx", b"PK\x03\x04" + bytes(range(256)), "壊れている"),
        ("text.xlsx", "名,数\n".encode(), "中身は違う形式"),
        (
            "macro.xlsm",
            changed(saved(book_of([["a"]])), b"sheet.main", b"sheet.macroEnabled.main", "[Content_Types].xml"),
            "Excel",
        ),
        ("bad.xlsx", changed(saved(book_of([["a", "b"]])), b"<sheetData>", b"<sheetData"), "壊れている"),
    ],
)
def test_bad_workbooks_get_a_clear_sentence(reading: Reading, name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadInputFile, match=says) as caught:
        reading(name, data)
    assert name in caught.value.ja and name in caught.value.en


def test_a_huge_used_range_costs_nothing(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "MOST_ROWS", 10)
    book = book_of([["名", "数"], ["花", 1]])
    book.worksheets[0]["C100000"] = "遠く"
    read = reading("a.xlsx", saved(book))
    assert read.text == "名\t数\n花\t1"
    assert any("10行" in warning and "100,000行" in warning for warning in read.warnings)


def test_a_csv_of_very_many_rows_is_read_in_part_and_said(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_reader, "MOST_ROWS", 3)
    read = reading("a.csv", "名,数\n花,1\n鳥,2\n風,3\n".encode())
    assert read.text == "名\t数\n花\t1\n鳥\t2"
    assert any("3行まで" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("merge", "says"),
    [
        (b'<mergeCell ref="A1:XFD1048576"/>', "セルの数が多すぎる"),
        (b'<mergeCell ref="A1&#58;XFD1048576"/>', "壊れている"),
    ],
)
def test_merged_cells_over_a_whole_sheet_are_not_opened(reading: Reading, merge: bytes, says: str) -> None:
    data = saved(book_of([["名", "数"], ["花", 1]], ("A1:B1",)))
    with pytest.raises(BadInputFile, match=says):
        reading("a.xlsx", changed(data, b'<mergeCell ref="A1:B1"/>', merge))


def test_a_cell_in_the_last_corner_costs_nothing(reading: Reading) -> None:
    book = book_of([["名", "数"], ["花", 1]])
    book.worksheets[0]["GR49999"] = "隅"
    assert reading("a.xlsx", saved(book)).text == "名\t数\t\n花\t1\t\n\n隅"
