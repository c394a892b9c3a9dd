"""Each kind of damage is found, said with what to do, and mended; what cannot be mended is left to a person in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kyodo
from assistant.index import CURRENT, current_generation, open_index, read_card
from assistant.store import PIECES, QUESTIONS, UNANSWERABLE
from ingest import commands, verify_commands
from ingest.add import Details, add_file
from ingest.embed import VectorCache
from ingest.pipeline import run_steps
from ingest.repair import repair
from ingest.run import Run
from ingest.verify import REPAIR, Fault, examine
from tests.fakes import HashEmbedder
from tests.ingest.small_home import best, few_unanswerable, small_home

Damage = Callable[[Run, Path], None]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """A small home, indexed, with an expected question."""
    with few_unanswerable():
        made = small_home(tmp_path / "home", tmp_path)
        made.home.questions_dir.mkdir()
        (made.home.questions_dir / "guide.questions.txt").write_text("@ 花壇の手引き\n", "utf-8")
        section = run_steps(made).chunks[0].section
        (made.home.questions_dir / "guide.questions.txt").write_text(f"@ {section}\n水やりの時刻は？\n", "utf-8")
        run_steps(made)
        yield made


def _folder(run: Run) -> Path:
    return run.settings.index_dir / str(current_generation(run.settings))


def _write(name: str, text: str) -> Damage:
    def damage(run: Run, folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return damage


def _database(run: Run, folder: Path) -> None:
    path = folder / "chroma" / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:9_000])


def _collection(kind: str, lose: bool) -> Damage:
    """One entry too few, or one that belongs to nothing."""

    def damage(run: Run, folder: Path) -> None:
        index = open_index(run.settings, run.embedder)
        with closing(index.stores):
            collection = index.stores.open(kind).collection
            if lose:
                collection.delete(ids=collection.get(include=[])["ids"][:1])
            else:
                collection.add(ids=["nobody's"], embeddings=[[0.5] * 16], documents=["どこにもない文"])

    return damage


def _compared(run: Run, folder: Path) -> None:
    """The last vector of the chunks becomes nothing; the file keeps its size."""
    path = folder / "vectors" / "chunks.npy"
    path.write_bytes(path.read_bytes()[:-64] + bytes(64))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "text altered": (_write("texts/guide.txt", "別の文"), "一致しません"),
    "text gone": (lambda run, folder: (folder / "texts" / "guide.txt").unlink(), "読めません"),
    "database cut": (_database, "開けません"),
    "database gone": (lambda run, folder: shutil.rmtree(folder / "chroma"), "開けません"),
    "rows cut": (_write("rows.json", "["), "開けません"),
    "rows of nothing": (_write("rows.json", '[{"id": "x"}]'), "開けません"),
    "records cut": (_write("records.json", "["), "読めません"),
    "source list cut": (_write("sources.json", "["), "開けません"),
    "question list cut": (_write("questions.json", "["), "読めません"),
    "question list emptied": (_write("questions.json", "[]"), "属さない"),
    "card cut": (_write("card.json", "{"), "開けません"),
    "pointer to nowhere": (_write(f"../{CURRENT}", "gone"), "開けません"),
    "compared vector altered": (_compared, "比べるためのベクトル"),
    "piece lost": (_collection(PIECES, lose=True), "足りません"),
    "piece of nothing": (_collection(PIECES, lose=False), "属さない"),
    "question lost": (_collection(QUESTIONS, lose=True), "足りません"),
    "question of nothing": (_collection(QUESTIONS, lose=False), "属さない"),
    "unanswerable lost": (_collection(UNANSWERABLE, lose=True), "足りません"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_index_is_found_and_built_again(run: Run, kind: str) -> None:
    before, old = best(run.settings), _folder(run)
    damage, said = DAMAGES[kind]
    damage(run, old)
    faults = examine(run.settings, run.embedder)
    assert any(said in fault.what and fault.advice == REPAIR for fault in faults), faults
    told = repair(run)
    assert told.faults and told.left == [] and examine(run.settings, run.embedder) == []
    assert best(run.settings) == before and _folder(run) != old
    assert any("作り直しました" in done and "0本を計算" in done for done in told.done), "vectors are kept"
    assert repair(run).done == []


def test_a_sound_home_has_no_fault(run: Run, built: Run) -> None:
    assert examine(run.settings, run.embedder) == []
    assert examine(built.settings, built.embedder) == []


def test_the_one_before_answers_until_the_new_one_is_built(run: Run) -> None:
    """Even where the new one cannot be built: then the old one stays."""
    run_steps(replace(run, rebuild=True))
    before = best(run.settings)
    _database(run, _folder(run))
    (run.home.path / "files" / "guide.md").unlink()
    told = repair(run)
    assert any("一つ前の索引" in done for done in told.done)
    assert best(run.settings) == before
    assert any("--id guide" in fault.advice for fault in told.left)


def test_stored_originals_that_are_not_what_was_indexed(run: Run, tmp_path: Path) -> None:
    original = run.home.path / "files" / "guide.md"
    text = original.read_text("utf-8")
    original.write_text(text + "書き足し。\n", "utf-8")
    assert [(f.place, f.what) for f in examine(run.settings, run.embedder)] == [
        ("guide.md", "原本が索引を作ったときのものと違います")
    ]
    original.unlink()
    faults = examine(run.settings, run.embedder)
    assert [f.what for f in faults] == ["保存した原本がありません"] and "kyodo ingest remove guide" in faults[0].advice
    original.write_text(text, "utf-8")
    more = tmp_path / "more.md"
    more.write_text("# 追加\n\n追加の文書です。\n", "utf-8")
    add_file(run.home, more, Details(id="more"))
    assert examine(run.settings, run.embedder) == [Fault("more", "まだ索引に入っていません", "kyodo ingest")]
    run_steps(run)
    run.home.remove("more")
    assert examine(run.settings, run.embedder) == [Fault("more", "外した出典がまだ索引にあります", "kyodo ingest")]


def test_what_killed_runs_left_goes(run: Run) -> None:
    unfinished = run.settings.index_dir / "20000101T000000-unfinished"
    unfinished.mkdir()
    (run.home.path / "files" / "nobody.txt").write_text("?", "utf-8")
    told = repair(run)
    assert len(told.done) == 2 and told.faults == [] and "nobody.txt" in told.done[1]
    assert not unfinished.exists() and examine(run.settings, run.embedder) == []


def test_a_damaged_cache_is_set_aside_and_short_vectors_go(run: Run) -> None:
    path = run.home.path / "cache" / "vectors.db"
    with closing(VectorCache(path)) as cache:
        cache._db.execute("UPDATE vectors SET vector = x'00' WHERE rowid = 1")
        cache._db.commit()
    assert repair(run).done == ["長さの合わないベクトルを控えから1本消しました。"]
    data = bytearray(path.read_bytes())
    data[4_096:] = b"x" * (len(data) - 4_096)
    path.write_bytes(data)
    told = repair(run)
    assert len(told.done) == 1 and "vectors.damaged" in told.done[0] and path.with_suffix(".damaged").exists()
    fresh = HashEmbedder()
    run_steps(replace(run, embedder=fresh, rebuild=True))
    assert fresh.embedded, "computed again"


def test_damage_that_shows_only_in_a_run(run: Run) -> None:
    """The first page of the cache is whole, the others are not: the run sets it aside and goes on."""
    path = run.home.path / "cache" / "vectors.db"
    data = bytearray(path.read_bytes())
    data[4_096:] = b"x" * (len(data) - 4_096)
    path.write_bytes(data)
    assert run_steps(replace(run, rebuild=True)).card
    assert path.with_suffix(".damaged").exists() and examine(run.settings, run.embedder) == []


def test_both_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (commands, verify_commands):
        monkeypatch.setattr(module, "E5", lambda engine: HashEmbedder())

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(kyodo.app, ["--home", str(run.home.path), "ingest", *arguments])
        return done.exit_code, done.output

    assert call("verify") == (0, f"{read_card(run.settings).chunks}チャンクを確かめました。問題は0件です。\n")  # type: ignore[union-attr]
    assert "Nothing to repair" in call("repair")[1]
    (_folder(run) / "texts" / "guide.txt").write_text("別の文", "utf-8")
    code, said = call("verify")
    assert code == 3 and REPAIR in said
    code, said = call("repair")
    assert code == 0 and "作り直しました" in said and "直しました。" in said
    (run.home.path / "files" / "guide.md").unlink()
    code, said = call("repair", "--json")
    assert code == 3 and json.loads(said[said.index("{") :])["left"][0]["place"] == "guide.md"


def test_older_versions_are_no_fault_and_are_checked_too(run: Run, tmp_path: Path) -> None:
    amended = tmp_path / "amended.md"
    amended.write_text("# 花壇\n\n花壇の水やりは毎夕行います。\n\n# 連絡\n\n区役所に相談します。\n", "utf-8")
    add_file(run.home, amended, Details(id="guide"))
    run_steps(run)
    assert examine(run.settings, run.embedder) == []
    (older,) = (run.home.path / "versions").iterdir()
    assert repair(run).done == [] and older.is_file()
    older.write_text("別の版\n", "utf-8")
    assert [(f.place, "違います" in f.what) for f in examine(run.settings, run.embedder)] == [(older.name, True)]


def test_a_removed_document_is_kept_nowhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its copy nor those of its versions; what is left of the index before goes with the next runs."""
    for module in (commands, verify_commands):
        monkeypatch.setattr(module, "E5", lambda engine: HashEmbedder())
    for text in ("はじめの文です。", "改めた文です。"):
        (tmp_path / "more.md").write_text(f"# 追加\n\n{text}\n", "utf-8")
        add_file(run.home, tmp_path / "more.md", Details(id="more"))
    run_steps(run)
    assert len(list(run.home.path.glob("*/more*"))) == 2
    done = CliRunner().invoke(kyodo.app, ["--home", str(run.home.path), "ingest", "remove", "more"])
    assert done.exit_code == 0 and list(run.home.path.glob("*/more*")) == []
    assert (run.home.path / "files" / "guide.md").is_file() and examine(run.settings, run.embedder) == []
