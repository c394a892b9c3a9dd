"""The version in force and the new file, read alike; which source a file belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.embeddings import E5
from assistant.errors import WrongUse
from assistant.quoted import Quoted
from assistant.readers import read_file, reader_for
from assistant.records import Chunk, Source
from assistant.search.years import era_date
from assistant.settings import Settings
from assistant.text import compact
from ingest.diff.compare import Chunks, Comparison, compare
from ingest.diff.touched import touched
from ingest.diff.units import Unit, units_of
from ingest.home import Home
from ingest.pipeline import PURE_STEPS, run_steps
from ingest.run import Run
from ingest.steps import add_questions, cut_pieces, list_sources

_READ = tuple(step for step in PURE_STEPS if step not in (list_sources, cut_pieces, add_questions))
_TITLE_LINES = 12  # lines of a file among which its title stands


@dataclass(frozen=True)
class _OneFile(Home):
    """A home whose every source is one given file."""

    file: Path = Path()

    def file_of(self, source: Source) -> Path:
        return self.file


@dataclass(frozen=True)
class _Side:
    """One version through the pure steps."""

    units: list[Unit]
    chunks: tuple[Chunk, ...]
    version: str


def compare_file(settings: Settings, path: Path, identity: str, kept: Iterable[Quoted]) -> Comparison:
    """What the file at `path` changes in the source `identity`, or in the one it is recognised as.

    Raises WrongUse for an unknown source, BadInputFile for a file that cannot be read.
    """
    home = Home(settings.home)
    source = find_source(home, path, identity)
    old = _side(settings, source, home.file_of(source))
    changed = source.model_copy(update={"reader": reader_for(path), "builtin": False, "as_of": ""})
    new = _side(settings, changed, path)
    changes = compare(old.units, new.units)
    return Comparison(
        source_id=source.id,
        title=source.title,
        old_version=source.as_of or old.version,
        new_version=new.version or path.name,
        changes=tuple(change for change in changes if change.kind != "kept"),
        kept=sum(change.kind == "kept" for change in changes),
        chunks=_count(old.chunks, new.chunks),
        touched=tuple(touched(source.id, changes, kept)),
    )


def find_source(home: Home, path: Path, identity: str) -> Source:
    """The source a file belongs to: by id, else by its title, else by its file name."""
    present = [s for s in home.sources() if not s.expected]
    found = next((s for s in present if s.id == identity), None)
    if not identity:
        lines = read_file(path, reader_for(path)).text.split("\n")
        titles = {compact(line.strip("# \t○◯")) for line in [x for x in lines if x.strip()][:_TITLE_LINES]}
        found = next((s for s in present if compact(s.title) in titles), None)
        found = found or next((s for s in present if path.name == s.original or path.stem.lower() == s.id), None)
    if found is None:
        known = "、".join(s.id for s in present)
        raise WrongUse(
            f"{path.name} がどの出典の新しい版か分かりません。--id で指定してください。今ある出典：{known}",
            f"which source is {path.name} a new version of? name it with --id; sources: {known}",
        )
    return found


def _side(settings: Settings, source: Source, file: Path) -> _Side:
    home = _OneFile(settings.home, file=file)
    run = run_steps(Run(settings, home, E5(settings.engine), sources=(source,)), _READ)
    units = [
        u
        for document, parsed in zip(run.documents, run.parsed, strict=True)
        for u in units_of(document, parsed.sections)
    ]
    laws = run.records.ordinances if source.structure != "report" else ()  # a report quotes its ordinance
    since = max((law.in_force_from for law in laws), default="")
    return _Side(units, run.chunks, f"{era_date(since)}施行" if since else "")


def _count(old: tuple[Chunk, ...], new: tuple[Chunk, ...]) -> Chunks:
    """By id, which is made of section and text: one that keeps its id keeps its vector."""
    before, after = {c.id for c in old}, {c.id for c in new}
    places = {c.section for c in old if c.id not in after}
    fresh = [c for c in new if c.id not in before]
    changed = sum(c.section in places for c in fresh)
    return Chunks(
        kept=len(before & after),
        changed=changed,
        new=len(fresh) - changed,
        gone=max(0, len(before - after) - changed),
    )
