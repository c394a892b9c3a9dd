"""What stands behind the document under 「この下書きについて」: the same parts for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answers import Citation
from assistant.draft.export.words import word, words
from assistant.drafts import Draft, Finding, Item

Entry = tuple[str, ...]  # what is said, then details


@dataclass(frozen=True)
class Part:
    """A heading with entries (numbered where the order matters) or with a table."""

    name: str
    heading: str
    entries: tuple[Entry, ...] = ()
    ordered: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def lead(draft: Draft) -> str:
    return word("about", draft.status)


def about(draft: Draft) -> tuple[Part, ...]:
    """The parts that have something to say, what to do first on top."""
    parts = (
        _part("problems", map(_problem, draft.problems)),
        _part("missing", ((name,) for name in missing_names(draft))),
        _part("questions", ((question,) for question in draft.questions), ordered=True),
        _part("notes", ((note,) for note in draft.notes)),
        _part("advice", _advice(draft)),
        _sections(draft),
        _principles(draft),
        _part("divisions", _divisions(draft)),
        _part("examples", _examples(draft)),
    )
    return tuple(part for part in parts if part.entries or part.rows)


def missing_names(draft: Draft) -> tuple[str, ...]:
    """The items that are not told; those of the 施行規則 in its words, with their place."""
    added = [word("about", "added", what=a.text, basis=a.basis) for a in draft.added if not a.told]
    return (*(item.value for item in draft.missing if item is not Item.REGULATION), *added)


def _part(name: str, entries: Iterable[Entry], *, ordered: bool = False) -> Part:
    return Part(name, word("about", name), tuple(entries), ordered)


def said_of(problem: Finding) -> str:
    """What a problem is, with its basis if it has one."""
    return problem.message + (word("about", "basis", basis=problem.basis) if problem.basis else "")


def _problem(problem: Finding) -> Entry:
    said = word("about", "problem", severity=word("severity", problem.severity), said=said_of(problem))
    quote = (word("about", "quote", quote=problem.quote),) if problem.quote else ()
    wording = (word("about", "wording", wording=problem.wording),) if problem.wording else ()
    return (said, *quote, *wording)


def _advice(draft: Draft) -> Iterable[Entry]:
    if draft.advice:
        form = draft.advice.form or word("about", "unclear_form")
        yield (form, word("about", "reason", reason=draft.advice.reason), *_source(draft.advice.citation))


def _divisions(draft: Draft) -> Iterable[Entry]:
    for division in draft.divisions:
        project = (word("about", "project", project=division.project),) if division.project else ()
        contact = (word("about", "contact", contact=division.contact),) if division.contact else ()
        yield (f"{division.organization}　{division.division}", *project, *contact)


def _examples(draft: Draft) -> Iterable[Entry]:
    for example in draft.examples:
        yield (example.title, example.summary, *_source(example.citation))


def _source(citation: Citation | None) -> tuple[str, ...]:
    if citation is None:
        return ()
    return (word("about", "source", title=citation.title, place=citation.locator or citation.page),)


def _sections(draft: Draft) -> Part:
    found = tuple(
        (s.heading, s.basis, word("demand", s.demand), word("state", s.state)) for s in draft.sections if s.heading
    )
    return Part("sections", word("about", "sections"), columns=words("columns", "sections"), rows=found)


def _principles(draft: Draft) -> Part:
    found = tuple(
        (p.name, p.basis, word("shown", "yes" if p.shown else "no"), f"「{p.quote}」" if p.quote else p.advice)
        for p in draft.principles
    )
    return Part("principles", word("about", "principles"), columns=words("columns", "principles"), rows=found)
