"""A folder of mixed files in one go: what each became, what is there already, what cannot be read and what to do then."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import kyodo
from assistant.errors import BadInputFile, WrongUse
from ingest import archive
from ingest.add import Details
from ingest.adding import Outcome, add_all
from ingest.gather import gather
from ingest.home import Home
from ingest.romaji import in_letters
from tests.assistant.test_readers import pdf

PAGE = "<!DOCTYPE html><title>募集 | みなと市</title><p>更新日：2026年4月1日</p><p>協働提案を募集します。</p>"
Pack = Callable[..., Path]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    def _pack(*entries: tuple[str | zipfile.ZipInfo, bytes], name: str = "資料.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for entry, data in entries:
                made.writestr(entry, data)
        return path

    return _pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "書類"
    (place / "昔").mkdir(parents=True)
    files = {
        "募集.html": PAGE.encode(),
        "名簿.csv": "団体名,区\r\n花の会,青葉区\r\n".encode("cp932"),
        "手引き.pdf": pdf([["花壇の手引き"], ["水やりは毎朝行います。"]]),
        "メモ.txt": "花壇は駅前に作ります。\n".encode("utf-16"),
        "昔/メモ.txt": "花壇は公園に作りました。\n".encode(),
        "昔/写し.txt": "花壇は駅前に作ります。\n".encode("utf-16"),
        "写真.jpg": b"\xff\xd8\xff",
        "空.txt": b"",
        "Thumbs.db": b"x",
        "~$手引き.docx": b"x",
        ".DS_Store": b"x",
    }
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place


def outcomes(home: Home, *paths: Path, room: Path, details: Details | None = None) -> dict[str, Outcome]:
    done = add_all(home, gather(paths, room), details or Details(), lambda outcome: None)
    return {outcome.item.name: outcome for outcome in done}


def test_each_file_of_a_folder_becomes_what_it_is(home: Home, folder: Path, tmp_path: Path) -> None:
    done = outcomes(home, folder, room=tmp_path / "room")
    assert {name: outcome.state for name, outcome in done.items()} == {
        "書類/メモ.txt": "added",
        "書類/募集.html": "added",
        "書類/名簿.csv": "added",
        "書類/手引き.pdf": "added",
        "書類/昔/メモ.txt": "added",
        "書類/昔/写し.txt": "same",
        "書類/写真.jpg": "unreadable",
        "書類/空.txt": "unreadable",
    }
    page = done["書類/募集.html"].source
    assert page and (page.title, page.as_of, page.reader) == ("募集", "更新日：2026年4月1日", "html")
    assert done["書類/名簿.csv"].source and done["書類/名簿.csv"].source.title == "名簿"
    same, first = done["書類/昔/写し.txt"].source, done["書類/メモ.txt"].source
    assert same and first and same.id == first.id
    added = done["書類/手引き.pdf"].added
    assert added and added.pages == 2
    for name in ("書類/写真.jpg", "書類/空.txt"):
        problem = done[name].problem
        assert problem and problem.ja and problem.en


def test_what_a_person_says_counts_more_than_what_a_file_says(home: Home, folder: Path, tmp_path: Path) -> None:
    told = Details(title="私の題", date="令和8年")
    source = outcomes(home, folder / "募集.html", room=tmp_path / "room", details=told)["募集.html"].source
    assert source and (source.title, source.as_of) == ("私の題", "令和8年")


def test_the_same_folder_again_adds_nothing_and_a_changed_file_waits_for_a_word(
    home: Home, folder: Path, tmp_path: Path
) -> None:
    first = outcomes(home, folder, room=tmp_path / "room")
    (folder / "メモ.txt").write_text("花壇は川辺に作ります。\n", "utf-8")
    again = outcomes(home, folder, room=tmp_path / "room")
    assert {o.state for o in again.values() if o.item.name != "書類/メモ.txt"} == {"same", "unreadable"}
    changed, before = again["書類/メモ.txt"], first["書類/メモ.txt"].source
    assert changed.state == "changed" and changed.source and before and changed.source.id == before.id
    told = outcomes(home, folder / "メモ.txt", room=tmp_path / "room", details=Details(id=before.id))
    assert told["メモ.txt"].state == "added"
    assert "川辺" in (home.path / "files" / before.file).read_text("utf-8")


def test_a_link_that_leads_out_of_the_folder_is_left_out(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密の文", "utf-8")
    (folder / "link.txt").symlink_to(secret)
    assert "書類/link.txt" not in {item.name for item in gather([folder], tmp_path / "room")}


def test_a_folder_with_nothing_in_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    with pytest.raises(BadInputFile, match="ファイルがありません"):
        list(gather([tmp_path], tmp_path / "room"))


def test_files_of_an_archive_are_sources_of_their_own(home: Home, pack: Pack, tmp_path: Path) -> None:
    letter = "依頼の文です。\n".encode()
    entries = (("募集/案内.html", PAGE.encode()), ("通知/依頼文.txt", letter), ("__MACOSX/._a.txt", b"x"))
    done = outcomes(home, pack(*entries), room=tmp_path / "room")
    assert {name: o.state for name, o in done.items()} == {
        "資料.zip/募集/案内.html": "added",
        "資料.zip/通知/依頼文.txt": "added",
    }


def test_names_without_a_mark_are_read_as_windows_wrote_them(pack: Pack, tmp_path: Path) -> None:
    path = pack(("xxxxxxxx.txt", "本文です。".encode()))
    data = path.read_bytes().replace(b"xxxxxxxx.txt", "通知文書.txt".encode("cp932"))
    path.write_bytes(data)
    assert [item.name for item in gather([path], tmp_path / "room")] == ["資料.zip/通知文書.txt"]


def entry(name: str, *, link: bool = False) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = (stat.S_IFLNK | 0o777) << 16 if link else 0
    return made


@pytest.mark.parametrize(
    ("made", "data", "says"),
    [
        (entry("../外.txt"), b"x", "zipの外"),
        (entry("/etc/passwd"), b"x", "zipの外"),
        (entry("C:\\a.txt"), b"x", "zipの外"),
        (entry("..\\..\\a.txt"), b"x", "zipの外"),
        (entry("link.txt", link=True), b"/etc/passwd", "zipの外"),
        (entry("中.zip"), b"PK", "zipの中のzip"),
        (entry("爆弾.txt"), bytes(5_000_000), "異常に大きく"),
    ],
)
def test_what_is_dangerous_in_an_archive_is_left_out_with_words(
    pack: Pack, tmp_path: Path, made: zipfile.ZipInfo, data: bytes, says: str
) -> None:
    path = pack((made, data), ("良い.txt", "読める文。".encode()))
    bad, good = gather([path], tmp_path / "room")
    assert bad.problem and says in bad.problem.ja and good.problem is None
    inside = [p for p in (tmp_path / "room").rglob("*") if p.is_file()]
    assert [p.name for p in inside] == ["良い.txt"]


@pytest.mark.parametrize(
    ("damage", "says"),
    [("cut", "壊れている"), ("locked", "パスワード"), ("empty", "ファイルがありません"), ("many", "中身が多すぎます")],
)
def test_an_archive_that_is_not_opened_says_why(
    pack: Pack, tmp_path: Path, damage: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    path = pack(*[(f"{n}.txt", b"text") for n in range({"many": 2, "empty": 0}.get(damage, 1))])
    data = bytearray(path.read_bytes())
    if damage == "cut":
        del data[-30:]
    elif damage == "locked":
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (item,) = gather([path], tmp_path / "room")
    assert item.problem and says in item.problem.ja and item.problem.en


def run(home: Home, *words: str) -> Result:
    return CliRunner().invoke(kyodo.app, ["--home", str(home.path), *words])


def test_the_command_line_tells_each_file_and_the_sum(home: Home, folder: Path) -> None:
    done = run(home, "ingest", "--no-builtin", "add", str(folder))
    assert done.exit_code == BadInputFile.exit_code and done.stdout == ""
    for words in (
        "「募集」（書類/募集.html、ウェブページ）",
        "手引き.pdf、PDF、2ページ",
        "同じ内容がもう入っています：書類/昔/写し.txt",
        "写真.jpg: 画像です",
        "Shift_JIS として読みました",
        "8ファイル：加えたもの5件、同じ内容がもう入っているもの1件、読めなかったもの2件。",
        "索引ができました：5文書",
    ):
        assert words in done.stderr, words
    (folder / "メモ.txt").write_text("花壇は川辺に作ります。\n", "utf-8")
    for name in ("写真.jpg", "空.txt"):
        (folder / name).unlink()
    again = run(home, "ingest", "add", str(folder), "--json")
    assert again.exit_code == 0, "nothing that could not be read"
    events = [json.loads(line) for line in again.stdout.splitlines()]
    assert {e["name"]: e["state"] for e in events if e["event"] == "file"}["書類/メモ.txt"] == "changed"


def test_events_for_machines_end_with_a_report(home: Home, folder: Path) -> None:
    done = run(home, "ingest", "--no-builtin", "add", str(folder / "名簿.csv"), str(folder / "手引き.pdf"), "--json")
    assert done.exit_code == 0, done.output
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [e["state"] for e in events if e["event"] == "file"] == ["added", "added"]
    assert [e["step"] for e in events if e["event"] == "step"][:2] == ["list_sources", "read_pages"]
    assert any("Shift_JIS" in e["text"] for e in events if e["event"] == "warning")
    progress = [e for e in events if e["event"] == "progress" and e["step"] == "embed_chunks"]
    assert progress[-1]["done"] == progress[-1]["total"] > 0
    assert {"rate", "eta", "documents", "pages", "chunks"} <= set(progress[-1])
    report = events[-1]
    assert report["event"] == "report" and report["documents"] == 2
    assert [(s["reader"], s["pages"]) for s in report["sources"]] == [("csv", 1), ("pdf", 2)]
    assert set(report["seconds"]) >= {"read_pages", "embed_chunks", "publish_index"}
    assert sum(s["chunks"] for s in report["sources"]) == report["chunks"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("協働条例（例規集）", "kyoudou-jourei-reiki-shuu"),
        ("令和8年度_補助一覧", "reiwa-8-nendo-hojo-ichiran"),
        ("ガッコウのメモ", "gakkounomemo"),
        ("ﾃｽﾄ ＡＢＣ", "tesuto-abc"),
        ("Guide 2020", "guide-2020"),
        ("☆☆", ""),
    ],
)
def test_ids_are_names_in_letters(name: str, letters: str) -> None:
    assert in_letters(name) == letters


@given(st.text(max_size=80))
def test_any_name_gives_letters_that_an_id_may_have(name: str) -> None:
    assert re.fullmatch(r"(?:[0-9a-z](?:[0-9a-z-]{0,46}[0-9a-z])?)?", in_letters(name))


def test_an_id_belongs_to_one_file(home: Home, folder: Path) -> None:
    done = run(home, "ingest", "add", str(folder), "--id", "x")
    assert isinstance(done.exception, WrongUse)
