"""The command line as scripts and people use it: outputs, exit codes, nothing but the result on standard output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kyodo
from assistant.errors import KyodoError
from assistant.service import Service
from ingest.run import Run

ROOT = Path(__file__).parent.parent


def run(home: Path, *words: str) -> Result:
    """One command in this process, with errors turned into exit codes as `main` does."""
    result = CliRunner().invoke(kyodo.app, ["--home", str(home), *words])
    if isinstance(result.exception, KyodoError):
        result.exit_code = result.exception.exit_code
    return result


@pytest.fixture
def built_home(built: Run) -> Path:
    return built.home.path


def test_ask_prints_answer_and_evidence(built_home: Path) -> None:
    done = run(built_home, "ask", "協働契約には何を定めなければなりませんか")
    assert done.exit_code == 0
    assert "条例第12条第2項" in done.stdout and "出典1" in done.stdout


def test_json_is_one_value_on_stdout(built_home: Path) -> None:
    easy = json.loads(run(built_home, "ask", "--easy", "協働とは", "--json").stdout)
    assert easy["text"].startswith("資料には こう 書いて あります。")
    answer = json.loads(run(built_home, "ask", "協働とは", "--json").stdout)
    assert {
        "status",
        "reason",
        "text",
        "citations",
        "divisions",
        "passages",
        "notices",
        "language",
        "timings_ms",
    } <= set(answer)
    assert len(json.loads(run(built_home, "search", "協働", "--limit", "3", "--json").stdout)) == 3
    records = json.loads(run(built_home, "directory", "--json").stdout)
    assert len(records) == 203
    assert {
        "organization",
        "divisions",
        "name",
        "field",
        "summary",
        "partner",
        "locator",
        "support",
        "contract_no",
    } <= set(records[0])
    assert len(json.loads(run(built_home, "directory", "--organization", "保土ヶ谷区", "--json").stdout)) == 9
    assert {"Answer", "Passage", "DirectoryRecord", "Draft", "Review", "Lesson", "QuestionView", "Marking"} <= set(
        json.loads(run(built_home, "schema").stdout)
    )
    assert json.loads(run(built_home, "doctor", "--json").stdout)
    listed = json.loads(run(built_home, "ingest", "list", "--json").stdout)
    assert [s["id"] for s in listed if s["expected"]] == [
        "ampersand",
        "kyodo-nyumon",
        "kyodo-kisoku",
        "kaishaku-tebiki",
    ]
    assert all(s["indexed"] for s in listed if not s["expected"])
    shown = json.loads(run(built_home, "ingest", "show", "isogo-agreement", "--json").stdout)
    assert any(c["questions"] for c in shown["chunks"])
    assert json.loads(run(built_home, "ingest", "verify", "--json").stdout)["faults"] == []


def test_for_people(built_home: Path) -> None:
    listing = run(built_home, "ingest", "list").stdout
    assert "索引済み" in listing and "--id ampersand" in listing
    doctor = run(built_home, "doctor").stdout
    assert "ampersand" in doctor and "→" in doctor
    assert "緑区" in run(built_home, "directory", "--organization", "緑区").stdout
    assert "見つかりません" in run(built_home, "search", "😀").stdout


def test_batch_keeps_order_and_survives_bad_lines(built_home: Path, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "question": "第8条"}',
        "not json",
        '{"id": "b", "question": ""}',
        '{"id": "c", "turns": ["協働とは", "第9条"]}',
        '{"id": "d", "question": 3}',
        "[]",
        '{"id": "e", "question": "\\ud800"}',
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines) + "\n", "utf-8")
    done = run(built_home, "ask", "--batch", str(source), "--out", str(target))
    assert done.exit_code == 3
    results = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["id"] for r in results] == ["a", None, "b", "c", "d", None, "e"]
    assert [r.get("status") for r in results] == [None, "error", None, None, "error", "error", None]
    assert results[2]["answers"][0]["status"] == "clarify"
    assert len(results[3]["answers"]) == 2
    assert all(r["message"] for r in results if r.get("status") == "error")


def test_a_batch_without_bad_lines_ends_well(built_home: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "q", "question": "協働契約"}\n', "utf-8")
    assert run(built_home, "search", "--batch", str(source), "--out", str(target)).exit_code == 0
    (result,) = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert result["passages"][0]["chunk_id"]
    target.write_text("before", "utf-8")
    assert run(built_home, "search", "--batch", str(tmp_path / "no.jsonl"), "--out", str(target)).exit_code == 3
    assert target.read_text("utf-8") == "before"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ask", "協働"], 4),
        (["search", "協働"], 4),
        (["directory"], 4),
        (["ingest", "show", "x"], 4),
        (["serve"], 4),
        (["nonsense"], 2),
        (["search", "協働", "--limit", "0"], 2),
        (["ingest", "add", "no-such-file.txt"], 3),
        (["ingest", "remove", "no-such-source"], 2),
        (["ingest", "questions", "x"], 2),
    ],
)
def test_exit_codes(tmp_path: Path, words: list[str], code: int) -> None:
    assert run(tmp_path / "home", *words).exit_code == code


def test_add_list_show_remove(tmp_path: Path) -> None:
    home, guide = tmp_path / "home", tmp_path / "guide.md"
    guide.write_text("# 花壇の手引き\n\n花壇の水やりは毎朝行います。\n", "utf-8")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00")
    done = run(
        home, "ingest", "--no-builtin", "add", str(guide), str(bad), "--title", "花壇の手引き", "--issuer", "某市"
    )
    assert done.exit_code == 3, "the bad file is told"
    answer = json.loads(run(home, "ask", "水やりはいつ行いますか", "--json").stdout)
    assert "毎朝" in answer["text"], "the good one is in"
    assert [s["id"] for s in json.loads(run(home, "ingest", "list", "--json").stdout)] == ["guide"]
    assert run(home, "ingest", "show", "nothing").exit_code == 2
    assert run(home, "ingest", "remove", "guide").exit_code == 4, "nothing is left to index"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("MODEL_OPTIONS", "temperature=0"), ("MODEL_OPTIONS", "[]"), ("MODEL_SECONDS", "0")],
)
def test_an_unknown_setting_value_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"KYODO_{name}", value)
    done = run(tmp_path / "home", "doctor")
    assert done.exit_code == 2
    assert f"KYODO_{name}" in str(done.exception)


def test_as_a_process_errors_are_sentences(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kyodo", "--home", str(tmp_path / "home"), "ask", "協働"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False
    )
    assert done.returncode == 4
    assert done.stdout == ""
    assert "kyodo ingest" in done.stderr and "Traceback" not in done.stderr


def test_chat_ends_with_an_empty_line(built_home: Path) -> None:
    done = CliRunner().invoke(kyodo.app, ["--home", str(built_home), "chat"], input="第8条\n\n")
    assert done.exit_code == 0 and "対等の立場" in done.stdout


def test_chat_reads_follow_ups_and_can_forget(built_home: Path) -> None:
    lines = "泉区の子育て支援拠点の名前は？\n栄区は？\n新しい話題\n電話番号は？\n"
    done = CliRunner().invoke(kyodo.app, ["--home", str(built_home), "chat"], input=lines)
    assert "「栄区の子育て支援拠点の名前は？」として答えます" in done.stdout.replace("\n", "")
    assert done.stdout.count("として答えます") == 1
    assert "忘れました" in done.stderr


def test_ingest_says_what_it_did(tmp_path: Path) -> None:
    done = run(tmp_path / "home", "ingest")
    assert done.exit_code == 0
    assert "除外" in done.stderr and "事業203件" in done.stderr
    assert "変わりはありません" in run(tmp_path / "home", "ingest").stderr


def test_the_service_is_what_the_command_line_asks(service: Service) -> None:
    assert len(service.directory("", "まちづくり")) == 23
