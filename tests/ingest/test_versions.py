"""Versions over time: the one in force answers, the others stay citable and answer for their time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.answers import Citation
from assistant.embeddings import E5
from assistant.outcomes import Reason
from assistant.records import Source
from assistant.search.as_of import asked_day
from assistant.search.years import day_before, era_date
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.repair import repair
from ingest.run import Run
from ingest.verify import examine, verify
from ingest.versions import arrange
from kyodo import app
from server.app import create_app
from server.library.passages import chunk_address, citation_address
from tests.fakes import HashEmbedder

FOLDER = Path(__file__).parent / "ordinances"
OLD = (FOLDER / "sakuraoka.txt").read_text("utf-8")
NEW = (
    OLD.replace("二十人以内", "十五人以内")
    .replace("年四回開く", "年六回開く")
    .replace(
        "別表第一（第四条関係）",
        "附　則（令和六年三月二五日条例第七号）\nこの条例は、令和六年四月一日から施行する。\n別表第一（第四条関係）",
    )
)
LATER = NEW.replace("年六回開く", "年八回開く").replace("令和六年四月一日から", "令和九十年四月一日から")
ID = "sakuraoka"


def added(home: Home, folder: Path, *texts: str) -> Home:
    """The texts added one after the other under one id, without the built-in corpus."""
    home.save(home.load().model_copy(update={"builtin": False}))
    for text in texts:
        path = folder / f"{ID}.txt"
        path.write_text(text, "utf-8")
        add_file(home, path, Details(id=ID))
    return home


def version(day: str, name: str = ID) -> Source:
    return Source(id=name, title="試験条例", effective=day, version_of="" if name == ID else ID, file=name)


@pytest.mark.parametrize(
    ("days", "today", "in_force", "others"),
    [
        (["2024-04-01", "2015-04-01"], "2026-01-01", "2024-04-01", ["sakuraoka@2015-04-01"]),
        (["2024-04-01", "2015-04-01"], "2020-01-01", "2015-04-01", ["sakuraoka@2024-04-01"]),
        (["2015-04-01", "2024-04-01"], "2026-01-01", "2024-04-01", ["sakuraoka@2015-04-01"]),
        (["2024-04-01", "2024-04-01"], "2026-01-01", "2024-04-01", ["sakuraoka@2024-04-01"]),
        (["", "2015-04-01"], "2026-01-01", "", ["sakuraoka@2015-04-01"]),
        (["", ""], "2026-01-01", "", ["sakuraoka@1"]),
        (["2030-04-01"], "2026-01-01", "2030-04-01", []),
    ],
)
def test_the_day_says_which_version_is_in_force(days: list[str], today: str, in_force: str, others: list[str]) -> None:
    pool = [version(day, ID if n == 0 else f"old{n}") for n, day in enumerate(days)]
    current, rest = arrange(pool, today)
    assert (current.id, current.effective, current.version_of) == (ID, in_force, "")
    assert [v.id for v in rest] == others and all(v.version_of == ID for v in rest)
    if days[:1] == days[1:]:
        assert current.file == ID  # of two files of one day the one added last


def test_days_in_words() -> None:
    assert [era_date(day) for day in ("2019-05-01", "2019-04-30", "2013-02", "1926-12-25", "1989-01-08")] == [
        "令和元年5月1日",
        "平成31年4月30日",
        "平成25年2月",
        "昭和元年12月25日",
        "平成元年1月8日",
    ]
    assert day_before("2021-04-01") == "2021-03-31" and day_before("2013-02") == "2013-02"


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("令和元年度時点では何人ですか", "2020-03-31"),
        ("2019年の条例では", "2019-12-31"),
        ("令和4年4月現在の第5条は", "2022-04-31"),
        ("平成30年5月2日の時点で", "2018-05-02"),
        ("2022年の第12条は", "2022-12-31"),
        ("令和3年の附則第2条は", ""),
        ("令和3年の改正で変わった条例は", ""),
        ("令和3年3月24日条例第11号とは", ""),
        ("第12条は", ""),
    ],
)
def test_the_day_a_question_asks_for(question: str, day: str) -> None:
    assert asked_day(question) == day


def test_an_amended_file_keeps_the_one_before(home: Home, tmp_path: Path) -> None:
    added(home, tmp_path, OLD, NEW, NEW)
    (source,), (before,) = home.sources(), home.versions()
    assert (source.id, source.as_of, source.municipality) == (ID, "令和6年4月1日施行", "桜丘市")
    assert (before.id, before.until) == ("sakuraoka@2021-04-01", "2024-04-01")
    assert before.as_of == "令和3年4月1日施行、令和6年3月31日まで"
    assert home.file_of(before).read_text("utf-8") == OLD and home.file_of(source).read_text("utf-8") == NEW
    added(home, tmp_path, OLD)
    assert [v.id for v in home.versions()] == ["sakuraoka@2021-04-01"], "the same file is no further version"
    assert home.file_of(home.sources()[0]).read_text("utf-8") == NEW, "an older file does not come into force"
    assert home.remove("sakuraoka") == 1 and home.sources() == home.versions() == []


def test_a_file_of_the_same_title_is_told_to_be_a_version_perhaps(home: Home, tmp_path: Path) -> None:
    """It is one if its day in force is another; of the same day it may be a correction or another's copy."""
    added(home, tmp_path, OLD)
    other = tmp_path / "another.txt"
    other.write_text(OLD.replace("円卓会議は、年四回開く。", "円卓会議は、年六回開く。"), "utf-8")
    note = add_file(home, other, Details()).note
    assert note and "--id sakuraoka" in note[0] and "kyodo ingest remove another" in note[0]
    home.remove("another")
    other.write_text(NEW, "utf-8")
    taken = add_file(home, other, Details())
    assert taken.source.id == "sakuraoka" and taken.before and taken.note and "--id" in taken.note[0]


def test_a_version_of_the_future_waits_for_its_day(home: Home, tmp_path: Path) -> None:
    added(home, tmp_path, NEW, LATER)
    assert [(s.effective, v.id) for s, v in zip(home.sources(), home.versions(), strict=True)] == [
        ("2024-04-01", "sakuraoka@2108-04-01")
    ]
    then = Home(home.path, today="2110-01-01")
    assert (then.sources()[0].effective, then.versions()[0].id) == ("2108-04-01", "sakuraoka@2024-04-01")


def test_only_what_changed_is_embedded(home: Home, tmp_path: Path) -> None:
    """An amended article costs its chunk and its pieces, whatever the ordinance's length; the old version costs nothing."""
    embedder, settings = HashEmbedder(), Settings(home=home.path)
    changed = OLD.replace("円卓会議は、年四回開く。", "円卓会議は、年六回開く。")
    run_steps(Run(settings, added(home, tmp_path, OLD), embedder))
    first = len(embedder.embedded)
    run = run_steps(Run(settings, added(home, tmp_path, changed), embedder))
    again = embedder.embedded[first:]
    assert run.embedded == len(again) == 2 < first
    assert all("年六回開く" in text for text in again)
    run = run_steps(Run(settings, home, embedder))
    assert run.unchanged and embedder.embedded[first:] == again


def test_repair_and_examination_know_of_versions(home: Home, tmp_path: Path) -> None:
    settings = Settings(home=home.path)
    run = run_steps(Run(settings, added(home, tmp_path, NEW, LATER), HashEmbedder()))
    stray = home.path / "versions" / "stray.txt"
    stray.write_text("", "utf-8")
    assert examine(settings, run.embedder) == []
    assert len(repair(run).done) == 1 and not stray.exists()
    assert [home.file_of(s).is_file() for s in home.kept()] == [True, True]
    home.file_of(home.versions()[0]).unlink()
    assert [f.place for f in examine(settings, run.embedder)] == [home.versions()[0].file]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, embedder: E5) -> Service:
    folder = tmp_path_factory.mktemp("versions")
    home = added(Home(folder / "home"), folder, OLD, NEW)
    settings = Settings(home=home.path, rate_client="", rate_total="")
    run_steps(Run(settings, home, embedder))
    return Service(settings, embedder)


@pytest.mark.parametrize(
    ("question", "words", "source", "said"),
    [
        ("第4条第2項は", "十五人以内", ID, ""),
        ("令和4年の時点では第4条第2項は", "二十人以内", "sakuraoka@2021-04-01", "令和3年4月1日施行の版"),
        ("2022年度のまちづくり条例の第5条は", "年四回", "sakuraoka@2021-04-01", "令和3年4月1日施行の版"),
        ("改正前の第5条は", "年四回", "sakuraoka@2021-04-01", "令和3年4月1日施行の版"),
        ("制定時の第5条は", "年四回", "sakuraoka@2021-04-01", "令和3年4月1日施行の版"),
        ("令和7年度の時点の第5条は", "年六回", ID, "令和6年4月1日施行の版"),
        (
            "改正前の条例では円卓会議の委員は何人以内ですか",
            "二十人以内",
            "sakuraoka@2021-04-01",
            "令和3年4月1日施行の版",
        ),
        ("円卓会議の委員は何人以内ですか", "十五人以内", ID, ""),
    ],
)
def test_a_question_is_answered_from_the_version_of_its_time(
    told: Service, question: str, words: str, source: str, said: str
) -> None:
    answer = told.ask(question)
    assert answer.reason == Reason.FOUND, answer.text
    assert words in answer.text and said in answer.text
    assert {c.source_id for c in answer.citations if f"［{c.n}］" in answer.text} == {source}
    assert any(told.searcher.index.sources[source].as_of in notice for notice in answer.notices)


def test_an_article_of_today_that_was_not_there_then_is_refused(told: Service) -> None:
    assert told.ask("改正前の第9条は").reason == Reason.NO_SUCH_ARTICLE


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("令和元年の時点では第5条は", True),
        ("制定時の第5条は", True),
        ("令和4年の時点では第5条は", False),
        ("改正前の第5条は", False),
    ],
)
def test_a_time_without_a_version_is_said(told: Service, question: str, missing: bool) -> None:
    notices = told.ask(question).notices
    assert any("お尋ねの時点の版は収録していません" in notice for notice in notices) == missing


def test_older_versions_are_kept_whole_and_not_found(told: Service) -> None:
    index = told.searcher.index
    assert verify(index) == []
    assert index.documents == (ID,)
    assert {row.source_id for row in index.rows} == {ID}
    assert any("二十人以内" in chunk.text for chunk in index.contents("sakuraoka@2021-04-01"))
    assert all("二十人以内" not in passage.text for passage in told.search("円卓会議の委員は二十人以内", 30))


@pytest.fixture(scope="module")
def client(told: Service) -> Iterator[TestClient]:
    with TestClient(create_app(told), raise_server_exceptions=False) as client:
        yield client


def test_the_pages_show_every_version(client: TestClient) -> None:
    assert client.get("/sources").text.count('class="card"') == 1
    for base in ("/sources/sakuraoka", "/sources/sakuraoka%402021-04-01"):
        for page in (client.get(base), client.get(f"{base}/articles")):
            assert page.status_code == 200
            assert "令和6年4月1日施行" in page.text and "令和6年3月31日まで" in page.text
    whole = client.get("/sources/sakuraoka/articles").text
    for words in (
        "第一編　総論 ＞ 第一章　総則",
        "別表第1",
        "附則（令和六年三月二五日条例第七号）",
        "令三条例一一・追加",
        "イ</span>",
    ):
        assert words in whole
    for place in ("3-2", "s1", "s3.1", "s4.0", "附則1"):
        assert client.get(f"/sources/sakuraoka/articles/{place}").status_code == 200, place


@pytest.mark.parametrize("source", [ID, "sakuraoka@2021-04-01"])
def test_every_passage_leads_to_its_article(client: TestClient, told: Service, source: str) -> None:
    for chunk in told.searcher.index.contents(source):
        page = client.get(chunk_address(source, chunk.id))
        links = re.findall(r'href="(/sources/[^"]+/articles/[^"#]+)"', page.text)
        assert page.status_code == 200 and bool(links) == chunk.record.startswith("article:")
        assert all(client.get(link, follow_redirects=False).status_code == 200 for link in links), links


def test_what_was_cited_before_an_amendment_is_found_in_its_version(client: TestClient, told: Service) -> None:
    """A saved answer cites the source by its own id; its words have gone to the older version."""
    index = told.searcher.index
    chunk = next(c for c in index.contents("sakuraoka@2021-04-01") if "年四回開く" in c.text)
    cited = Citation(
        n=1,
        source_id=ID,
        title="",
        locator="第5条",
        page="",
        quote="年四回",
        chunk_id=chunk.id.replace("sakuraoka@2021-04-01", ID),
    )
    address = citation_address(index, cited)
    assert address.startswith("/sources/sakuraoka%402021-04-01/") and "<mark" in client.get(address).text
    old = client.get(f"/sources/{ID}/{cited.chunk_id}?q=7-10", follow_redirects=False)
    assert old.status_code == 307 and old.headers["location"].startswith(address.partition("?")[0])
    assert client.get(f"/sources/{ID}/sakuraoka-0000000000").status_code == 404


def test_the_command_line_tells_of_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = added(Home(tmp_path / "home"), tmp_path, OLD, NEW)
    run = CliRunner().invoke(app, ["--home", str(home.path), "ingest", "list"])
    assert "ほかの版 sakuraoka@2021-04-01（令和3年4月1日施行、令和6年3月31日まで）" in run.stdout
