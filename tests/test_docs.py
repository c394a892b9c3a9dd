"""What the documents promise is there: commands, folders, settings, libraries, versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kyodo
from assistant.settings import Settings
from ingest.pipeline import STEPS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.ja.md")


@pytest.mark.parametrize("name", READMES)
def test_make_targets_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"`?make ([a-z]+)`?", text))
    assert {"run", "test"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", READMES)
def test_kyodo_commands_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for words in set(re.findall(r"kyodo ((?:ingest|eval) [a-z]+|[a-z]+)", text)):
        done = CliRunner().invoke(kyodo.app, [*words.split(), "--help"])
        assert done.exit_code == 0, words


@pytest.mark.parametrize("name", READMES)
def test_folders_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    parents: list[str] = []
    for indent, folder in re.findall(r"^( *)([a-z_]+)/ {2,}", text, re.MULTILINE):
        parents = [*parents[: len(indent) // 2], folder]
        assert ROOT.joinpath(*parents).is_dir(), parents
    assert parents


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_the_steps_in_order(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    positions = [text.find(f"`{step.__name__}`") for step in STEPS]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"`KYODO_{name.upper()}`" in text


def test_every_library_has_its_reason() -> None:
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in wanted:
        name = re.split(r"[=<>~ \[]", requirement)[0]
        assert f"`{name}`" in text, name


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pinned = re.findall(r"^[a-zA-Z0-9_.-]+==", text, re.MULTILINE)
    assert len(pinned) > 50
    assert "://" not in text
    assert len(re.findall(r"--hash=sha256:", text)) >= len(pinned)


def test_the_tests_that_accessibility_names_exist() -> None:
    text = (ROOT / "docs/accessibility.md").read_text("utf-8")
    code: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("*.py"):  # test_sources.py stands in several folders
        code[path.stem] = code.get(path.stem, "") + path.read_text("utf-8")
    named = re.findall(r"`(?:tests/[a-z/]*)?(\w+)(?:\.py)?(?:\.(\w+)…?)?`", text)
    assert len(named) > 30
    for file, function in named:
        if file in code:
            assert not function or f"def {function}" in code[file], f"{file}.{function}"
        elif file.startswith("test_"):
            assert any(f"def {file}" in told for told in code.values()), file
    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [str(n) for n in range(1, 31)]
