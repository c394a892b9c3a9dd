"""新旧対照: which article became which, the words that differ, and what stands on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant.answers import Answer, Citation
from assistant.outcomes import Reason, Status
from assistant.quoted import Quote, Quoted
from assistant.settings import Settings
from eval.quoted import quoted_cases
from ingest.diff.compare import Chunks, Comparison, compare
from ingest.diff.page import page
from ingest.diff.show import show
from ingest.diff.touched import touched
from ingest.diff.units import Unit
from ingest.home import Home
from kyodo import app
from server.store.database import Database
from server.store.quoted import quoted_answers
from server.store.tables import Conversation, Feedback, Turn, Visitor
from tests.ingest.test_versions import ID, NEW, OLD, added


def unit(label: str, text: str, caption: str = "") -> Unit:
    return Unit(label, f"{label}（{caption}）" if caption else label, text)


OLD_UNITS = [
    unit("第1条", "（目的）\n第一条　この条例は、話合いの約束を定めることを目的とする。", "目的"),
    unit("第2条", "（会議）\n第二条　会議は、年四回、公民館で開く。", "会議"),
    unit("第3条", "（費用）\n第三条　会議の費用は、市が負担し、その額は予算の範囲内とする。", "費用"),
    unit("第4条", "（見直し）\n第四条　市長は、四年ごとにこの条例を見直す。", "見直し"),
]
NEW_UNITS = [
    OLD_UNITS[0],
    unit("第2条", "（会議）\n第二条　会議は、年六回、公民館で開く。", "会議"),
    unit("第3条", "（記録）\n第三条　市は、会議の記録を作り、誰でも読めるようにする。", "記録"),
    unit("第4条", "（費用）\n第四条　会議の費用は、市が負担し、その額は予算の範囲内とする。", "費用"),
]


def test_articles_are_kept_amended_moved_added_and_deleted() -> None:
    changes = compare(OLD_UNITS, NEW_UNITS)
    assert [(c.kind, c.old_label, c.new_label) for c in changes] == [
        ("kept", "第1条", "第1条"),
        ("amended", "第2条", "第2条"),
        ("added", "", "第3条"),
        ("moved", "第3条", "第4条"),
        ("deleted", "第4条", ""),
    ]
    assert [r.text for r in changes[1].old if r.changed] == ["四"]
    assert [r.text for r in changes[1].new if r.changed] == ["六"]
    assert not changes[3].reworded


def test_both_sides_are_whole() -> None:
    for change in compare(OLD_UNITS, NEW_UNITS):
        sides = {u.label: u.text for u in OLD_UNITS}, {u.label: u.text for u in NEW_UNITS}
        if change.old_label:
            assert "".join(r.text for r in change.old) == sides[0][change.old_label]
        if change.new_label:
            assert "".join(r.text for r in change.new) == sides[1][change.new_label]


def test_blanks_and_widths_change_nothing() -> None:
    wide = [unit(u.label, u.text.replace("\n", "\n\n").replace("　", " "), "") for u in OLD_UNITS]
    assert {c.kind for c in compare(OLD_UNITS, wide)} == {"kept"}


def test_what_stands_on_changed_words_is_told() -> None:
    def kept(identity: str, text: str, source: str = "town") -> Quoted:
        return Quoted(kind="case", id=identity, question="？", quotes=(Quote(text=text, source_id=source),))

    things = [
        kept("gone", "年四回、公民館で開く"),
        kept("stays", "公民館で開く", ""),
        kept("moved", "第三条　会議の費用は、市が負担し"),
        kept("deleted", "四年ごとにこの条例を見直す"),
        kept("other", "年四回、公民館で開く", "elsewhere"),
        kept("untouched", "話合いの約束を定める"),
        kept("nowhere", "どこにもない文"),
    ]
    found = touched("town", compare(OLD_UNITS, NEW_UNITS), things)
    assert [(t.id, t.place, t.stands) for t in found] == [
        ("gone", "第2条", False),
        ("stays", "第2条", True),
        ("moved", "第3条", False),
        ("deleted", "第4条", False),
    ]


def comparison() -> Comparison:
    changes = tuple(c for c in compare(OLD_UNITS, NEW_UNITS) if c.kind != "kept")
    of = touched(
        "town", changes, [Quoted(kind="answer", id="a1", question="何回？<b>", quotes=(Quote(text="年四回"),))]
    )
    chunks = Chunks(kept=1, changed=2, new=1, gone=1)
    return Comparison(
        source_id="town",
        title="<試験>条例",
        old_version="令和3年4月1日施行",
        new_version="new.txt",
        changes=changes,
        kept=1,
        chunks=chunks,
        touched=tuple(of),
    )


@pytest.mark.parametrize("width", [60, 160])
def test_the_terminal_shows_both_sides_without_colours(width: int) -> None:
    console = Console(width=width, color_system=None, force_terminal=False, soft_wrap=True)
    with console.capture() as capture:
        show(console, comparison())
    told = capture.get()
    for words in (
        "[-四-]",
        "{+六+}",
        "第2条（会議） 改める",
        "第3条 → 第4条（費用） 移る",
        "そのまま1、変わる2",
        "保存された回答 a1",
    ):
        assert words in told
    assert ("旧：\n" in told) == (width < 100)


def test_long_lines_are_folded_and_not_cut_in_two_columns() -> None:
    long = "第九条　市は、" + "話合いの記録を作り、" * 20 + "公表する。"
    whole = comparison().model_copy(update={"changes": tuple(compare([], [unit("第9条", long)]))})
    console = Console(width=120, color_system=None, force_terminal=False, soft_wrap=True)
    with console.capture() as capture:
        show(console, whole)
    assert "…" not in capture.get() and capture.get().count("話合いの記録") >= 15
    rows = [line.split("│")[2].strip() for line in capture.get().splitlines() if line.count("│") == 3]
    assert "".join(rows) == "{+" + long.replace("　", "") + "+}"


def test_the_page_is_a_table_without_scripts() -> None:
    told = page(comparison())
    assert "<script" not in told and "http" not in told
    assert "<del>四</del>" in told and "<ins>六</ins>" in told
    assert "&lt;試験&gt;条例" in told and "何回？&lt;b&gt;" in told
    assert told.count('scope="col"') == 7 and told.count("<caption>") == 2 and '<html lang="ja">' in told


def test_the_command_compares_with_the_version_in_force(tmp_path: Path) -> None:
    home = added(Home(tmp_path / "home"), tmp_path, OLD)
    new = tmp_path / "neu.txt"
    new.write_text(NEW, "utf-8")
    target = tmp_path / "out" / "diff.html"
    run = CliRunner().invoke(
        app, ["--home", str(home.path), "ingest", "diff", str(new), "--html", str(target), "--json"]
    )
    assert run.exit_code == 0, run.stderr
    told = json.loads(run.stdout)
    assert (told["source_id"], told["old_version"], told["new_version"]) == (
        ID,
        "令和3年4月1日施行",
        "令和6年4月1日施行",
    )
    assert [(c["kind"], c["new_label"]) for c in told["changes"]] == [
        ("amended", "第4条"),
        ("amended", "第5条"),
        ("added", "附則（令和六年三月二五日条例第七号）"),
    ]
    assert told["chunks"] == {"kept": 16, "changed": 2, "new": 1, "gone": 0}
    assert "十五" in target.read_text("utf-8")
    assert home.versions() == [] and home.file_of(home.sources()[0]).read_text("utf-8") == OLD, "nothing is added"


def test_an_unknown_file_asks_for_the_id(tmp_path: Path) -> None:
    home = added(Home(tmp_path / "home"), tmp_path, OLD)
    other = tmp_path / "other.txt"
    other.write_text("買い物の覚え書き\n牛乳と卵。\n", "utf-8")
    run = CliRunner().invoke(app, ["--home", str(home.path), "ingest", "diff", str(other)])
    assert run.exit_code != 0 and "--id" in str(run.exception)


def test_answers_feedback_and_cases_are_what_is_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert list(quoted_answers(settings)) == []
    cited = [
        Citation(n=n, source_id=source, title="", locator="", page="", quote=f"文{n}", chunk_id="c")
        for n, source in enumerate(("town", "town@2021-04-01", "attached"), 1)
    ]
    answer = Answer(status=Status.ANSWERED, reason=Reason.FOUND, text="一［1］二［2］", citations=tuple(cited))
    data = answer.model_dump(mode="json")
    database = Database(settings)
    with database.session() as session:
        for row in (Visitor(id="v"), Conversation(id="c", visitor="v")):
            session.add(row)
            session.flush()
        session.add(Turn(id="t1", conversation="c", n=1, asked="何人？", answer=data, past={}))
        session.add(Feedback(verdict="wrong", question="何人？", answer=data))
    database.close()
    answers = list(quoted_answers(settings))
    assert [(q.kind, q.id) for q in answers] == [("answer", "t1"), ("feedback", "1")]
    assert [(q.text, q.source_id) for q in answers[0].quotes] == [("文1", "town"), ("文2", "town")]
    cases = {case.id: case for case in quoted_cases(settings)}
    assert len(cases) > 200 and cases["cases/F001"].quotes[0].text == "自主的・自律的な市民社会の形成に資する"
