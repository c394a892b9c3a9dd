"""Ordinances beside the built-in one, and without it: the one that is meant answers, under its own title."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.embeddings import E5
from assistant.outcomes import Reason
from assistant.search.question import understand
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from server.pages.ask.suggestions import suggest

FOLDER = Path(__file__).parent.parent / "ingest" / "ordinances"
ADDED = ("sakuraoka", "sakuraoka-rule", "umibe-guideline", "tsukigase-wrapped")


def _service(path: Path, embedder: E5, builtin: bool) -> Service:
    home = Home(path)
    home.save(home.load().model_copy(update={"builtin": builtin}))
    for name in ADDED:
        add_file(home, FOLDER / f"{name}.txt", Details())
    settings = Settings(home=path, rate_client="", rate_total="")
    run_steps(Run(settings, home, embedder))
    return Service(settings, embedder)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory, embedder: E5) -> Service:
    return _service(tmp_path_factory.mktemp("beside"), embedder, True)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, embedder: E5) -> Service:
    return _service(tmp_path_factory.mktemp("alone"), embedder, False)


TOWN = "桜丘市みんなで育てるまちづくり条例"
CASES = [
    ("桜丘市のまちづくり条例第3条の2は？", TOWN, "第3条の2", "話合いの記録を作り"),
    ("みんなで育てるまちづくり条例の第四条第二項", TOWN, "第4条第2項", "二十人以内"),
    ("桜丘市の条例の附則第2項", TOWN, "附則第2項", "届出をしたものとみなす"),
    ("桜丘市の令和3年の附則第2条は", TOWN, "附則（令和三年三月二四日条例第十一号）第2条", "改正後の第三条の二"),
    ("桜丘市の条例の別表第1", TOWN, "別表第1", "日額 七千円"),
    ("桜丘市の条例施行規則の第3条", f"{TOWN}施行規則", "第3条", "委員の互選"),
    ("海辺町の要綱の第4は", "海辺町住民提案型事業実施要綱", "第4", "４５日以内"),
    ("月ケ瀬町の条例の第5条", "月ケ瀬町市民活動交流館条例", "第5条", "規則で定める"),
    ("桜丘市では円卓会議を年に何回開きますか", TOWN, "第5条", "年四回"),
]


@pytest.mark.parametrize(("question", "title", "locator", "words"), CASES)
@pytest.mark.parametrize("home", ["beside", "alone"])
def test_the_ordinance_that_is_named_answers(
    question: str, title: str, locator: str, words: str, home: str, request: pytest.FixtureRequest
) -> None:
    answer = request.getfixturevalue(home).ask(question)
    assert answer.reason == Reason.FOUND, answer.text
    assert words in answer.text
    told = [
        (c.title, c.locator) for c in answer.citations if words in c.quote.replace("\t", " ") or c.locator == locator
    ]
    assert (title, locator) in told
    assert "横浜市市民協働条例" not in {c.title for c in answer.citations if f"［{c.n}］" in answer.text}


@pytest.mark.parametrize(
    "question", ["条例第12条", "第4条は", "協働契約には何を定めますか", "附則第3項は", "市民等とは何ですか"]
)
def test_questions_that_name_no_other_ordinance_stay_with_the_built_in_one(
    beside: Service, service: Service, question: str
) -> None:
    answer, usual = beside.ask(question), service.ask(question)
    assert answer.text == usual.text
    assert answer.citations[0] == usual.citations[0]


def test_an_article_that_the_meant_ordinance_lacks_is_refused(beside: Service, alone: Service) -> None:
    refused = beside.ask("桜丘市の条例第30条は")
    assert refused.reason == Reason.NO_SUCH_ARTICLE and TOWN in refused.text and "第8条まで" in refused.text
    assert beside.ask("条例第40条は").text.startswith("横浜市市民協働条例に")
    assert alone.ask("桜丘市の条例第30条は").reason == Reason.NO_SUCH_ARTICLE


def test_without_the_built_in_one_a_number_alone_is_found_where_it_is(alone: Service) -> None:
    answer = alone.ask("第7条は何を定めていますか")
    assert {c.title for c in answer.citations} == {TOWN} and "四年ごと" in answer.text


def test_a_conversation_stays_with_the_ordinance_it_is_about(beside: Service) -> None:
    answers = beside.talk(["桜丘市の条例の第4条は", "次の条は？", "その条について詳しく"])
    assert "年四回" in answers[1].text and TOWN in answers[1].text
    assert {c.title for c in answers[2].citations if f"［{c.n}］" in answers[2].text} == {TOWN}
    usual = beside.talk(["条例第4条は", "次の条は？"])
    assert "（条例第5条）" in usual[1].text


def test_what_to_ask_next_does_not_change_the_ordinance(beside: Service) -> None:
    index = beside.searcher.index
    of_town = suggest(beside.ask("桜丘市の条例の第4条は"), index, "ja")
    assert not [s for s in of_town if "条例第" in s.text]
    assert [s for s in suggest(beside.ask("条例第4条は"), index, "ja") if "条例第5条" in s.text]


def test_another_municipalitys_ordinance_is_told_as_such(beside: Service) -> None:
    notices = "\n".join(beside.ask("桜丘市の条例第4条は").notices)
    assert "桜丘市" in notices and "令和3年4月1日施行" in notices


@pytest.mark.parametrize(
    ("text", "articles", "supplements", "appendices"),
    [
        ("第12条の2は", ["12の2"], [], ()),
        ("第十二条の二の三第四項", ["12の2の3"], [], ()),
        ("第12条の2項", ["12"], [], ()),
        ("第12条と第12条の2", ["12", "12の2"], [], ()),
        ("附則第3項", [], ["0/3"], ()),
        ("附則第2条第1項と第5条", ["5"], ["2/1"], ()),
        ("別表第一と様式第2号、第3号様式", [], [], ("別表第1", "様式第2号", "第3号様式")),
        ("別表を見せて", [], [], ("別表",)),
        ("様式はどこですか", [], [], ()),
    ],
)
def test_places_are_read_from_a_question(
    text: str, articles: list[str], supplements: list[str], appendices: tuple[str, ...]
) -> None:
    question = understand(text, (), ())
    assert [ref.number for ref in question.articles] == articles
    assert [f"{ref.article}/{ref.paragraph}" for ref in question.supplements] == supplements
    assert question.appendices == appendices
