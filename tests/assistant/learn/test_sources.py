"""Every quotation of the course stands word for word at its place; every statement about a document has one."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from importlib import resources

import pytest

from assistant.index import Index
from assistant.law_records import Article
from assistant.learn.course import Course
from assistant.learn.lessons import Quote
from assistant.records import Chunk
from assistant.text import compact

CITATIONS = tomllib.loads(resources.files("assistant.learn").joinpath("citations.toml").read_text("utf-8"))
_SPEAKS = re.compile(r"条例|6原則|第[0-9]+条|報告書|川崎市|磯子|鶴見|AMPERSAND|Let's|令和2年度")
_ARTICLE = re.compile(r"第([0-9]+)条(?:第([0-9]+)項)?(?:第([0-9]+)号)?")


@pytest.fixture(scope="module")
def places(index: Index) -> dict[str, list[Chunk]]:
    """Locator → the chunks at it."""
    found: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in index.chunks([row.id for row in index.rows]).values():
        found[chunk.locator].append(chunk)
    return found


@pytest.fixture(scope="module")
def articles(index: Index) -> dict[str, str]:
    """条例第8条, 条例第8条第1項, 条例第8条第3号, 条例附則第3項 → their text, from the records."""
    found: dict[str, str] = {}
    (ordinance,) = (o for o in index.records.ordinances if o.source_id == "yokohama-report-r2")
    for article in ordinance.articles:
        found |= _parts(article)
    return found


def _parts(article: Article) -> dict[str, str]:
    if article.supplementary:
        return {f"条例附則第{p.number}項": p.text for p in article.paragraphs} | {
            f"条例附則第{article.number}項": "".join(p.text for p in article.paragraphs)
        }
    name = f"条例第{article.number}条"
    found = {name: "".join(p.text + "".join(i.text for i in p.items) for p in article.paragraphs)}
    for paragraph in article.paragraphs:
        found[f"{name}第{paragraph.number}項"] = paragraph.text
        found |= {f"{name}第{n}号": item.text for n, item in enumerate(paragraph.items, 1)}
    return found


@pytest.mark.parametrize("key", CITATIONS["quote"])
def test_a_quotation_stands_at_its_place(key: str, places: dict[str, list[Chunk]], articles: dict[str, str]) -> None:
    entry = CITATIONS["quote"][key]
    source, locator, words = CITATIONS["source"][entry["source"]], entry["locator"], compact(entry["quote"])
    assert len(words) >= 4
    if entry["source"] == "ordinance" and locator != "条例前文":
        assert words in compact(articles[locator])
        locator = re.sub(r"(附則|条(?!例)).*", r"\1", locator)  # chunks are whole articles
    there = [c for c in places[locator] if c.source_id == source["source_id"]]
    assert there, f"no such place: {locator}"
    assert any(words in compact(chunk.text) for chunk in there)
    assert {chunk.title for chunk in there} == {source["title"]}


def test_every_quotation_is_used(course: Course) -> None:
    used = {(quote.locator, quote.quote) for quote in _all_quotes(course)}
    assert used == {(entry["locator"], entry["quote"]) for entry in CITATIONS["quote"].values()}


def _all_quotes(course: Course) -> list[Quote]:
    lessons = [
        quote
        for lesson in course.lessons
        for group in (lesson.says, lesson.case.cites, lesson.repair.cites, *(note.cites for note in lesson.means))
        for quote in group
    ]
    return lessons + [quote for question in course.questions for quote in question.cites]


def test_a_statement_about_a_document_has_its_words(course: Course) -> None:
    for lesson in course.lessons:
        for note in lesson.means:
            assert note.cites or not _SPEAKS.search(note.text), note.text


def test_an_article_that_is_named_is_cited(course: Course) -> None:
    for lesson in course.lessons:
        for note in lesson.means:
            _check_articles(note.text, note.cites)
        _check_articles(lesson.repair.hurts, lesson.repair.cites)
    for question in course.questions:
        _check_articles(question.explanation, question.cites)


def _check_articles(text: str, cites: tuple[Quote, ...]) -> None:
    """第8条第1号 in `text` needs a citation of that item, 第8条 one of the article."""
    places = [quote.locator for quote in cites]
    for article, paragraph, item in _ARTICLE.findall(text):
        name = f"条例第{article}条" + (f"第{paragraph}項" if paragraph else "") + (f"第{item}号" if item else "")
        assert any(re.match(rf"{name}(?![0-9])", place) for place in places), f"{name} is not cited: {text}"


def test_the_six_principles_and_the_items_of_article_8_are_taught(course: Course) -> None:
    taught = {quote.locator for lesson in course.lessons for quote in lesson.says}
    assert {f"条例第8条第{n}号" for n in range(1, 6)} <= taught
    principles = [lesson.principle for lesson in course.lessons if lesson.principle]
    assert principles == ["対等", "自主性尊重", "自立化", "相互理解", "目的共有", "公開"]
    for lesson in course.lessons:
        if lesson.principle:
            assert any(f"{lesson.principle}の原則" in quote.quote for quote in lesson.says)
            assert any(quote.locator.startswith("条例第8条第") for quote in lesson.says)


def test_cases_are_real_and_counterexamples_are_not(course: Course, index: Index) -> None:
    whole = {source: compact(index.text_of(source)) for source in {q.source_id for q in _all_quotes(course)}}
    assert {"kawasaki-cases", "tsurumi-plan", "isogo-agreement", "yokohama-report-r2"} <= set(whole)
    for lesson in course.lessons:
        assert all(compact(lesson.repair.clause) not in text for text in whole.values())
        assert lesson.repair.clause != lesson.repair.repair
    cased = {quote.source_id for lesson in course.lessons for quote in lesson.case.cites}
    assert {"kawasaki-cases", "tsurumi-plan", "isogo-agreement", "yokohama-report-r2"} <= cased
    for lesson in course.lessons:  # another city's case is said to be one
        if any(quote.source_id == "kawasaki-cases" for quote in lesson.case.cites):
            assert "川崎市" in lesson.case.title and "川崎市" in lesson.case.comment
