"""The home folder: the source list, the stored originals and the writer's lock.

home/
  sources.json     sources people added, in order; whether the built-in corpus is wanted
  files/<id>.<ext> copies of the added files, so that the index can be rebuilt when the original has moved
  versions/        the files that an amended one has replaced
  questions/       expected questions that a model wrote for this home (kyodo ingest questions)
  index/           one folder a generation and the pointer CURRENT (assistant/index.py)
  cache/vectors.db vectors by content
  ingest.lock      held by the one writer
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from assistant.errors import LockTimeout, StorageFailed, WrongUse
from assistant.readers.pdf import is_locked, unlock
from assistant.records import Source
from ingest.versions import MARK, arrange

_LIST = "sources.json"
_JAPAN = timezone(timedelta(hours=9))


def corpus_dir() -> Path:
    """Where the built-in documents, their source list and their layouts lie."""
    return Path(str(resources.files("ingest").joinpath("corpus")))


_RULES = ("recognise", "answers", "replaces")  # what stands beside a source and is none of its fields


@cache
def corpus_entries() -> tuple[dict[str, Any], ...]:
    """sources.toml as it stands, with the rules of ingest/recognise.py and ingest/quotations.py."""
    return tuple(tomllib.loads((corpus_dir() / "sources.toml").read_text("utf-8"))["source"])


def builtin_sources() -> list[Source]:
    """The built-in source list, present and expected, with digests not yet filled in."""
    fields = [{key: value for key, value in entry.items() if key not in _RULES} for entry in corpus_entries()]
    return [Source(builtin=True, **entry) for entry in fields]


class SourceList(BaseModel):
    """What a home keeps: added sources, removed built-in ids, and whether the built-in corpus belongs to it."""

    model_config = ConfigDict(frozen=True)

    builtin: bool = True
    removed: tuple[str, ...] = ()
    added: tuple[Source, ...] = ()
    versions: tuple[Source, ...] = ()  # of added sources, the ones that a later file replaced, latest first


@dataclass(frozen=True)
class Home:
    path: Path
    today: str = ""  # ISO day, where it is not today's in Japan

    @property
    def questions_dir(self) -> Path:
        return self.path / "questions"

    def sources(self) -> list[Source]:
        """All sources of this home, each in its version in force; an added one takes the place of the expected one."""
        kept = self.load()
        added = {source.id: self._arranged(kept, source)[0] for source in kept.added}
        base = [s for s in builtin_sources() if s.id not in kept.removed] if kept.builtin else []
        return [added.pop(source.id, source) for source in base] + list(added.values())

    def versions(self) -> list[Source]:
        """The versions that are not in force, oldest first, source by source."""
        kept = self.load()
        return [version for source in kept.added for version in self._arranged(kept, source)[1]]

    def kept(self) -> list[Source]:
        """Every source with a file, in all its versions, the ones in force first."""
        return [*(s for s in self.sources() if not s.expected), *self.versions()]

    def _arranged(self, kept: SourceList, source: Source) -> tuple[Source, list[Source]]:
        pool = [source, *(v for v in kept.versions if v.version_of == source.id)]
        return arrange(pool, self.today or f"{datetime.now(_JAPAN):%Y-%m-%d}")

    def file_of(self, source: Source) -> Path:
        folder = "versions" if MARK in source.file else "files"
        return (corpus_dir() if source.builtin else self.path / folder) / source.file

    def load(self) -> SourceList:
        path = self.path / _LIST
        if not path.is_file():
            return SourceList()
        try:
            return SourceList.model_validate_json(path.read_text("utf-8"))
        except ValueError as error:
            raise StorageFailed(
                f"{path} が壊れています。控えから戻すか、このファイルを削除して文書を加え直してください。",
                f"{path} is damaged; restore it, or delete it and add the documents again",
            ) from error

    def save(self, kept: SourceList) -> None:
        text = json.dumps(kept.model_dump(mode="json"), ensure_ascii=False, indent=1)
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            replace_file(self.path / _LIST, text.encode())

    def keep_file(self, source: Source, original: Path, password: str = "") -> None:
        """Copy an added file into the home, in one step; a PDF with a password is kept without it."""
        with writing(self.path):
            target = self.path / "files" / source.file
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + ".part")
            if password and is_locked(original):
                unlock(original, password, part)
            else:
                shutil.copyfile(original, part)
            part.replace(target)

    def add(self, source: Source) -> None:
        kept = self.load()
        added = [s for s in kept.added if s.id != source.id] + [source]
        removed = tuple(i for i in kept.removed if i != source.id)
        same = f"{source.id}{MARK}{_digest(self.file_of(source))}"  # a version that is added again is no older one
        versions = tuple(v for v in kept.versions if not v.file.startswith(same))
        self.save(kept.model_copy(update={"added": tuple(added), "removed": removed, "versions": versions}))

    def holds(self, source: Source, original: Path) -> bool:
        """Is the kept file of a source the same as `original`, or not there?"""
        return _digest(self.file_of(source)) in ("", _digest(original))

    def set_aside(self, source: Source) -> None:
        """Keep the file and the entry of a source that an amended one is about to replace, as an older version."""
        digest = _digest(self.file_of(source))
        name = source.file if source.builtin else f"{source.id}{MARK}{digest}{Path(source.file).suffix}"
        version = source.model_copy(update={"id": name, "version_of": source.id, "file": name})
        with writing(self.path):
            if not source.builtin:
                (self.path / "versions").mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.file_of(source), self.path / "versions" / name)
        kept = self.load()
        others = tuple(v for v in kept.versions if v.file != name)
        self.save(kept.model_copy(update={"versions": (version, *others)}))

    def remove(self, source_id: str) -> int:
        """Take a source out with all its versions, or one version (<id>@<day>); returns how many others went with it."""
        kept = self.load()
        if source_id in {s.id for s in kept.added}:
            rest = tuple(v for v in kept.versions if v.version_of != source_id)
            gone = tuple(s for s in kept.added if s.id != source_id)
            self.save(kept.model_copy(update={"added": gone, "versions": rest}))
            return len(kept.versions) - len(rest)
        version = next((v for v in self.versions() if v.id == source_id), None)
        if version and any(v.file == version.file for v in kept.versions):
            rest = tuple(v for v in kept.versions if v.file != version.file)
            self.save(kept.model_copy(update={"versions": rest}))
            return 0
        if kept.builtin and source_id in {s.id for s in builtin_sources() if not s.expected}:
            self.save(kept.model_copy(update={"removed": (*kept.removed, source_id)}))
            return 0
        raise WrongUse(
            f"「{source_id}」という出典はありません。kyodo ingest list で確かめてください。",
            f"no source “{source_id}”; see kyodo ingest list",
        )

    def clear_unlisted(self) -> list[str]:
        """Remove the kept files that belong to no source any more; their names."""
        listed = {self.file_of(source) for source in self.kept()}
        kept = [path for name in ("files", "versions") for path in sorted((self.path / name).glob("*"))]
        gone = [path for path in kept if path.is_file() and path not in listed]
        with writing(self.path):
            for path in gone:
                path.unlink(missing_ok=True)
        return [path.name for path in gone]

    def _clear_parts(self) -> None:
        """Remove the half-written files of a run that was killed."""
        for folder in (self.path, self.path / "files", self.path / "versions", self.questions_dir, self.path / "index"):
            for part in folder.glob("*.part"):
                part.unlink(missing_ok=True)

    @contextmanager
    def writer(self, seconds: float, on_wait: object = None) -> Iterator[None]:
        """Hold the writer's lock. A second writer waits up to `seconds`, then hears who holds it."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        lock, holder = FileLock(self.path / "ingest.lock"), self.path / "ingest.holder"
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if callable(on_wait):
                on_wait(_holder(holder))
            try:
                lock.acquire(timeout=seconds)
            except Timeout as error:
                who = _holder(holder)
                raise LockTimeout(
                    f"ほかの取り込み（{who}）が終わりません。終わってからもう一度実行してください。",
                    f"another ingest ({who}) holds the lock; run again when it has finished",
                ) from error
        except OSError as error:
            raise storage_failed(self.path, error) from error
        try:
            with writing(self.path):
                holder.write_text(f"pid {os.getpid()}", "utf-8")
                self._clear_parts()
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()


def _digest(path: Path) -> str:
    """The beginning of a file's SHA-256; empty for one that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def _holder(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return "pid ?"


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write into an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise storage_failed(path, error) from error


def storage_failed(path: Path, error: OSError) -> StorageFailed:
    reason = error.strerror or type(error).__name__
    return StorageFailed(
        f"{path} に書き込めません（{reason}）。空き容量と書き込みの権限を確かめるか、--home で別の場所を指定してください。前の索引はそのまま使えます。",
        f"cannot write to {path} ({reason}); check free space and permissions, or give another place with --home. "
        "The previous index is untouched",
    )
