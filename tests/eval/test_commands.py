"""`kyodo eval …` as people and CI call it: outputs, files, exit codes, a repetition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.run import Run
from tests.eval.test_run import few
from tests.test_cli import run as kyodo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few(tmp_path_factory.mktemp("cases") / "mine", 1)


@pytest.fixture(scope="module", autouse=True)
def _no_record_is_left(built: Run) -> Iterator[None]:
    """The home is every test's of this process: another one says that there is no record yet."""
    yield
    for path in _records(built):
        path.unlink()


def _records(built: Run) -> list[Path]:
    return sorted((built.home.path / "reports").glob("*.json"))


def test_a_run_writes_record_and_report_and_can_be_repeated(built: Run, folder: Path, tmp_path: Path) -> None:
    page, later = tmp_path / "new" / "report.html", tmp_path / "later.html"
    done = kyodo(built.home.path, "eval", "run", "--cases", str(folder), "--no-peer", "--misses", "--html", str(page))
    assert done.exit_code == 0, done.output
    assert "facts_right" in done.stdout and "≥ 90.0%" in done.stdout
    assert page.read_text("utf-8").startswith("<!doctype html>")
    record = str(_records(built)[-1])
    (folder / "facts.jsonl").write_text((folder / "facts.jsonl").read_text("utf-8") + "\n", "utf-8")
    again = kyodo(built.home.path, "eval", "run", "--from", record)
    assert again.exit_code == 0 and "前と違うもの：cases: mine" in again.stdout
    two = kyodo(built.home.path, "eval", "compare", record, record)
    assert two.exit_code == 0 and "+0" in two.stdout
    assert kyodo(built.home.path, "eval", "report", record, str(later)).exit_code == 0
    assert later.read_text("utf-8") == page.read_text("utf-8")


def test_json_is_the_record_and_nothing_else(built: Run, folder: Path, tmp_path: Path) -> None:
    other = few(tmp_path / "theirs", 1)
    done = kyodo(built.home.path, "eval", "run", "--cases", str(folder), "--cases", str(other), "--no-peer", "--json")
    assert list(json.loads(done.stdout)["folders"]) == ["mine", "theirs"]


def test_the_gate_fails_where_a_figure_is_below_the_baseline(built: Run, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(
        '{"id": "x", "question": "協働契約とは何ですか", "must_include": [["存在しない語"]], "support": []}', "utf-8"
    )
    done = kyodo(built.home.path, "eval", "gate", "--cases", str(tmp_path))
    assert done.exit_code == 1
    assert "基準を満たしません facts_right: 0 < " in done.stdout


def test_a_folder_without_cases_and_a_wrong_record_are_named(built: Run, tmp_path: Path) -> None:
    assert kyodo(built.home.path, "eval", "run", "--cases", str(tmp_path)).exit_code == 3
    assert kyodo(built.home.path, "eval", "run", "--from", str(tmp_path / "none.json")).exit_code == 3
