"""A PostgreSQL server that lives as long as the tests: made in a folder of its own, reached by a socket file only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_NUMBER = count()
MISSING = "no PostgreSQL on this machine (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; Debian keeps them out of the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return next((path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)


class Cluster:
    """A running server; `database()` makes an empty database and gives its URL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def database(self) -> str:
        name = f"kyodo{next(_NUMBER)}"
        with psycopg.connect(host=str(self.folder), user="kyodo", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://kyodo@/{name}?host={self.folder}"


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Its programs refuse to run as root, so root runs them as the user that the package has made."""
    folder = Path(tempfile.mkdtemp(prefix="kyodo-pg-"))
    options: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    initdb: list[str | Path] = [
        bin_folder / "initdb",
        "-D",
        data,
        "-U",
        "kyodo",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, **options)
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off")
    server = subprocess.Popen(
        [bin_folder / "postgres", "-D", data, *(word for one in settings for word in ("-c", one))], **options
    )
    try:
        _wait(folder)
        yield Cluster(folder)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def _wait(folder: Path) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            psycopg.connect(host=str(folder), user="kyodo", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL did not start"
            time.sleep(0.05)
