"""The expected documents are known by their title, issuer and content; a document that only speaks of one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.add import Details, add_file
from ingest.home import Home, builtin_sources
from ingest.recognise import rules
from tests.made_up import as_pdf, as_text


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("ampersand", "ampersand"),
        ("ampersand-differs", "ampersand"),
        ("kyodo-nyumon", "kyodo-nyumon"),
        ("kisoku", "kyodo-kisoku"),
        ("amending", "scan-1"),
        ("page", "scan-1"),
        ("review", "scan-1"),
    ],
)
@pytest.mark.parametrize("make", [as_text, as_pdf])
def test_a_file_is_known_by_its_title_page(home: Home, tmp_path: Path, name: str, identity: str, make: object) -> None:
    suffix = "txt" if make is as_text else "pdf"
    added = add_file(home, (as_text if make is as_text else as_pdf)(name, tmp_path, f"scan 1.{suffix}"), Details())
    assert added.source.id == identity
    assert (added.note is not None) == (identity in rules())
    if added.note:
        assert added.source.title in added.note[0] and "--id" in added.note[1]
        assert not next(s for s in home.sources() if s.id == identity).expected


def test_what_a_person_says_counts(home: Home, tmp_path: Path) -> None:
    assert add_file(home, as_text("ampersand", tmp_path), Details(id="mine")).source.id == "mine"
    assert add_file(home, as_text("ampersand", tmp_path), Details(title="研修の資料")).source.id == "ampersand-2"
    assert add_file(home, as_text("page", tmp_path), Details(title="AMPERSAND")).source.id == "ampersand"


def test_a_title_page_that_is_a_picture_leaves_the_name_of_the_file(home: Home, tmp_path: Path) -> None:
    text = as_text("ampersand", tmp_path).read_text("utf-8").split("はじめに", 1)[1]
    (tmp_path / "AMPERSAND_2023.txt").write_text("はじめに" + text + "\n発行 横浜市\n", "utf-8")
    assert add_file(home, tmp_path / "AMPERSAND_2023.txt", Details()).source.id == "ampersand"
    (tmp_path / "ampersand.txt").write_text("横浜市の協働契約と評価の話です。\n", "utf-8")
    assert add_file(Home(tmp_path / "other"), tmp_path / "ampersand.txt", Details()).source.id != "ampersand"


def test_a_second_one_does_not_take_the_place_of_the_first(home: Home, tmp_path: Path) -> None:
    first = add_file(home, as_text("kisoku", tmp_path), Details())
    second = add_file(home, as_text("kisoku", tmp_path, "again.txt"), Details())
    assert (first.source.id, second.source.id) == ("kyodo-kisoku", "again")
    assert second.note and "--id kyodo-kisoku" in second.note[1]


def test_every_expected_source_has_a_rule() -> None:
    assert set(rules()) == {s.id for s in builtin_sources() if s.expected}
