"""Adding files to the source list: checked first, copied, listed; nothing changes for a file that cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import WrongUse
from assistant.law_records import OrdinanceRecord
from assistant.readers import read_file, reader_for
from assistant.readers.result import Read
from assistant.records import Source
from assistant.search.years import era_date
from assistant.text import compact
from ingest.home import Home, builtin_sources
from ingest.recognise import Said, recognise
from ingest.romaji import in_letters
from ingest.structure.ordinance import describe_ordinance, ordinance_title
from ingest.structure.ordinance.dates import days


@dataclass(frozen=True)
class Details:
    """What a person says of the files they add; empty fields are filled from the file or the expected source."""

    id: str = ""
    title: str = ""
    issuer: str = ""
    municipality: str = ""
    date: str = ""
    url: str = ""
    kind: str = ""
    password: str = ""
    original: str = ""


@dataclass(frozen=True)
class Added:
    source: Source
    warnings: tuple[str, ...]
    pages: int
    note: tuple[str, str] | None = None  # what to know of the id it got, in Japanese and English
    before: Source | None = None  # the version that was in force until now


def add_file(home: Home, path: Path, details: Details) -> Added:
    """Read `path` to prove that it can be read, keep a copy and list it. Raises BadInputFile and changes nothing."""
    read = read_file(path, reader_for(path), details.password)
    identity, note = _identified(home, path, read, details)
    before = next((s for s in home.sources() if s.id == identity and not s.expected), None)
    expected = next((s for s in builtin_sources() if s.id == identity and s.expected), None)
    base = before or expected or _described(identity, path, read)
    law = describe_ordinance(read.text, details.title or base.title)
    source = base.model_copy(
        update={
            "title": details.title or base.title,
            "issuer": details.issuer or base.issuer,
            "municipality": details.municipality or base.municipality or (law.municipality if law else ""),
            "as_of": details.date or (expected.as_of if expected else "") or _in_force(law) or read.about.date,
            "url": details.url or base.url,
            "kind": details.kind or base.kind or (law.kind if law else ""),
            "reader": reader_for(path),
            "file": f"{identity}{path.suffix.lower()}",
            "effective": (law.in_force_from if law else "") or next(iter(days(details.date)), ""),
            "until": "",
            "original": base.original or details.original or path.name,
            "expected": False,
            "builtin": False,
            "advice": "",
        }
    )
    latest = next((s for s in home.load().added if s.id == identity), before)
    if latest is not None and not home.holds(latest, path):
        home.set_aside(latest)
    home.keep_file(source, path, details.password)
    home.add(source)
    return Added(source, read.warnings, len(read.pages), note or _note_of_title(home, source), before)


def _identified(home: Home, path: Path, read: Read, details: Details) -> tuple[str, tuple[str, str] | None]:
    """The id of a file, and what to know of it: the one that was given, an expected source's, that of the ordinance of
    which it is another version, or a new one."""
    if details.id:
        return _check_id(details.id), None
    known = recognise(path, read, Said(details.title, details.issuer))
    if known:
        here = known in {s.id for s in home.load().added}
        identity = _free_id(home, path) if here else known
        return identity, _note(known, identity)
    other = _other_version(home, path, read, details)
    return (other.id, _note_of_version(other)) if other else (_free_id(home, path), None)


def _other_version(home: Home, path: Path, read: Read, details: Details) -> Source | None:
    """The ordinance of the same title that has been in force since another day."""
    title = details.title or _described("", path, read).title
    law = describe_ordinance(read.text, title)
    if law is None or not law.in_force_from:
        return None
    alike = (s for s in home.load().added if compact(s.title) == compact(title) and s.effective)
    return next((s for s in alike if s.effective != law.in_force_from), None)


def _note_of_version(other: Source) -> tuple[str, str]:
    return (
        f"「{other.title}」（{other.id}）の、施行日の違う版として加えました。別の文書のときは、--id に別の名前を付けて加え直してください。",
        f"taken for another version of {other.id}, by its title and the day since when it is in force; "
        "if it is another document, add it again with an --id of its own",
    )


def _in_force(law: OrdinanceRecord | None) -> str:
    return f"{era_date(law.in_force_from)}施行" if law and law.in_force_from else ""


def _note(known: str, identity: str) -> tuple[str, str]:
    """That a file was taken for an expected source, or would have been if that were not here already."""
    title = next(s.title for s in builtin_sources() if s.id == known)
    if known == identity:
        return (
            f"題名と内容から「{title}」として加えました（違うときは kyodo ingest remove {known} で外し、--id を付けて加え直してください）。",
            f"taken for the expected source {known} by its title and content; if it is another document, "
            f"kyodo ingest remove {known} and add it again with an --id of its own",
        )
    return (
        f"「{title}」（{known}）に見えますが、{known} はもう入っているので別の出典にしました。改訂版なら --id {known} を付けて加え直してください。",
        f"this looks like {known}, which is here already, so it became a source of its own; "
        f"if it is a newer version, add it again with --id {known}",
    )


def _described(identity: str, path: Path, read: Read) -> Source:
    """A source as its file describes itself."""
    said = read.about
    title = ordinance_title(read.text) or said.title or _title(path, read.text)
    return Source(id=identity, title=title, issuer=said.issuer, url=said.url)


def _note_of_title(home: Home, source: Source) -> tuple[str, str] | None:
    """That a source of its own has the title of another one, of which it may be an amended version."""
    alike = next((s for s in home.sources() if s.id != source.id and compact(s.title) == compact(source.title)), None)
    if alike is None or alike.expected:
        return None
    return (
        f"{alike.id} と同じ題名です。改正された版なら、kyodo ingest remove {source.id} で外し、--id {alike.id} を付けて加え直してください（日付で版を使い分けます）。",
        f"it has the title of {alike.id}; if it is an amended version, kyodo ingest remove {source.id} and add it again "
        f"with --id {alike.id}",
    )


def _check_id(identity: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", identity):
        raise WrongUse(
            f"--id「{identity}」は使えません。半角の英数字・ハイフン・ピリオド・下線で64文字までにしてください。",
            f"--id {identity!r}: use up to 64 ASCII letters, digits, hyphens, dots, underscores",
        )
    return identity


def _free_id(home: Home, path: Path) -> str:
    """An id from the file's name that no other source has; an amended version is added with the --id it had."""
    slug = in_letters(path.stem) or "source"
    if not re.search("[a-z]", slug):  # a number alone tells nobody anything
        slug = f"source-{slug}".rstrip("-")
    taken = {s.id for s in home.sources()}
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _title(path: Path, text: str) -> str:
    """The first line that reads like a title, or the file's name."""
    lines = (line.strip("# ○◯") for line in text.split("\n") if "\t" not in line)
    return next((line for line in lines if 4 <= len(line) <= 60), path.stem)
