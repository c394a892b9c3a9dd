"""A handbook that is here takes the place of the report's quotation of it: in answers, drafts, reviews and lessons."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.draft.pipeline import draft
from assistant.drafts import Code
from assistant.learn.cited import cited, records_of
from assistant.learn.course import load_course
from assistant.records import Passage, Records, Replaced
from assistant.review.pipeline import review
from assistant.search.searcher import Searcher
from assistant.service import Service
from assistant.text import compact
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import PURE_STEPS, run_steps
from ingest.run import Run
from ingest.show_report import show_report
from server.app import create_app
from tests.assistant.clauses.test_checks_facts import CITY
from tests.assistant.test_required import BRIEF, CONTRACT
from tests.made_up import as_pdf, as_text
from tests.server.forms import sign

REPORT = "yokohama-report-r2"
QUOTED = "報告書（AMPERSANDからの引用）"
MANUAL = {"ampersand": "委託型", "kyodo-nyumon": "対等の原則"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, built: Run) -> Run:
    """The built-in corpus with both handbooks as PDF and the 施行規則, indexed."""
    folder = tmp_path_factory.mktemp("printed")
    home = Home(folder / "home")
    for name, make in (("ampersand", as_pdf), ("kyodo-nyumon", as_pdf), ("kisoku", as_text)):
        add_file(home, make(name, folder), Details())
    return run_steps(Run(built.settings.model_copy(update={"home": home.path}), home, built.embedder))


@pytest.fixture(scope="module")
def handbooks(printed: Run) -> Service:
    return Service(printed.settings, printed.embedder)


@pytest.mark.parametrize("make", [as_text, as_pdf])
def test_the_same_words_take_the_place(tmp_path: Path, built: Run, make: object) -> None:
    home = Home(tmp_path / "home")
    for name in MANUAL:
        add_file(home, (as_pdf if make is as_pdf else as_text)(name, tmp_path), Details())
    run = run_steps(Run(built.settings, home, built.embedder), PURE_STEPS)
    of = {c.id: c for c in run.chunks}
    assert [(r.source_id, r.same) for r in run.records.replaced] == [(name, True) for name in MANUAL]
    for one in run.records.replaced:
        assert all(p.quote in of[p.chunk_id].text and of[p.chunk_id].source_id == one.source_id for p in one.passages)
        quoted = [c for c in run.chunks if (c.source_id, c.locator) == (one.quoted_in, one.quoted_at)]
        assert quoted and all(c.duplicate_of and not c.searchable for c in quoted)
    asked = [q for q in run.questions if any(of[i].source_id in MANUAL for i in q.chunk_ids)]
    assert len(asked) > 40 and all(of[i].searchable for q in asked for i in q.chunk_ids), (
        "its questions are handed over"
    )
    assert len(run.questions) == len(built.questions)
    assert not any("AMPERSAND" in q.text or "協働入門" in q.text for q in run.unanswerable)
    assert any("AMPERSAND" in q.text for q in built.unanswerable)


def test_other_words_stand_beside(tmp_path: Path, built: Run) -> None:
    home = Home(tmp_path / "home")
    add_file(home, as_text("ampersand-differs", tmp_path), Details())
    run = run_steps(Run(built.settings, home, built.embedder), PURE_STEPS)
    (one,) = run.records.replaced
    assert not one.same and [p.part for p in one.passages] == ["委託型", "補助型", "負担金型"]
    of = {c.id: c for c in run.chunks}
    own = {p.chunk_id for p in one.passages}
    quoted = {c.id for c in run.chunks if c.duplicate_of and c.searchable}
    assert {of[i].duplicate_of for i in quoted} == {of[one.passages[0].chunk_id].section}
    both = [set(q.chunk_ids) for q in run.questions if quoted & set(q.chunk_ids)]
    assert both and all(own <= ids for ids in both)


def test_a_quotation_stands_behind_what_it_quotes(searcher: Searcher) -> None:
    """Whatever its own score: here the passage found first is marked as a quotation of the one found third."""
    found = searcher.search("花壇や公園の清掃をしたい", 3)
    chunks = searcher.index.chunks([p.chunk_id for p in found])
    mark = chunks[found[2].chunk_id].section
    said = Passage(part="清掃", chunk_id=found[2].chunk_id, locator="", quote="")
    source, quoted = found[2].source_id, found[0].source_id
    index = replace(searcher.index)
    index.__dict__["records"] = Records(
        replaced=(
            Replaced(
                source_id=source, title="", quoted_in=quoted, quoted_at="", called=(), same=False, passages=(said,)
            ),
        )
    )
    index.__dict__["rows"] = tuple(
        row._replace(duplicate_of=mark) if row.id == found[0].chunk_id else row for row in searcher.index.rows
    )
    order = [p.chunk_id for p in replace(searcher, index=index).search("花壇や公園の清掃をしたい", 10)]
    assert order.index(found[2].chunk_id) < order.index(found[0].chunk_id)


def test_a_handbook_that_does_not_speak_of_it_replaces_nothing(tmp_path: Path, built: Run) -> None:
    home = Home(tmp_path / "home")
    path = as_text("ampersand", tmp_path)
    path.write_text(path.read_text("utf-8").replace("負担金型\t", "その他\t"), "utf-8")
    add_file(home, path, Details(id="ampersand"))
    run = run_steps(Run(built.settings, home, built.embedder), PURE_STEPS)
    assert run.records.replaced == () and not any(c.duplicate_of for c in run.chunks if c.kind == "prose")


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("委託型とは何ですか", "ampersand", "第三者（市民）の優れた特性"),
        ("協働契約の3つの形態の違いを教えて", "ampersand", "補助型"),
        ("協働の6原則は？", "kyodo-nyumon", "自主性尊重の原則"),
        ("協働契約には何を定めなければいけませんか", "kyodo-kisoku", "成果物の帰属"),
        ("規則で定める軽易なものとは何ですか", "kyodo-kisoku", "費用のない行事"),
        ("施行規則では何を定めていますか", "kyodo-kisoku", "報告の方法"),
        ("施行規則はいつから施行されますか", "kyodo-kisoku", "平成25年4月1日"),
    ],
)
def test_answers_cite_the_documents_page(handbooks: Service, question: str, source: str, said: str) -> None:
    answer = handbooks.ask(question)
    spoken = [c for c in answer.citations if f"［{c.n}］" in answer.text]
    assert answer.status == "answered" and compact(said) in compact(answer.text)
    assert source in {c.source_id for c in spoken}
    assert "施行規則" not in question or spoken[0].source_id == source
    if source in MANUAL:
        assert any("ページ" in c.page for c in spoken if c.source_id == source)
        assert not any("契約形態の種類" in c.locator or "6原則" in c.locator for c in spoken if c.source_id == REPORT)


def test_the_report_says_what_changed(printed: Run, built: Run, capsys: pytest.CaptureFixture[str]) -> None:
    show_report(printed)
    said = compact(capsys.readouterr().err)
    assert said.count("に代わる根拠になりました") == 2
    assert "成果物の帰属に関する事項、事業の報告の方法)が、下書きと点検に入ります" in said
    show_report(built)
    assert "根拠になりました" not in capsys.readouterr().err


def test_drafts_and_reviews_name_the_handbook(handbooks: Service) -> None:
    brief = f"団体名はどんぐり坂の会です。目的は孤立の防止です。{CITY}"
    made = draft(handbooks.searcher, brief)
    assert made.advice and made.advice.citation and made.advice.citation.source_id == "ampersand"
    assert "AMPERSANDの説明" in made.advice.reason and "引用" not in made.advice.reason
    assert next(s for s in made.sections if s.key == "form").basis == "AMPERSAND"
    contract = f"協働契約書\n第1条（目的）{QUOTED}の考えにより孤立の防止を目的とする。\n第2条（進め方）月1回集う。\n第3条（費用）{CITY}"
    judged = review(handbooks.searcher, contract, form="負担金型")
    assert QUOTED in judged.text, "the words of a person stay"
    assert [f.basis for f in judged.findings if f.code is Code.FORM_MISMATCH] == ["AMPERSAND"]


def test_the_pages_show_the_rule_and_the_handbook(handbooks: Service) -> None:
    with TestClient(create_app(handbooks), follow_redirects=False) as client:
        told = {"sign": sign(client), "document": "contract", "form": ""}
        page = client.post(
            "/reviews", data={**told, "text": CONTRACT}, files={"file": ("", b"")}, follow_redirects=True
        )
        assert "9項目のうち、2項目が見つかりません" in page.text and "成果物の帰属に関する事項" in page.text
        link = client.post("/drafts", data={**told, "go": "next"}).headers["location"].rpartition("/")[0]
        version = re.search(r'name="version" value="(\d+)"', client.get(f"{link}/text").text)
        assert version
        client.post(f"{link}/text", data={"sign": told["sign"], "version": version[1], "brief": BRIEF})
        page = client.get(f"{link}/4")
        assert "条例と施行規則が求める項目" in page.text and "変更及び解除に関する事項" in page.text
        lesson = client.get("/learn/lessons/chigai").text
        assert "/sources/kyodo-nyumon/kyodo-nyumon-" in lesson
        assert client.get("/api/learn/lessons/chigai").json()["says"][0]["source_id"] == "kyodo-nyumon"


def test_the_lesson_cites_the_handbook(printed: Run, built: Run) -> None:
    shipped = load_course()
    course = cited(shipped, *records_of(printed.settings))
    quotes = [q for lesson in course.lessons for q in lesson.says if "原則（" in q.quote]
    assert quotes and {q.source_id for q in quotes} == {"kyodo-nyumon"} and all("ページ" in q.locator for q in quotes)
    assert cited(shipped, *records_of(built.settings)) == shipped
    missing = printed.settings.model_copy(update={"home": printed.home.path / "nowhere"})
    assert cited(shipped, *records_of(missing)) == shipped


def test_removed_again_the_quotation_is_back(printed: Run, tmp_path: Path, built: Run) -> None:
    home = Home(tmp_path / "home")
    home.save(printed.home.load())
    for name in (*MANUAL, "kyodo-kisoku"):
        home.remove(name)
    run = run_steps(replace(printed, home=home, sources=(), rebuild=True), PURE_STEPS)
    assert run.records == built.records and run.chunks == built.chunks and run.questions == built.questions
