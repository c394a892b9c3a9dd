"""One size in a process of its own, so that its memory is its own; prints one JSON value.

python -m ingest.scale.one_size build HOME SAMPLE CHUNKS      ingest of so many chunks
python -m ingest.scale.one_size search HOME SAMPLE CHUNKS     search over them
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embeddings import Vectors
from assistant.index import Index, open_index
from assistant.records import Source
from assistant.search.searcher import Searcher
from assistant.search.weights import ASKED_DEPTH
from assistant.settings import Settings
from assistant.store import ChunkStore
from ingest import publish
from ingest.home import Home, SourceList
from ingest.pipeline import run_steps
from ingest.run import Run
from ingest.scale.drawn import Drawn, load_sample
from ingest.scale.ordinances import CHUNKS, ordinance

_QUESTIONS = 200
_COMPARED = 50  # questions for which the search of all vectors and Chroma's are set side by side


def build(home: Path, embedder: Drawn, chunks: int) -> dict[str, Any]:
    """Write the ordinances into `home` and ingest them: counts, seconds a step, peak memory, disk."""
    write_sources(Home(home), chunks)
    within: dict[str, float] = {}
    for part in ("_store", "build_lexical", "build_examples"):
        setattr(publish, part, _timed(getattr(publish, part), part, within))
    run = run_steps(Run(Settings(home=home), Home(home), embedder, shipped_vectors=False, batch=1_000))
    assert run.card is not None
    folder = home / "index" / run.card.generation
    return {
        "chunks": len(run.chunks),
        "characters": sum(len(c.text) for c in run.chunks),
        "pieces": len(run.pieces),
        "questions": len(run.questions),
        "sources": len(run.sources),
        "seconds": run.seconds,
        "publish": within,
        "peak_mib": memory().get("VmHWM", 0.0),
        "disk": {path.name: size(path) for path in sorted(folder.iterdir())} | {"cache": size(home / "cache")},
    }


def _timed(function: Callable[..., Any], name: str, into: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any) -> Any:
        began = time.perf_counter()
        result = function(*args)
        into[name.removeprefix("_")] = time.perf_counter() - began
        return result

    return timed


def write_sources(home: Home, chunks: int) -> None:
    """A home without the built-in corpus, with ordinances for at least so many chunks and their questions."""
    (home.path / "files").mkdir(parents=True)
    home.questions_dir.mkdir()
    sources = []
    for number in range(-(-chunks // CHUNKS)):
        made, name = ordinance(number), f"o{number:06}"
        (home.path / "files" / f"{name}.txt").write_text(made.text, "utf-8")
        asked = "\n".join(f"@ {key}\n{question}" for key, question in made.questions)
        (home.questions_dir / f"{name}.questions.txt").write_text(asked + "\n", "utf-8")
        title = made.title
        sources.append(Source(id=name, title=title, municipality=made.city, file=f"{name}.txt", reader="text"))
    home.save(SourceList(builtin=False, added=tuple(sources)))


def search(home: Path, embedder: Drawn, chunks: int) -> dict[str, Any]:
    """Opening, the first question, p50 and p95 of further ones, their parts, memory."""
    began = time.perf_counter()
    index = open_index(Settings(home=home), embedder)
    searcher = Searcher(index, embedder)
    opened = time.perf_counter() - began
    ordinances = -(-chunks // CHUNKS)
    step = max(1, ordinances * 25 // _QUESTIONS)
    everything = list(range(0, ordinances * 25, step))[: _QUESTIONS + 1]
    questions = [ordinance(n // 25).questions[n % 25][1] for n in everything]
    first = _milliseconds(lambda: searcher.search(questions[0]))
    times = sorted(_milliseconds(lambda q=q: searcher.search(q)) for q in questions[1:])  # type: ignore[misc]
    told = memory()
    vectors = [embedder.query(question) for question in questions[:_COMPARED]]
    return {
        "open_s": opened,
        "first_ms": first,
        "p50_ms": _quantile(times, 0.5),
        "p95_ms": _quantile(times, 0.95),
        "rss_mib": told.get("VmRSS", 0.0),
        "anonymous_mib": told.get("RssAnon", 0.0),
        "mapped_mib": told.get("RssFile", 0.0),
        "lexical_ms": _lexical(searcher, questions[1:]),
        "dense": _dense(index, vectors),
    }


def _lexical(searcher: Searcher, questions: Sequence[str]) -> float:
    """p50 of the four lexical fields together."""
    lexical = searcher.index.lexical
    asked = [searcher.understand(question) for question in questions]
    fields = [(f"{text}_{kind}", kind) for text in ("text", "asked") for kind in ("words", "pairs")]

    def all_fields(n: int) -> None:
        for name, kind in fields:
            lexical.scores(name, asked[n].words if kind == "words" else asked[n].pairs)

    return _quantile(sorted(_milliseconds(lambda n=n: all_fields(n)) for n in range(len(asked))), 0.5)  # type: ignore[misc]


def _dense(index: Index, vectors: Sequence[Vectors]) -> dict[str, Any]:
    """The nearest expected questions by comparing all and by Chroma's graph: ms, and the share of true ones it misses."""
    assert index.questions is not None
    exact, graph = index.questions.all_vectors(), ChunkStore(index.questions.collection)
    graph.nearest(vectors[0], ASKED_DEPTH)  # loads the graph
    missed = []
    for vector in vectors:
        least = min(exact.nearest(vector, ASKED_DEPTH).values())
        found = graph.nearest(vector, ASKED_DEPTH)
        missed.append(1 - sum(cosine >= least - 1e-6 for cosine in found.values()) / min(ASKED_DEPTH, len(exact.ids)))
    by_exact = sorted(_milliseconds(lambda v=v: exact.nearest(v, ASKED_DEPTH)) for v in vectors)  # type: ignore[misc]
    by_graph = sorted(_milliseconds(lambda v=v: graph.nearest(v, ASKED_DEPTH)) for v in vectors)  # type: ignore[misc]
    return {
        "vectors": len(exact.ids),
        "exact_ms": _quantile(by_exact, 0.5),
        "graph_ms": _quantile(by_graph, 0.5),
        "graph_misses": float(np.mean(missed)),
        "questions_with_a_miss": float(np.mean([share > 0 for share in missed])),
    }


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def memory() -> dict[str, float]:
    """What the system tells of this process's memory, in MiB; {} where it does not (only Linux does)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    rows = (line.split() for line in status.read_text("utf-8").splitlines() if line.endswith("kB"))
    return {row[0].rstrip(":"): int(row[1]) / 1024 for row in rows}


def size(path: Path) -> float:
    """Size of a file or folder in MiB."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 2**20


def main() -> None:
    what, home, sample, chunks = sys.argv[1:]
    measured = {"build": build, "search": search}[what](Path(home), load_sample(Path(sample)), int(chunks))
    sys.stdout.write(json.dumps(measured) + "\n")


if __name__ == "__main__":
    main()
