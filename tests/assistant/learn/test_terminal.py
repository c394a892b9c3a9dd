"""The course in the terminal, from the first lesson to the certificate, by what a person types."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner, Result

import kyodo
from assistant.errors import WrongUse
from assistant.layout import wrap
from assistant.learn.course import Course
from assistant.learn.progress import Progress, standing
from assistant.learn.store import Store
from assistant.learn.terminal import Dialogue

DAY = date(2026, 11, 22)


class Learner:
    """Types `lines`, then ends the input; answers questions of a round with what `knows` says."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


def _dialogue(screen: Console, course: Course, store: Store, lines: list[str], seed: int = 1) -> Dialogue:
    return Dialogue(screen, course, store, Random(seed), read=Learner(lines), today=lambda: DAY)


def _said(screen: Console) -> str:
    return screen.file.getvalue()  # type: ignore[attr-defined,no-any-return]


class Knows(Dialogue):
    """A learner who answers every question right, but wrong the first time in every third."""

    def _answer(self, view: Any) -> list[str]:
        question = self.course.question(view.id)
        known = view.id in self.store.load().boxes or sum(map(ord, view.id)) % 3
        if not known:
            return [""]
        by_text = {choice.text: choice.id for choice in view.choices}
        solution = question.solution if view.way == "order" else question.solution[:1]
        return [by_text.get(part, part) for part in solution]


def test_from_the_first_lesson_to_the_certificate(
    screen: Console, course: Course, store: Store, tmp_path: Path
) -> None:
    page = tmp_path / "修了証.html"
    store.name = "山田 花子"
    lines = ["1", *[""] * len(course.lessons), "", "4", *["2"] * 12, "3", "4", str(page), "0"]
    dialogue = Knows(screen, course, store, Random(1), read=Learner(lines), today=lambda: DAY)
    dialogue.run()
    kept = store.load()
    assert kept.finished == DAY and kept.round == 12 and len(kept.read) == len(course.lessons)
    said = _said(screen)
    assert said.count("修了おめでとうございます") == 1
    assert "まだ修了していません" in said.split("第1問")[0]
    assert "復習が" in said and "読み直すと分かります" in said
    assert said.rstrip().splitlines()[-1].endswith("られます。") and "令和8年11月22日" in said
    assert "山田 花子" in page.read_text("utf-8")
    assert all(lesson.title in said for lesson in course.lessons)
    # a path is not broken, and this one is as long as the folder of the tests makes it
    assert max(cell_len(line) for line in said.splitlines() if page.name not in line) <= 82


NO_TEXT = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


@pytest.mark.parametrize("stop", [EOFError(), KeyboardInterrupt(), NO_TEXT], ids=repr)
def test_the_end_of_the_input_keeps_what_was_done(
    screen: Console, course: Course, store: Store, stop: BaseException
) -> None:
    lines = iter(["1", "3", "0", "2", "1"])

    def read(prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise stop
        return line

    Dialogue(screen, course, store, Random(2), read=read, today=lambda: DAY).run()
    kept = store.load()
    assert set(kept.read) == {"jiritsuka"} and kept.round == 1 and len(kept.boxes) == 1
    assert "保存しました" in _said(screen)


def test_an_answer_that_cannot_be_read_is_asked_for_again(screen: Console, course: Course, store: Store) -> None:
    dialogue = _dialogue(screen, course, store, ["9", "1 2", "abc", "２"])
    view = course.view(course.question("form-01"), Random(1))
    assert dialogue._answer(view) == [view.choices[1].id]
    assert _said(screen).count("1～3の番号") == 3
    dialogue = _dialogue(screen, course, store, ["1 2 3", "1 1 2 3", "４ ３,２→1"])
    view = course.view(course.question("order-02"), Random(1))
    assert dialogue._answer(view) == [choice.id for choice in reversed(view.choices)]


def test_stopping_a_round_goes_back_to_the_menu(screen: Console, course: Course, store: Store) -> None:
    learner = Learner(["2", "", "やめる", "x", "0"])
    Dialogue(screen, course, store, Random(3), read=learner, today=lambda: DAY).run()
    assert len(store.load().boxes) == 1 and not learner.lines
    assert "この回は1問のうち0問" in _said(screen) and "0から4の番号" in _said(screen)


def test_a_name_can_be_given_for_the_certificate(screen: Console, course: Course, store: Store, tmp_path: Path) -> None:
    store.change(lambda _: Progress(finished=DAY))
    page, blank = tmp_path / "a.html", tmp_path / "b.html"
    lines = ["4", " 山田 ", str(page), "4", "", str(blank), "4", "山" * 61, "4", "", str(tmp_path / "no" / "c.html")]
    _dialogue(screen, course, store, lines).run()
    assert "山田</span> 様" in page.read_text("utf-8") and "<span></span> 様" in blank.read_text("utf-8")
    said = _said(screen).replace("\n", "")
    assert said.count("手で書き入れて") == 1 and "60文字まで" in said and "書き込めません" in said
    assert store.load().name == ""


def test_a_damaged_file_is_told_once(screen: Console, course: Course, store: Store) -> None:
    store.folder.mkdir(parents=True)
    store.path.write_text("{", "utf-8")
    _dialogue(screen, course, store, ["3", "1", "99", "0"]).run()
    assert _said(screen).count("壊れていた") == 1
    assert "1から9の番号" in _said(screen)


def test_lines_are_wrapped_as_japanese_is() -> None:
    text = "市及び市民等は、Zoomで「対等」の立場に立ち、100,000円を負担する。" * 3
    lines = wrap(text, 20)
    assert "".join(lines) == text
    assert all(cell_len(line) <= 24 for line in lines)
    assert not any(line[0] in "、。」" for line in lines) and not any(line[-1] in "「（" for line in lines)
    assert not any(line[-3:] == "Zoo" for line in lines)
    assert wrap("一\n\n二", 10) == ["一", "", "二"]


def _run(home: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(kyodo.app, ["--home", str(home), "learn", *arguments], input=typed)


def test_the_command_needs_no_index_and_works_with_piped_input(tmp_path: Path, course: Course) -> None:
    done = _run(tmp_path, "--name", "花子", "--seed", "4", typed="1\n2\n0\n2\n")
    assert done.exit_code == 0 and "花子さん" in done.stdout and "第1問" in done.stdout
    again = _run(tmp_path, "--name", "花子", "--json")
    listed = json.loads(again.stdout)
    assert [n["read"] for n in listed["lessons"]] == [False, True] + [False] * 7
    assert listed["questions"] == len(course.questions) and listed["standing"]["lessons_read"] == 1
    assert json.loads(_run(tmp_path, "--json").stdout)["standing"]["lessons_read"] == 0
    drawn = [_run(tmp_path / str(n), "--seed", "4", "--practice", "3", typed="\n\n\n").stdout for n in (1, 2)]
    assert drawn[0] == drawn[1] and "第3問／3" in drawn[0]


def test_one_lesson_the_progress_and_their_json(tmp_path: Path, course: Course) -> None:
    assert course.lessons[4].title in _run(tmp_path, "--lesson", "5").stdout
    assert "レッスン　1/9" in _run(tmp_path, "--progress").stdout
    told = json.loads(_run(tmp_path, "--lesson", "kokai", "--json").stdout)
    assert told["says"][0]["quote"].startswith("⑥ 公開の原則")
    assert json.loads(_run(tmp_path, "--progress", "--json").stdout)["finished"] is None
    assert isinstance(_run(tmp_path, "--lesson", "10").exception, WrongUse)


def test_the_certificate_of_the_command(tmp_path: Path, course: Course) -> None:
    page = tmp_path / "c.html"
    early = _run(tmp_path, "--certificate", str(page))
    assert isinstance(early.exception, WrongUse) and not page.exists()
    store = Store(tmp_path / "learn", "<b>花子</b>")
    store.change(lambda _: Progress(name=store.name, finished=DAY))
    assert _run(tmp_path, "--name", store.name, "--certificate", str(page)).exit_code == 0
    assert "&lt;b&gt;花子&lt;/b&gt;" in page.read_text("utf-8")
    assert not standing(course, store.load()).done
