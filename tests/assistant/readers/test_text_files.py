"""Text and Markdown as people save them: encodings, pages, and marks that mean something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.errors import BadInputFile
from assistant.readers.result import About, Read
from tests.assistant.readers.conftest import marked

Reading = Callable[[str, bytes], Read]
TEXT = "市民協働の手引きです。\n花壇の水やりは毎朝行います。\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-16", "UTF-16"),
        ("utf-8-sig", ""),
        ("iso2022_jp", "ISO-2022-JP"),
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
    ],
)
def test_encodings_of_japanese_files(reading: Reading, encoding: str, said: str) -> None:
    read = reading("a.txt", TEXT.encode(encoding))
    assert read.text == TEXT
    assert [said in warning for warning in read.warnings] == ([True] if said else [])


def test_utf_16_of_either_order(reading: Reading) -> None:
    assert reading("a.txt", b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_a_damaged_byte_costs_one_character_and_is_said(reading: Reading) -> None:
    data = (TEXT * 40).encode("cp932")
    read = reading("a.txt", data[:20] + b"\xfd" + data[22:])
    assert read.text.count("\ufffd") == 1
    assert any("読めない文字が1字" in warning for warning in read.warnings)


def test_form_feeds_end_pages(reading: Reading) -> None:
    read = reading("a.txt", "一枚目の文。\f二枚目の文。\f\f四枚目の文。".encode())
    assert [(page.label, page.text) for page in read.pages] == [
        ("1ページ", "一枚目の文。"),
        ("2ページ", "二枚目の文。"),
        ("4ページ", "四枚目の文。"),
    ]


MARKDOWN = """---
title: 花壇の手引き
date: 2026-04-01
url: https://minato.example/kadan
発行者: みなと市
---
手引き
======

はじめに読む。[様式](https://minato.example/a.docx)と[別の章](b.md)と`印`。

日程
----

| 区分 | 上限 \\| 額 |
|------|:----:|
| **手入れ** | 5万円<br>まで |
| 見守り |

```
# これは見出しではない
```

---

## 連絡 ##
![案内図](map.png)<!-- 下書き -->
"""


def test_markdown_marks_are_read(reading: Reading) -> None:
    read = reading("a.md", MARKDOWN.encode())
    assert read.about == About("花壇の手引き", "2026-04-01", "https://minato.example/kadan", "みなと市")
    assert [line for line in marked(read) if line] == [
        "# 手引き",
        "はじめに読む。様式 <https://minato.example/a.docx>と別の章と印。",
        "## 日程",
        "区分 → 上限 | 額",
        "手入れ → 5万円 まで",
        "見守り → ",
        "```",
        "# これは見出しではない",
        "```",
        "---",
        "## 連絡",
        "案内図",
    ]


def test_a_rule_below_a_list_or_a_table_is_no_heading(reading: Reading) -> None:
    text = "- 一つ目\n---\n表\tある\n---\n\n続く段落の\n二行目\n---\n"
    assert reading("a.md", text.encode()).text == text


def test_the_title_of_markdown_without_front_matter_is_its_heading(reading: Reading) -> None:
    assert reading("a.md", "前置き\n\n# 題名の行\n\n本文".encode()).about.title == "題名の行"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.odt", "LibreOffice"),
        ("a.jtd", "一太郎"),
        ("a.pptx", "プレゼンテーション"),
        ("a.mht", "ウェブページをまとめた"),
        ("a.xls", "Excel ブック（*.xlsx）"),
        ("a.jpg", "画像"),
        ("a.zip", "kyodo ingest add"),
    ],
)
def test_what_is_not_read_is_told_what_to_save_it_as(reading: Reading, name: str, says: str) -> None:
    with pytest.raises(BadInputFile) as caught:
        reading(name, b"PK\x03\x04 something")
    assert name in caught.value.ja and says in caught.value.ja and name in caught.value.en


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("notes", TEXT.encode(), "花壇"),
        ("page.aspx", "<!DOCTYPE html><title>題</title><p>花壇の手入れ".encode(), "花壇の手入れ"),
        ("log.bak", TEXT.encode("cp932"), "花壇"),
    ],
)
def test_an_unknown_suffix_is_decided_by_content(reading: Reading, name: str, data: bytes, expected: str) -> None:
    assert expected in reading(name, data).text
    assert "<p>" not in reading(name, data).text


def test_a_picture_without_a_suffix_is_not_read_as_text(reading: Reading) -> None:
    with pytest.raises(BadInputFile, match="読めません"):
        reading("scan", b"\x89PNG\r\n\x1a\n" + bytes(100))
