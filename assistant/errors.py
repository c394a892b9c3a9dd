"""The errors the project raises on purpose.

KyodoError                     base: a message in Japanese, one in English, an exit code
├── WrongUse          (exit 2) the command or request cannot be carried out as asked
├── BadInputFile      (exit 3) a file that cannot be read, and why
│   └── LockedFile           a PDF that a password protects, and the right one was not given
├── BadCorpus         (exit 3) a built-in or added source does not have the structure its description promises
├── NoIndex           (exit 4) there is no index yet
├── IndexMismatch     (exit 4) the index was made by another embedder or another format
├── StorageFailed     (exit 5) the home folder or the disk refused
├── StoreUnreachable  (exit 5) the Chroma server does not answer
└── LockTimeout       (exit 5) another process kept the writer's lock

HTTP statuses live in server/errors.py only; exit codes live here because the command line is the project's first face.
"""

from __future__ import annotations

from typing import ClassVar


class KyodoError(Exception):
    """Base of all expected failures: what happened and what to do next, in both languages."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en

    def __str__(self) -> str:
        return f"{self.ja}\n{self.en}"

    def __reduce__(self) -> tuple[type[KyodoError], tuple[str, str]]:
        return type(self), (self.ja, self.en)  # so that it travels between processes


class WrongUse(KyodoError):
    exit_code = 2
    code = "wrong_use"


class BadInputFile(KyodoError):
    exit_code = 3
    code = "bad_input_file"


class LockedFile(BadInputFile):
    """Told apart, so that a page can ask for the password."""


class BadCorpus(KyodoError):
    exit_code = 3
    code = "bad_corpus"


class NoIndex(KyodoError):
    exit_code = 4
    code = "no_index"


class IndexMismatch(KyodoError):
    exit_code = 4
    code = "index_mismatch"


class StorageFailed(KyodoError):
    exit_code = 5
    code = "storage_failed"


class StoreUnreachable(KyodoError):
    exit_code = 5
    code = "store_unreachable"


class ModelUnusable(KyodoError):
    """The language model that a command cannot do without gave no usable reply."""

    exit_code = 5


class LockTimeout(KyodoError):
    exit_code = 5
    code = "lock_timeout"
