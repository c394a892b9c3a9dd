"""A home with small documents, indexed with vectors of hashes, for tests that break it; and the command line over it.

`python -m tests.ingest.small_home` reads commands from standard input, one JSON list of arguments a line, and carries
out each in a process of its own, forked when everything is loaded: a run can be killed without waiting for imports.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from unittest import mock

from assistant.embeddings import Vectors
from assistant.index import open_index
from assistant.search.searcher import Searcher
from assistant.search.unanswerable import load_unanswerable
from assistant.settings import Settings
from ingest import steps
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.run import Run
from tests.fakes import HashEmbedder

QUESTION = "花壇の水やりはいつ行いますか"
_ASIDE = 10  # of the unanswerable questions; all of them take a second
_BATCH_SECONDS = 0.01


class LoggingEmbedder(HashEmbedder):
    """Takes a little time and writes down what it embeds, so that it is known after the process is gone."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log

    def passages(self, texts: list[str]) -> Vectors:
        with self._log.open("a", encoding="utf-8") as handle:
            handle.writelines(json.dumps(text) + "\n" for text in texts)
        time.sleep(_BATCH_SECONDS)
        return super().passages(texts)


@contextmanager
def few_unanswerable() -> Iterator[None]:
    few = load_unanswerable()[:_ASIDE]
    with mock.patch.object(steps, "load_unanswerable", lambda: few):
        yield


def small_home(path: Path, files: Path) -> Run:
    """A home with one document that answers QUESTION, listed and not yet indexed."""
    home = Home(path)
    home.save(home.load().model_copy(update={"builtin": False}))
    document = files / "guide.md"
    document.write_text("# 花壇\n\n花壇の水やりは毎朝行います。\n\n# 連絡\n\n区役所に相談します。\n", "utf-8")
    add_file(home, document, Details(id="guide"))
    return Run(Settings(home=path, lock_seconds=5), home, HashEmbedder())


def best(settings: Settings) -> tuple[str, str]:
    """Id and text of the passage that the index gives first for QUESTION."""
    index = open_index(settings, HashEmbedder())
    try:
        found = Searcher(index, HashEmbedder()).search(QUESTION, 1)[0]
        return found.chunk_id, found.text
    finally:
        index.stores.close()


def _serve(log: Path) -> None:
    # Everything that takes time is loaded once, before the forks.
    import bm25s  # noqa: F401
    import chromadb  # noqa: F401
    from chromadb.api import rust  # noqa: F401
    from typer.main import get_command

    import kyodo
    from assistant.tokens import words

    words("花壇")
    command = get_command(kyodo.app)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            if asked["limit"]:
                resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], asked["limit"]))
            os._exit(_carry_out(command, asked["arguments"], log))
        _tell(sys.stdout, child)
        _tell(sys.stdout, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _tell(stream: TextIO, what: object) -> None:
    stream.write(f"{what}\n")
    stream.flush()


def _carry_out(command: object, arguments: list[str], log: Path) -> int:
    from assistant.errors import KyodoError
    from ingest import commands

    with few_unanswerable(), mock.patch.object(commands, "E5", lambda engine: LoggingEmbedder(log)):
        try:
            return int(command.main(arguments, standalone_mode=False) or 0)  # type: ignore[attr-defined]
        except KyodoError as error:
            _tell(sys.stderr, error)
            return error.exit_code


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
