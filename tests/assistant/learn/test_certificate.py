"""The certificate: only for those who finished, everything escaped, no script, a Japanese date."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.errors import WrongUse
from assistant.learn.certificate import as_html, as_text, certificate, japanese_date
from assistant.learn.course import Course
from assistant.learn.progress import Progress

NOTE = "この修了証は学習の記録であり、資格ではありません。"


class Tags(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [key for key, _ in attrs if key in ("src", "href") or key.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def _finished(name: str = "") -> Progress:
    return Progress(name=name, finished=date(2026, 11, 22)).with_answer("order-01", True)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 1, 9), "令和2年1月9日"),
        (date(2026, 11, 22), "令和8年11月22日"),
    ],
)
def test_the_date_is_japanese(day: date, said: str) -> None:
    assert japanese_date(day) == said


def test_the_certificate_says_who_when_and_what(course: Course) -> None:
    made = certificate(course, _finished("山田 花子"))
    for text in (as_html(made), as_text(made)):
        for said in ("修了証" if "<" in text else "修　了　証", "山田 花子", "令和8年11月22日", NOTE):
            assert said in text
        assert all(lesson.title in text for lesson in course.lessons)
        assert f"{len(course.questions)}問のうち1問" in text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{ 7*7 }}", "&amp;", "a'b"])
def test_a_name_is_text_and_nothing_else(course: Course, name: str) -> None:
    page = Tags()
    page.feed(as_html(certificate(course, _finished(name))))
    assert name in page.text
    assert not page.tags & {"script", "img", "link", "iframe"} and not page.links
    assert name in as_text(certificate(course, _finished(name)))


def test_without_a_name_there_is_a_line_to_write_on(course: Course) -> None:
    assert "<span></span> 様" in as_html(certificate(course, _finished()))


def test_there_is_none_before_the_course_is_finished(course: Course) -> None:
    with pytest.raises(WrongUse, match="not finished"):
        certificate(course, Progress(name="山田"))
