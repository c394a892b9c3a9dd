"""資料: every source, article and passage has an address that answers; quotations are marked word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistant.embeddings import E5
from assistant.index import Index
from assistant.law_records import Article, Item, Paragraph
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from server.app import create_app
from server.library import articles
from server.library.passages import chunk_address, citation_address, read_ranges, runs
from tests.server.marks import Passages

REPORT = "yokohama-report-r2"
QUESTIONS = (
    "協働契約には何を定めなければなりませんか",
    "青葉区で花と緑の活動、担当はどこ",
    "協働の6原則とは何ですか",
    "地域運営補助金を活用した地区は何地区ですか",
    "補助型と委託型の違いは",
    "横浜市市民協働推進センターの相談件数は",
    "泉区の子育て支援拠点の名前は？",
    "条例はいつから施行されましたか",
    "市民公益活動緊急支援助成金の交付件数は",
    "川崎市の協働の事例を教えて",
)


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def test_every_source_says_what_it_is_and_what_is_missing(client: TestClient, index: Index) -> None:
    page = client.get("/sources").text
    for source in index.sources.values():
        assert source.title.replace("'", "&#39;") in page
        if source.expected:
            assert f"--id {source.id}" in page
        else:
            assert f"{len(index.contents(source.id))}か所" in page and all(e in page for e in source.known_errors)
            assert source.as_of in page and source.rights in page and source.kind in page
    assert page.count("未収録") == 4 and "kyodo ingest add" in page


def test_the_contents_of_every_source_lead_to_its_passages(client: TestClient, index: Index) -> None:
    for source_id in index.card.sources:
        page = client.get(f"/sources/{source_id}").text
        linked = set(re.findall(rf'href="/sources/{source_id}/({source_id}-[^"?#]+)"', page))
        known = {chunk.id for chunk in index.contents(source_id)}
        assert linked and linked <= known
        detail = client.get(f"/api/sources/{source_id}").json()
        assert detail["chunks"] == len(known)
        assert {i for heading in detail["contents"] for i in _passages(heading)} == known


def _passages(heading: dict[str, object]) -> list[str]:
    children = heading["children"]
    own = heading["passages"]
    assert isinstance(children, list) and isinstance(own, list)
    return [*own, *(i for child in children for i in _passages(child))]


def test_every_passage_has_a_page_with_its_text_as_it_was_read(client: TestClient, index: Index) -> None:
    chunks = [chunk for source_id in index.card.sources for chunk in index.contents(source_id)]
    assert len(chunks) == index.card.chunks > 500
    for chunk in chunks:
        response = client.get(chunk_address(chunk.source_id, chunk.id))
        assert response.status_code == 200, chunk.id
        assert Passages(response.text).cited == chunk.text


def test_the_whole_text_of_a_source_holds_every_passage(client: TestClient, index: Index) -> None:
    page = client.get(f"/sources/{REPORT}/text").text
    for chunk in index.contents(REPORT):
        assert f'id="{chunk.id}"' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_citation_of_answers_is_marked_where_it_stands(
    client: TestClient, index: Index, service: Service
) -> None:
    found = 0
    for question in QUESTIONS:
        for citation in service.ask(question).citations:
            address = citation_address(index, citation)
            assert address.endswith("#cited") and "?q=" in address
            page = client.get(address.partition("#")[0]).text
            assert Passages(page).marks == [citation.quote]
            assert page.count('id="cited"') == 1
            found += 1
    assert found > 15


@pytest.mark.parametrize(
    ("told", "ranges"),
    [
        (["0-3"], [(0, 3)]),
        (["5-8", "0-3"], [(0, 3), (5, 8)]),
        (["0-5", "3-8"], [(0, 8)]),
        (["3-3", "8-3", "-1-4", "a-b", "", "1-", "0-99", "0-1-2", "１-２", "1e3-9"], []),
        (["0-10"], [(0, 10)]),
        (["00000000001-2"], []),
    ],
)
def test_ranges_of_an_address(told: list[str], ranges: list[tuple[int, int]]) -> None:
    assert read_ranges(told, 10) == ranges


def test_runs_are_the_text_and_nothing_else() -> None:
    text = "一\t二\n\n \n三四\n五"
    cut = runs(text, [(2, 8)])
    assert "".join(part for run in cut for part in run.parts) == text
    assert ["".join(run.parts) for run in cut if run.marked] == [text[2:8]]
    assert runs("") == [] and runs("あ")[0].parts == ("あ",)


def test_several_quotations_and_bad_ones(client: TestClient, index: Index) -> None:
    chunk = index.contents(REPORT)[15]
    address = chunk_address(REPORT, chunk.id)
    page = client.get(address, params={"q": ["0-4", "10-20", "<script>", "9-1", "0-999999"]}).text
    assert Passages(page).marks == [chunk.text[0:4], chunk.text[10:20]]
    assert "<script" not in page and page.count('id="cited"') == 1
    assert not Passages(client.get(address, params={"q": "x"}).text).marks


def test_articles_have_addresses(client: TestClient, index: Index) -> None:
    ordinance = articles.ordinance_of(index)
    assert ordinance
    for article in ordinance.articles:
        page = client.get(articles.path_of(article))
        assert page.status_code == 200
        for paragraph in article.paragraphs:
            assert f'id="p{paragraph.number}"' in page.text
            assert all(f'id="p{paragraph.number}-i{item.label}"' in page.text for item in paragraph.items)
    base = f"/sources/{REPORT}/articles"
    for told in ("第12条", "１２", "12条"):
        answer = client.get(f"{base}/{quote(told)}", follow_redirects=False)
        assert answer.status_code == 308 and answer.headers["location"] == f"{base}/12"
    assert client.get(f"{base}/{quote('附則1')}", follow_redirects=False).headers["location"] == f"{base}/s1"
    for told in ("99", "12-2", "x", "0", "s9", "<script>"):
        assert client.get(f"{base}/{quote(told, safe='')}").status_code == 404
    assert client.get("/articles").url.path == base
    whole = client.get(base).text
    assert "平成24年6月25日" in whole and "同年4月1日から施行" in whole and "附則第3項（見直し）" in whole


def test_a_branch_article_and_doubled_labels() -> None:
    items = (Item(label="ア", text="一"), Item(label="ア", text="二"))
    article = Article(
        source_id="x",
        number="12の2",
        caption="",
        paragraphs=(Paragraph(number=1, text="", items=items),),
        section="s",
    )
    assert articles.address_of(article) == "12-2" and articles.label_of(article) == "第12条の2"
    assert list(articles.item_ids(article).values()) == ["p1-iア", "p1-iア~2"]


def test_words_that_are_read_otherwise(client: TestClient) -> None:
    detail = client.get("/api/articles/21").json()
    assert detail["replacements"] == [
        {"words": "市長", "read_as": ["公営企業管理者", "教育委員会又は教育長"]},
        {"words": "規則", "read_as": ["企業管理規程", "教育委員会規則"]},
    ]
    assert "読替えの表" in client.get(detail["path"]).text
    assert client.get("/api/articles/12").json()["replacements"] == []
    assert len(client.get("/api/articles").json()) == 25
    assert client.get("/api/articles", params={"source": "tsurumi-plan"}).json() == []
    assert client.get("/api/articles/99").json()["error"]["code"] == "wrong_use"


def test_words_in_a_source(client: TestClient) -> None:
    page = client.get(f"/sources/{REPORT}", params={"words": "夢ファンド 寄附"}).text
    assert "か所" in page and "本編7～8ページ" in page
    assert "見つかりませんでした" in client.get(f"/sources/{REPORT}", params={"words": "ゑゑゑ"}).text


def test_pages_of_chunks(client: TestClient, index: Index) -> None:
    ids: list[str] = []
    while len(ids) < (total := client.get(f"/api/sources/{REPORT}/chunks").json()["total"]):
        page = client.get(f"/api/sources/{REPORT}/chunks", params={"offset": len(ids), "limit": 200}).json()
        ids += [chunk["id"] for chunk in page["chunks"]]
    assert ids == [chunk.id for chunk in index.contents(REPORT)] and total == len(ids)
    assert client.get(f"/api/sources/{REPORT}/chunks", params={"limit": 0}).status_code == 422
    assert client.get("/api/sources/no/chunks").status_code == 404
    assert client.get("/api/sources/ampersand").json()["chunks"] == 0
    assert len(client.get(f"/api/sources/{REPORT}/tables").json()) > 20


@pytest.mark.parametrize("path", ["/sources/no", "/sources/no/no", "/sources/no/text", "/sources/no/articles"])
def test_what_is_not_there_is_a_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404 and "見つかりません" in response.text


def test_an_expected_source_says_how_to_add_it(client: TestClient) -> None:
    response = client.get("/sources/ampersand")
    assert response.status_code == 404 and "kyodo ingest add" in response.text


@pytest.mark.parametrize("path", ["/sources", f"/sources/{REPORT}", f"/sources/{REPORT}/articles/12", "/overview"])
def test_in_english_the_contents_stay_marked_as_japanese(client: TestClient, path: str) -> None:
    page = client.get(path, params={"lang": "en"}).text
    client.cookies.delete("lang")
    outside = re.sub(r'<([a-z0-9]+)[^>]* lang="ja"[^>]*>.*?</\1>', "", page[page.index("<main") :], flags=re.DOTALL)
    left = re.findall(r"[ぁ-ん]{3,}", re.sub(r"<[^>]*>", "", outside))
    assert not left, left


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


@pytest.fixture
def hostile(home: Home, settings: Settings, tmp_path: Path, embedder: E5) -> Iterator[TestClient]:
    """A home whose only source has mark-up in its title, issuer, headings and text."""
    home.save(home.load().model_copy(update={"builtin": False}))
    document = tmp_path / "guide.md"
    document.write_text(
        f"# 手引き {HOSTILE}\n\n水やりは毎朝行います。{HOSTILE}\n\n# 連絡\n\n区役所に相談します。\n", "utf-8"
    )
    details = Details(id="guide", title=HOSTILE, issuer=HOSTILE, date=HOSTILE, kind=HOSTILE, url="javascript:alert(3)")
    add_file(home, document, details)
    run_steps(Run(settings, home, embedder))
    with TestClient(create_app(Service(settings, embedder)), raise_server_exceptions=False) as client:
        yield client


def test_what_a_source_says_of_itself_stays_text(hostile: TestClient) -> None:
    chunks = hostile.get("/api/sources/guide/chunks").json()["chunks"]
    paths = ["/sources", "/sources/guide", "/sources/guide?words=毎朝", "/sources/guide/text", "/sources/guide/none"]
    for path in [*paths, *(chunk_address("guide", chunk["id"]) for chunk in chunks)]:
        page = hostile.get(path).text
        assert "<script" not in page and "<img" not in page and ">49<" not in page, path
        assert 'href="javascript:' not in page
    assert hostile.get("/articles").status_code == 404
    for path in ("/directory", "/overview", "/contracts"):
        assert hostile.get(path).status_code == 200
    assert hostile.get("/api/overview").json()["courses"] == []


def test_an_amended_document_keeps_the_addresses_of_what_did_not_change(
    small: Run, home: Home, settings: Settings, tmp_path: Path, embedder: E5
) -> None:
    service = Service(settings, embedder)
    kept, changed = service.searcher.index.contents("guide")
    document = tmp_path / "guide.md"
    document.write_text(document.read_text("utf-8").replace("困ったときは区役所に", "困ったときは担当課に"), "utf-8")
    add_file(home, document, Details(id="guide"))
    run_steps(Run(settings, home, embedder))
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        assert client.get(chunk_address("guide", kept.id)).status_code == 200
        before = client.get(chunk_address("guide", changed.id))
        assert before.status_code == 200 and "困ったときは区役所に" in before.text and "改められる前の版" in before.text
        gone = client.get(chunk_address("guide", "guide-0000000000"))
        assert gone.status_code == 404 and "資料が更新" in gone.text and 'action="/sources/guide"' in gone.text
