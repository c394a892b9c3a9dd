"""Expected questions by a language model: written section by section, searched, never quoted, kept when the model fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.index import open_index
from assistant.models import ModelFailed
from assistant.outcomes import ModelOutcome
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from ingest.write_questions import sections_without, write_questions
from tests.fakes import HashEmbedder, QueueModel

TEXT = """# 花壇の手引き

## 苗の受け取り

苗は毎年4月に区役所の1階で受け取ることができます。申込みは要りません。

## 水やりの当番

当番は1週間ごとに交代します。休むときは代表に伝えます。
"""


def _reply(*questions: str) -> str:
    return json.dumps({"questions": list(questions)}, ensure_ascii=False)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    home.save(home.load().model_copy(update={"builtin": False}))
    document = tmp_path / "flowers.md"
    document.write_text(TEXT, "utf-8")
    add_file(home, document, Details("flowers", "花壇の手引き"))
    return run_steps(Run(Settings(home=home.path), home, HashEmbedder()))


def test_questions_are_written_indexed_and_searched(run: Run) -> None:
    path = run.home.questions_dir / "flowers.questions.txt"
    sections = sections_without(open_index(run.settings, run.embedder), "flowers", path)
    model = QueueModel(
        _reply("お花はいつもらえる？", "お花はいつもらえる？", "@ 章の名前ではない", "x" * 900, ""),
        "```json\n" + _reply("水をあげる人は\nいつ替わるの？") + "\n```",
    )
    assert sum(write_questions(model, sections, path, lambda _: None)) == 3
    assert "区役所の1階" in model.asked[0][1]["text"] and model.asked[0][1]["wanted"] > 0
    again = run_steps(Run(run.settings, run.home, run.embedder))
    assert not again.unchanged and [q.text for q in again.questions] == [
        "お花はいつもらえる？",
        "章の名前ではない",
        "水をあげる人はいつ替わるの？",
    ]
    index = open_index(run.settings, run.embedder)
    assert "苗" in index.chunks(list(again.questions[0].chunk_ids))[again.questions[0].chunk_ids[0]].text
    assert not sections_without(index, "flowers", path)


def test_a_model_that_fails_loses_nothing(run: Run) -> None:
    path = run.home.questions_dir / "flowers.questions.txt"
    index = open_index(run.settings, run.embedder)
    sections = sections_without(index, "flowers", path)
    assert len(sections) == 2
    model = QueueModel(_reply("苗はどこでもらう？"), ModelFailed(ModelOutcome.SLOW))
    with pytest.raises(ModelFailed):
        list(write_questions(model, sections, path, lambda _: None))
    assert "苗はどこでもらう？" in path.read_text("utf-8")
    assert sections_without(index, "flowers", path) == sections[1:]


def test_talk_instead_of_questions_writes_nothing(run: Run) -> None:
    path = run.home.questions_dir / "flowers.questions.txt"
    sections = sections_without(open_index(run.settings, run.embedder), "flowers", path)
    replies = ["かしこまりました。", _reply(), "[1, 2]"]
    assert list(write_questions(QueueModel(*replies[:2]), sections, path, lambda _: None)) == [0, 0]
    assert not path.exists()


def test_questions_of_a_section_that_is_gone_are_left_out(run: Run) -> None:
    run.home.questions_dir.mkdir()
    (run.home.questions_dir / "flowers.questions.txt").write_text("@ もうない節\nだれが？\n", "utf-8")
    assert run_steps(Run(run.settings, run.home, run.embedder)).questions == ()
