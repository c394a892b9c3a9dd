"""`kyodo draft` as people and scripts use it: files, standard input, answers, saved drafts, batches, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner, Result

import kyodo
from assistant.draft.export.embed import embedded_draft
from assistant.drafts import Draft
from assistant.errors import KyodoError
from ingest.run import Run
from tests.fixtures.drafts import CONTRACT

BRIEF = (
    "青葉区地域振興課とNPO法人こもれびの契約書をお願いします。"
    "目的は、ひとりで過ごす高齢者の話し相手を増やすことです。毎月2回、集会所でお茶の会を開きます。\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "brief.txt").write_text(BRIEF, "utf-8")
    return tmp_path


@pytest.fixture
def home(built: Run) -> Path:
    return built.home.path


def run(home: Path, *words: str | Path, typed: str | bytes = "") -> Result:
    result = CliRunner().invoke(kyodo.app, ["--home", str(home), "draft", *map(str, words)], input=typed)
    if isinstance(result.exception, KyodoError):
        result.exit_code = result.exception.exit_code
    return result


def saved(path: Path) -> Draft:
    found = embedded_draft(path.read_bytes())
    assert found is not None
    return found


def test_without_a_file_the_markdown_is_the_output(home: Path, folder: Path) -> None:
    done = run(home, "contract", "--brief", folder / "brief.txt")
    assert done.exit_code == 0
    assert done.stdout.startswith("# ") and "第1条" in done.stdout and "〔要確認" in done.stdout
    assert "読み取ったこと" in done.stderr and "NPO法人こもれび" in done.stderr and "--out" in done.stderr


def test_with_a_file_a_person_sees_what_was_understood_and_what_is_asked(home: Path, folder: Path) -> None:
    done = run(home, "contract", "--brief", folder / "brief.txt", "--out", folder / "a.docx")
    assert "← …" in done.stdout or "← 青葉区" in done.stdout
    assert "○ 事業目的" in done.stdout and "× 費用の分担" in done.stdout and "［cost］" in done.stdout
    assert "第1条" not in done.stdout and "--continue" in done.stderr
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert saved(folder / "a.docx").brief == BRIEF


@pytest.mark.parametrize("suffix", ["md", "html", "json"])
def test_other_formats(home: Path, folder: Path, suffix: str) -> None:
    target = folder / f"a.{suffix}"
    assert run(home, "contract", "--brief", folder / "brief.txt", "--out", target).exit_code == 0
    assert "話し相手を増やす" in target.read_text("utf-8")


def test_json_is_one_value_on_standard_output(home: Path, folder: Path) -> None:
    done = run(home, "proposal", "--brief", "-", "--form", "補助", "--json", typed=BRIEF)
    told = json.loads(done.stdout)
    assert told["document"] == "proposal" and told["form"] == "補助型" and told["brief"] == BRIEF


def test_a_brief_in_another_encoding(home: Path) -> None:
    done = run(home, "contract", "--brief", "-", "--json", typed=BRIEF.encode("cp932"))
    assert json.loads(done.stdout)["brief"] == BRIEF


def test_a_brief_in_a_word_file(home: Path, folder: Path) -> None:
    word = Document()
    word.add_paragraph(BRIEF.strip())
    word.save(str(folder / "brief.docx"))
    done = run(home, "contract", "--brief", folder / "brief.docx", "--json")
    assert "NPO法人こもれび" in json.loads(done.stdout)["markdown"]


def test_answers_continue_a_saved_draft(home: Path, folder: Path) -> None:
    target = folder / "a.docx"
    run(home, "contract", "--brief", folder / "brief.txt", "--out", target)
    before = saved(target)
    answer = "費用の分担=区が3万円、こもれびが1万円を負担する"
    done = run(home, "--continue", target, "--set", answer, "--out", target)
    after = saved(target)
    assert done.exit_code == 0 and f"あと{len(after.questions)}件" in done.stdout
    assert set(before.question_keys) - set(after.question_keys) == {"cost"}
    assert run(home, "--continue", target, "--set", "cost=", "--out", target).exit_code == 0
    assert saved(target).question_keys == before.question_keys, "an empty answer takes it back"


def test_a_saved_draft_becomes_another_document(home: Path, folder: Path) -> None:
    run(home, "proposal", "--brief", folder / "brief.txt", "--set", "name=縁側", "--out", folder / "a.json")
    done = run(home, "contract", "--continue", folder / "a.json", "--json")
    told = json.loads(done.stdout)
    assert told["document"] == "contract" and "縁側" in told["title"]


def test_changes_in_word_are_not_overwritten(home: Path, folder: Path) -> None:
    target = folder / "a.docx"
    run(home, "contract", "--brief", folder / "brief.txt", "--out", target)
    word = Document(str(target))
    word.paragraphs[3].add_run("直した。")
    word.save(str(target))
    data = target.read_bytes()
    refused = run(home, "--continue", target, "--set", "name=縁側", "--out", target)
    assert refused.exit_code == 2 and target.read_bytes() == data
    told = run(home, "--continue", target, "--set", "name=縁側", "--out", folder / "b.docx")
    assert told.exit_code == 0 and "引き継がれません" in told.stderr
    assert "縁側" in saved(folder / "b.docx").title


def test_the_dialogue_asks_nothing_twice_and_keeps_what_was_answered(home: Path, folder: Path) -> None:
    typed = "?\n区は場所、こもれびは運営\n\n別途協議\nb\n物の破損はこもれびが責任を負う\nq\n"
    done = run(home, "contract", "--brief", folder / "brief.txt", "--ask", "--out", folder / "a.docx", typed=typed)
    made = saved(folder / "a.docx")
    assert done.exit_code == 0
    assert made.fields == {"roles": "区は場所、こもれびは運営", "liability": "物の破損はこもれびが責任を負う"}
    assert "記入例" in done.stderr and "まだ決まっていない" in done.stderr
    assert done.stderr.count("事故、けが、物の破損") == 2, "asked again only because of b"
    assert done.stderr.count("市にお願いしたいこと") == 1


def test_the_dialogue_checks_the_form(home: Path, folder: Path) -> None:
    given = [f"--set={key}=あ" for key in ("roles", "cost", "liability", "period", "name", "representative", "address")]
    done = run(home, "contract", "--brief", folder / "brief.txt", *given, "--ask", "--json", typed="\n請負\n委託で\n")
    assert json.loads(done.stdout)["form"] == "委託型" and "委託型、補助型" in done.stderr.replace("\n", "")


def test_what_was_misread_can_be_put_right_in_the_dialogue(home: Path, folder: Path) -> None:
    typed = "団体等の名称＝こもれびの会\n区＝場所、こもれび＝運営\nq\n"
    brief = folder / "brief.txt"
    done = run(home, "contract", "--brief", brief, "--ask", "--out", folder / "a.docx", typed=typed)
    assert saved(folder / "a.docx").fields == {"partner": "こもれびの会", "roles": "区＝場所、こもれび＝運営"}
    assert "読み取ったこと" in done.stderr and "直しました" in done.stderr


@pytest.mark.parametrize("typed", ["", "区は場所、こもれびは運営", b"\xff\xfe\n"])
def test_the_dialogue_ends_with_its_input(home: Path, folder: Path, typed: str | bytes) -> None:
    brief = folder / "brief.txt"
    done = run(home, "contract", "--brief", brief, "--ask", "--out", folder / "a.docx", typed=typed)
    assert done.exit_code == 0
    assert ("roles" in saved(folder / "a.docx").fields) == isinstance(typed, str) * bool(typed)


def test_an_interrupted_dialogue_is_saved(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = iter(["区は場所、こもれびは運営"])

    def interrupted(prompt: str = "") -> str:
        for reply in replies:
            return reply
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    done = run(home, "contract", "--brief", folder / "brief.txt", "--ask", "--out", folder / "a.docx")
    assert done.exit_code == 0 and saved(folder / "a.docx").fields == {"roles": "区は場所、こもれびは運営"}


def test_a_draft_can_begin_with_nothing_but_the_dialogue(home: Path, folder: Path) -> None:
    done = run(home, "contract", "--ask", "--out", folder / "a.docx", typed="NPO法人こもれび\n話し相手を増やす\nq\n")
    assert done.exit_code == 0 and saved(folder / "a.docx").status == "drafted"


@pytest.mark.parametrize("brief", ["", "はい", "We want to plant flowers with Aoba ward.", "花を植えます。" * 15_000])
def test_what_tells_nothing_is_declined_without_an_error(home: Path, folder: Path, brief: str) -> None:
    (folder / "brief.txt").write_text(brief, "utf-8")
    done = run(home, "contract", "--brief", folder / "brief.txt", "--out", folder / "a.docx")
    assert done.exit_code == 0 and "下書きは作りませんでした" in done.stdout
    assert not saved(folder / "a.docx").sections and "下書きではなく" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["contract"], 2, "--brief"),
        (["--brief", "brief.txt"], 2, "proposal"),
        (["memo", "--brief", "brief.txt"], 2, ""),
        (["contract", "--brief", "brief.txt", "--set", "budget=1"], 2, "費用の分担（cost）"),
        (["contract", "--brief", "brief.txt", "--set", "cost"], 2, "項目=内容"),
        (["contract", "--brief", "brief.txt", "--form", "請負"], 2, "委託型"),
        (["contract", "--brief", "brief.txt", "--out", "a.pdf"], 2, ".docx"),
        (["contract", "--brief", "brief.txt", "--out", "folder.md"], 2, "フォルダー"),
        (["contract", "--brief", "brief.txt", "--out", "no/a.md"], 5, "フォルダーを作って"),
        (["contract", "--brief", "brief.txt", "--continue", "a.docx"], 2, "--set"),
        (["contract", "--batch", "in.jsonl"], 2, "--out"),
        (["contract", "--brief", "no.txt"], 3, "見つかりません"),
        (["contract", "--brief", "folder.md"], 3, "フォルダー"),
        (["contract", "--brief", "binary.txt"], 3, "バイナリ"),
        (["contract", "--brief", "broken.pdf"], 3, "PDF"),
        (["contract", "--brief", "a.xls"], 3, "形式"),
        (["--continue", "brief.txt"], 3, "下書きのデータ"),
        (["--continue", "foreign.docx"], 3, "下書きのデータ"),
        (["--continue", "list.json"], 3, "下書きのデータ"),
        (["--continue", "no.docx"], 3, "見つかりません"),
        (["--continue", "folder.md"], 3, "フォルダー"),
    ],
)
def test_wrong_use_and_bad_files_are_told(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(folder)
    Document().save("foreign.docx")
    (folder / "folder.md").mkdir()
    (folder / "list.json").write_text("[1]")
    (folder / "binary.txt").write_bytes(b"a\x00b")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "a.xls").write_bytes(b"x")
    done = run(home, *words)
    assert done.exit_code == code
    assert said in (done.exception.ja if isinstance(done.exception, KyodoError) else done.stderr)


def test_a_batch_keeps_its_order_and_survives_bad_lines(home: Path, folder: Path) -> None:
    lines = [
        {"id": "p1", "document": "contract", "form": None, "brief": BRIEF},
        {"id": "p2", "document": "memo", "brief": BRIEF},
        {"id": "p3", "document": "proposal", "form": "補助型", "brief": ""},
        {"id": "p4", "document": "agreement", "brief": 3},
        {"id": "p5", "document": "contract", "form": "請負", "brief": BRIEF},
        {"id": "p6", "document": "contract", "brief": "", "fields": {"budget": "1円"}},
        {"id": "p7", "document": "contract", "brief": "", "fields": ["cost"]},
        {"id": "p\ud800", "document": "contract", "brief": "\ud800", "fields": {"purpose": "花を植える"}},
    ]
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)) + "\nno json\n", "utf-8")
    assert run(home, "--batch", source, "--out", target).exit_code == 3
    results = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["id"] for r in results] == ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p?", None]
    wanted = ["drafted", "error", "declined", "error", "error", "error", "error", "drafted", "error"]
    assert [r["status"] for r in results] == wanted
    assert results[2]["form"] == "補助型"
    single = run(home, "contract", "--brief", folder / "brief.txt", "--json")
    assert {**json.loads(single.stdout), "id": "p1"} == results[0]


def test_a_draft_of_another_version_says_so(home: Path, folder: Path) -> None:
    from assistant.draft.export.write import write_draft

    write_draft(CONTRACT, folder / "same.docx")
    assert "引き継がれません" not in run(home, "--continue", folder / "same.docx", "--json").stderr


def test_the_samples_hold_what_their_briefs_say() -> None:
    samples = Path(__file__).parent.parent / "docs" / "samples"
    for kind in ("proposal", "contract", "agreement"):
        made = saved(samples / f"{kind}.docx")
        assert made.document == kind and made.status == "drafted"
        assert made.brief == (samples / f"{kind}.txt").read_text("utf-8")
        assert (samples / f"{kind}-1.png").stat().st_size < 200_000
