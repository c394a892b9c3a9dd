"""Where progress is kept: one JSON file a learner under <home>/learn/, changed under a lock and in one step."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import LockTimeout, StorageFailed, WrongUse
from assistant.learn.progress import Progress
from assistant.text import one_line, sanitize
from prompts import say

LONGEST_NAME = 60
_UNSAFE = re.compile(r"\W+")


def clean_name(name: str) -> str:
    """A name on one line, without control characters; raises WrongUse where it is too long."""
    cleaned = one_line(sanitize(name))
    if len(cleaned) > LONGEST_NAME:
        raise WrongUse(say("learn", "long_name", limit=LONGEST_NAME), say("learn", "long_name_en", limit=LONGEST_NAME))
    return cleaned


def file_name(name: str) -> str:
    """A file name that no system refuses and no two learners share; `name` is a clean one, empty for nobody."""
    if not name:
        return "learner.json"
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{_UNSAFE.sub('', name)[:20]}-{digest}.json"


@dataclass
class Store:
    """The file of one learner. `set_aside` are damaged files that were moved out of the way, for the learner to hear."""

    folder: Path
    name: str = ""
    lock_seconds: float = 10.0
    set_aside: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = clean_name(self.name)

    @property
    def path(self) -> Path:
        return self.folder / file_name(self.name)

    def load(self) -> Progress:
        """What is kept; nothing yet is an empty progress, and so is a file that cannot be read as one."""
        with self._locked():
            return self._read()

    def change(self, change: Callable[[Progress], Progress]) -> Progress:
        """Carry out `change` on what is kept now, so that another window's work is not written over; return the result."""
        with self._locked():
            changed = change(self._read())
            self._write(changed)
            return changed

    def _read(self) -> Progress:
        try:
            return Progress.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Progress(name=self.name)
        except ValueError:  # not JSON, not UTF-8, or not the shape of a progress
            aside = self.path.with_suffix(f".damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}")
            self.path.replace(aside)
            self.set_aside.append(aside)
            return Progress(name=self.name)

    def _write(self, progress: Progress) -> None:
        descriptor, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(progress.model_dump_json(indent=1).encode())
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self.path)
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=self.lock_seconds):
                yield
        except Timeout as error:
            raise LockTimeout(say("learn", "locked"), say("learn", "locked_en")) from error
        except OSError as error:
            raise unwritable(self.folder, error) from error


def unwritable(path: Path, error: OSError) -> StorageFailed:
    """What to say where `path` cannot be written."""
    detail = error.strerror or str(error)
    return StorageFailed(
        say("learn", "unwritable", path=path, detail=detail), say("learn", "unwritable_en", path=path, detail=detail)
    )
