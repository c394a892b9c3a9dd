"""`kyodo review`: files, reports, batches, exit codes; the findings themselves come from a stand-in."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

import kyodo
from assistant.draft.export.write import write_draft
from assistant.errors import KyodoError
from assistant.service import Service
from tests.fixtures.drafts import CONTRACT, PROPOSAL
from tests.reviews import REVIEW, TEXT, FakeReviewer
from tests.word_files import contract, to_bytes


@pytest.fixture
def reviewer(monkeypatch: pytest.MonkeyPatch) -> FakeReviewer:
    fake = FakeReviewer()
    monkeypatch.setattr(Service, "review", lambda self, *a, **k: fake.review(*a, **k))
    return fake


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "契約書.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(kyodo.app, ["review", *map(str, words)])
    if isinstance(result.exception, KyodoError):
        result.exit_code = result.exception.exit_code
    return result


def test_a_file_is_reviewed_as_what_it_is_said_to_be(reviewer: FakeReviewer, paper: Path) -> None:
    done = run(paper, "--document", "proposal", "--form", "補助型")
    assert done.exit_code == 0
    assert reviewer.asked == [(TEXT, "proposal", "補助型")]
    assert "5項目のうち4項目があります" in done.stdout and "［誤り］" in done.stdout


def test_json_is_one_value(reviewer: FakeReviewer, paper: Path) -> None:
    found = json.loads(run(paper, "--json").stdout)
    assert found["status"] == "reviewed" and found["findings"][0]["quote"] in ("", *(f.quote for f in REVIEW.findings))
    assert reviewer.asked == [(TEXT, "contract", None)]


def test_a_word_file_comes_back_with_comments(reviewer: FakeReviewer, tmp_path: Path) -> None:
    paper, target = tmp_path / "契約.docx", tmp_path / "点検.docx"
    paper.write_bytes(to_bytes(contract()))
    done = run(paper, "--out", target)
    assert done.exit_code == 0 and done.stdout == "" and "書き出しました" in done.stderr
    result = docx.Document(str(target))
    assert [p.text for p in result.paragraphs] == [p.text for p in docx.Document(str(paper)).paragraphs]
    said = [c.text for c in result.comments]
    assert "どれも見つかりません" in said[0] and "変更履歴が残っています" in said[0]


def test_an_exported_draft_is_known_and_what_it_says_about_itself_is_left_out(
    reviewer: FakeReviewer, tmp_path: Path
) -> None:
    for draft in (PROPOSAL, CONTRACT):
        for suffix in (".docx", ".md"):
            paper = tmp_path / f"下書き{suffix}"
            write_draft(draft, paper)
            assert run(paper).exit_code == 0
    assert run(tmp_path / "下書き.docx", "--document", "proposal", "--form", "委託型").exit_code == 0
    asked = [(document, form) for _, document, form in reviewer.asked]
    assert asked == [
        ("proposal", None),
        ("contract", None),
        ("contract", "負担金型"),
        ("contract", None),
        ("proposal", "委託型"),
    ]
    assert not [text for text, _, _ in reviewer.asked if "この下書きについて" in text or "お尋ねしたいこと" in text]
    assert all("協働" in text and "〔要確認" in text for text, _, _ in reviewer.asked)


def test_a_report_of_the_other_kinds(reviewer: FakeReviewer, paper: Path, tmp_path: Path) -> None:
    for suffix in (".html", ".md", ".json", ".docx"):
        assert run(paper, "--out", tmp_path / f"r{suffix}").exit_code == 0
        assert (tmp_path / f"r{suffix}").stat().st_size > 500


def test_wrong_use_and_bad_files_have_their_codes(reviewer: FakeReviewer, paper: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    assert run().exit_code == 2
    assert run(paper, "--batch", paper).exit_code == 2
    assert run(paper, "--form", "折衷型").exit_code == 2
    assert run(paper, "--out", tmp_path / "a.pdf").exit_code == 2
    assert run(tmp_path / "gone.docx").exit_code == 3
    assert run(old).exit_code == 3
    assert reviewer.asked == []


def test_a_declined_document_is_no_failure(reviewer: FakeReviewer, tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("請求書 合計 10,000円", "utf-8")
    done = run(paper)
    assert done.exit_code == 0 and "点検しませんでした" in done.stdout and "請求書のようです" in done.stdout


def test_a_batch_keeps_its_order_and_goes_on_behind_bad_lines(reviewer: FakeReviewer, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "c1", "document": "contract", "form": "委託型", "text": TEXT},
        {"id": "c2", "document": "poem", "text": TEXT},
        {"id": "c3", "text": 7},
        {"id": "c4", "document": "proposal", "form": None, "text": "請求書"},
    ]
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n壊れた行\n", "utf-8")
    assert run("--batch", source, "--out", target).exit_code == 3
    found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [(f["id"], f["status"]) for f in found] == [
        ("c1", "reviewed"),
        ("c2", "error"),
        ("c3", "error"),
        ("c4", "declined"),
        (None, "error"),
    ]
    assert {"items", "findings", "text"} <= found[0].keys() and "document" in found[1]["message"]
    assert [asked[1:] for asked in reviewer.asked] == [("contract", "委託型"), ("proposal", None)]
