"""Web pages: the content without the site around it, in the encodings of old and new pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.errors import BadInputFile
from assistant.readers import read_file, reader_by_content
from assistant.readers.result import About, Read
from tests.assistant.readers.conftest import DATA, marked

Reading = Callable[[str, bytes], Read]


def test_a_page_of_a_city() -> None:
    read = read_file(DATA / "city.html", "html")
    assert [line for line in marked(read) if line] == [
        "#協働提案の募集",
        "更新日：2026年4月1日",
        "市民の皆さんと市が、対等な立場で進める事業の提案を募集します。",
        "花壇の手入れから見守りまで、分野は問いません。",
        "##提案できる団体",
        "・市内で活動する団体",
        "・町内会",
        "・NPO法人",
        "・市内に事業所のある会社",
        "##日程",
        "募集から契約まで",
        "段階 → 時期 始め → 時期 終わり",
        "募集 → 5月1日 → 5月31日",
        "審査 → 6月10日 → 6月20日",
        "面談 → 6月10日 → 6月25日",
        "##申し込み",
        "1) 書類を用意する。",
        "2) 窓口へ持参する。",
        "様式は提案書 <https://www.city.minato.example/form.docx>を使います。よくある質問も見てください。",
        "申し込みから契約までの流れの図",
        "場所：市役所3階",
        "電話：おかけにならないでください（見本）",
    ]
    assert read.about == About(
        "協働提案の募集", "更新日：2026年4月1日", "https://www.city.minato.example/kyodo/teian.html", "みなと市"
    )


def test_a_page_of_an_ordinance_in_shift_jis() -> None:
    read = read_file(DATA / "reiki.html", "html")
    lines = [line for line in marked(read) if line]
    assert lines[:5] == [
        "○みなと市協働のまちづくり条例",
        "平成30年3月20日",
        "条例第5号",
        "(目的)",
        "第1条　この条例は、市民と市が対等の立場で協力する仕組みを定める。",
    ]
    assert lines[-4:] == ["別表(第3条関係)", "区分 → 上限額", "花壇の手入れ → 50,000円", "見守り → 80,000円"]
    assert read.about.title == "みなと市協働のまちづくり条例"
    assert read.warnings == ()


OLD_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>
<body><table><tr><td><a href="a.html">くらし</a><a href="b.html">市政</a><a href="c.html">観光</a><a href="d.html">お問い合わせ</a></td>
<td><font size="5"><b>花壇の手入れの手引き</b></font><br>花壇の水やりは、毎朝、当番の人が行います。当番表は掲示板にあります。<br>
困ったときは、区役所の窓口に相談してください。相談は無料です。</td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-8", "utf-8"])
@pytest.mark.parametrize("said", ["the same", "wrong"])
def test_an_old_page_laid_out_by_a_table(reading: Reading, charset: str, said: str) -> None:
    told = charset if said == "the same" else "UTF-8"
    read = reading("a.htm", OLD_PAGE.format(charset=told).encode(charset))
    assert read.text.split("\n") == [
        "花壇の手入れの手引き",
        "花壇の水やりは、毎朝、当番の人が行います。当番表は掲示板にあります。",
        "困ったときは、区役所の窓口に相談してください。相談は無料です。",
    ]


def test_the_part_that_holds_most_of_the_page_is_never_a_menu(reading: Reading) -> None:
    page = '<body><div class="side-menu"><h1>窓口</h1><p>相談は区役所の窓口で受けます。</p></div><p>以上</p></body>'
    assert "相談は区役所" in reading("a.html", page.encode()).text


def test_a_page_of_links_is_kept(reading: Reading) -> None:
    links = "".join(f'<li><a href="{n}.html">第{n}号の様式</a></li>' for n in range(1, 7))
    assert "第3号の様式" in reading("a.html", f"<body><ul>{links}</ul></body>".encode()).text


def test_nothing_is_executed_and_nothing_is_fetched(reading: Reading) -> None:
    page = '<!DOCTYPE html SYSTEM "file:///etc/passwd"><p>本文&xxe;</p><script>x()</script><img src="http://192.0.2.1/a.png"><iframe src="http://192.0.2.1/"></iframe>'
    assert reading("a.html", page.encode()).text == "本文&xxe;"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<frameset><frame src="menu.html"><frame src="honbun.html"></frameset>', "フレーム"),
        ('<body><div id="app"></div><script src="app.js"></script></body>', "スクリプト"),
        ("<body><p> </p></body>", "文字がありません"),
        ("<div>" * 5_000 + "深い", "入れ子が多すぎる"),
    ],
)
def test_pages_without_a_text(reading: Reading, page: str, says: str) -> None:
    with pytest.raises(BadInputFile, match=says):
        reading("a.html", page.encode())


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<table><tr><td>", "<b><p>"])
def test_deep_pages_keep_their_text(reading: Reading, tags: str) -> None:
    assert reading("a.html", (tags * 900 + "深い").encode()).text.strip("・") == "深い"


def test_the_date_of_the_head_and_the_address_a_browser_saved(reading: Reading) -> None:
    page = '<!-- saved from url=(0030)https://minato.example/a.html --><meta name="DCTERMS.modified" content="2026-04-09T01:00"><title>手引き | みなと市</title><p>本文です。</p>'
    assert reading("a.html", page.encode()).about == About(
        "手引き", "2026年4月9日更新", "https://minato.example/a.html", ""
    )


@pytest.mark.parametrize("data", [b"<!DOCTYPE html><p>a", b"\n<HTML>\n", b'<meta charset="utf-8"><p>a'])
def test_a_page_is_known_by_its_beginning(data: bytes) -> None:
    assert reader_by_content(data) == "html"


def test_a_text_that_speaks_of_tags_is_no_page() -> None:
    assert reader_by_content("段落は <p> で書きます。a < b".encode()) == "text"
