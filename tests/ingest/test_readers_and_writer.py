"""Several processes read while one ingests: every answer comes from one whole generation, and none fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import service as services
from assistant.embeddings import Embedder
from assistant.errors import NoIndex
from assistant.index import Index, open_index
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run
from tests.fakes import HashEmbedder

pytestmark = pytest.mark.usefixtures("few")
ROOT = Path(__file__).parent.parent.parent
VERSIONS = 3
READER = """
import json, re, sys, time
from pathlib import Path
from assistant.service import Service
from assistant.settings import Settings
from tests.fakes import HashEmbedder
home, url = sys.argv[1:]
service = Service(Settings(home=Path(home), chroma_url=url), HashEmbedder())
seen = []
while True:
    stop = (Path(home) / "stop").exists()  # looked at first, so that the last version is read too
    texts = [p.text for p in service.search("花壇の水やり")]
    seen.append(sorted(re.findall(r"第([0-9])版", "".join(texts))))
    if len(seen) == 1:
        print("ready", flush=True)
    if stop:
        break
    time.sleep(0.02)  # as people do, and so that the writer gets its share of a small machine
print(json.dumps(seen))
"""


def _publish(home: Home, settings: Settings, version: int) -> None:
    for name in ("beds", "house"):
        path = home.path.parent / f"{name}.md"
        path.write_text(f"# {name}\n\n花壇の水やりの決まり、{name}、第{version}版。\n", "utf-8")
        with home.writer(10):
            add_file(home, path, Details(id=name))
    with home.writer(10):
        run_steps(Run(settings, home, HashEmbedder()))


def test_two_readers_and_a_writer(home: Home, settings: Settings) -> None:
    home.save(home.load().model_copy(update={"builtin": False}))
    _publish(home, settings, 1)
    command = [sys.executable, "-W", "ignore", "-c", READER, str(home.path), settings.chroma_url]
    readers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            if reader.stdout.readline() != "ready\n":
                raise AssertionError(reader.communicate()[1])
        for version in range(2, VERSIONS + 1):
            _publish(home, settings, version)
        (home.path / "stop").touch()
        for reader in readers:
            told, errors = reader.communicate(timeout=300)
            assert reader.returncode == 0, errors
            seen = json.loads(told.splitlines()[-1])
            assert all(len(versions) == 2 and len(set(versions)) == 1 for versions in seen), (
                "an answer of two generations"
            )
            order = [int(versions[0]) for versions in seen]
            assert order == sorted(order), "an older generation after a newer one"
            assert order[0] == 1 and order[-1] == VERSIONS
    finally:
        for reader in readers:
            reader.kill()
            reader.wait(10)
    assert open_index(settings, HashEmbedder()).card.searchable == 2  # older versions are kept, and not searched


def test_a_generation_that_goes_while_it_is_opened_is_not_missed(
    home: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two ingests within one opening remove what is being opened; the newest one is opened then."""
    home.save(home.load().model_copy(update={"builtin": False}))
    _publish(home, settings, 1)
    tried: list[str] = []

    def slow(settings: Settings, embedder: Embedder) -> Index:
        tried.append("")
        if len(tried) == 1:
            _publish(home, settings, 2)
            raise NoIndex("なくなった", "gone")
        return open_index(settings, embedder)

    monkeypatch.setattr(services, "open_index", slow)
    assert "第2版" in Service(settings, HashEmbedder()).search("花壇の水やり")[0].text
    assert len(tried) == 2
    monkeypatch.undo()
    (settings.index_dir / "CURRENT").unlink()
    with pytest.raises(NoIndex, match="kyodo ingest"):
        Service(settings, HashEmbedder()).search("花壇の水やり")
