"""Mending a home: what a killed run left is cleared, a damaged index is built again from the stored originals.

A damaged index is never patched: services may have it open. The one before it answers, if that is whole, until the new
one is in its place. Vectors come from the cache, so that little is computed again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import NoIndex
from assistant.index import CURRENT, current_generation, open_index
from ingest.embed import VectorCache
from ingest.home import replace_file, writing
from ingest.pipeline import run_steps
from ingest.publish import clear_up, generations
from ingest.run import Run
from ingest.verify import REPAIR, Fault, examine, verify


@dataclass
class Repair:
    """What was found, what was done about it in words, and what is left for a person to do."""

    faults: list[Fault] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)


Said = Callable[[str], None]


def repair(run: Run, say: Said = lambda done: None) -> Repair:
    """Mend what can be mended; the caller holds the writer's lock. `say` hears each thing as it is done."""
    told = Repair()

    def done(what: str) -> None:
        told.done.append(what)
        say(what)

    _clear(run, done)
    _cache(run, done)
    told.faults = _faults(run)
    if not told.faults:
        return told
    if _of_index(told.faults):
        _step_back(run, done)
    if any(not run.home.file_of(s).is_file() for s in run.home.kept()):
        told.left = _faults(run)  # a run would stop at the missing original; the index that is there answers on
        return told
    made = run_steps(replace(run, rebuild=True))
    kept = len(made.chunks) + len(made.pieces) + len(made.questions) + len(made.unanswerable) - made.embedded
    done(f"索引を原本から作り直しました（ベクトルは{kept}本を使い回し、{made.embedded}本を計算）。")
    told.left = _faults(run)
    return told


def _clear(run: Run, done: Said) -> None:
    with writing(run.home.path):
        gone = clear_up(run.settings)
    if gone:
        done(f"途中で終わった、または古い世代を{len(gone)}つ消しました。")
    for name in run.home.clear_unlisted():
        done(f"どの出典にも属さないファイル {name} を消しました。")


def _cache(run: Run, done: Said) -> None:
    """Set a damaged cache of vectors aside; drop single vectors of another length."""
    path = run.home.path / "cache" / "vectors.db"
    if not path.is_file():
        return
    before = _aside(path)
    with writing(run.home.path), closing(VectorCache(path)) as cache:
        _, cut = cache.check(run.embedder.card.dimension)
    if _aside(path) != before:
        done(
            f"壊れたベクトルの控えを {path.with_suffix('.damaged').name} に移しました。同梱されていないベクトルは計算し直します。"
        )
    elif cut:
        done(f"長さの合わないベクトルを控えから{cut}本消しました。")


def _aside(path: Path) -> int:
    aside = path.with_suffix(".damaged")
    return aside.stat().st_ino if aside.is_file() else 0


def _faults(run: Run) -> list[Fault]:
    try:
        return examine(run.settings, run.embedder)
    except NoIndex:
        return [Fault("index", "索引がありません")]


def _of_index(faults: list[Fault]) -> bool:
    return any(fault.advice == REPAIR for fault in faults)


def _step_back(run: Run, done: Said) -> None:
    """Let the newest whole generation answer while the new one is built."""
    current = current_generation(run.settings)
    for folder in reversed([p for p in generations(run.settings) if p.name != current]):
        if _is_whole(run, folder):
            with writing(run.home.path):
                replace_file(run.settings.index_dir / CURRENT, folder.name.encode())
            done(f"壊れた索引の代わりに、一つ前の索引（{folder.name}）で答えるようにしました。")
            return


def _is_whole(run: Run, folder: Path) -> bool:
    with suppress(NoIndex, OSError, ValueError):
        index = open_index(run.settings, run.embedder, folder.name)
        with closing(index.stores):
            return not verify(index)
    return False
