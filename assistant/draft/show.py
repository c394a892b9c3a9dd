"""A draft as a person reads it in the terminal: what was understood, what is missing, what to mend, what to tell next."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.markup import escape

from assistant.draft.answers import PART
from assistant.draft.export.about import said_of
from assistant.draft.export.words import word
from assistant.draft.fields import fields
from assistant.draft.words import terminal
from assistant.drafts import FIVE, Draft, Finding, Given
from assistant.layout import wrap
from assistant.text import one_line

_WIDEST = 80  # cells; longer lines of Japanese are hard to read
_SHORT = 20  # characters; what is longer says itself where it comes from
_AROUND = 10  # characters shown on either side of a short value


def write(to: Console, text: str, *, indent: int = 0, mark: str = "", style: str = "") -> None:
    """`text` wrapped and indented; `mark` stands before the first line, inside the indent."""
    for number, line in enumerate(wrap(text, min(to.width, _WIDEST) - indent - 2)):
        lead = mark.rjust(indent - 1) + " " if mark and number == 0 else " " * indent
        to.print(f"{escape(lead)}{escape(line)}", style=style or None)


def show_draft(to: Console, draft: Draft, *, whole: bool) -> None:
    """The draft beside its document; `whole` with what the document itself says at its end."""
    if draft.status == "declined":
        write(to, terminal("view", "declined"), style="bold yellow")
        _notes(to, draft)
    else:
        kind = word(draft.document, "title")
        shown = terminal("view", "kind_form", kind=kind, form=draft.form) if draft.form else kind
        write(to, f"{shown}　{draft.title}", style="bold")
    show_understood(to, draft)
    _items(to, draft)
    show_problems(to, draft.problems)
    if whole:
        _questions(to, draft)
        show_divisions(to, draft)
        if draft.status == "drafted":
            _part(to, "notes" if draft.notes else "")
            _notes(to, draft)


def _notes(to: Console, draft: Draft) -> None:
    for note in draft.notes:
        write(to, note, indent=4, mark="・")


def show_understood(to: Console, draft: Draft) -> None:
    """Every value by its field, with the words of the brief that it was taken from."""
    order = {key: number for number, key in enumerate(fields())}
    shown = [value for value in draft.given if value.key != "party_words"]  # beside the name in the document
    given = sorted(shown, key=lambda value: order.get(value.key, len(order)))
    _part(to, "understood" if given else "")
    for key, values in groupby(given, key=lambda value: value.key):
        write(to, _name(key), indent=2, style="bold")
        for value in values:
            write(to, one_line(value.text), indent=4)
            if source := _source(draft, value):
                write(to, source, indent=6, style="dim")


def _name(key: str) -> str:
    whole = key.removesuffix(PART)
    name = fields()[whole].name if whole in fields() else terminal("view", whole)
    return name if whole == key else terminal("view", "part", name=name)


def _source(draft: Draft, value: Given) -> str:
    if value.start < 0:
        return terminal("view", "from_field")
    if len(value.text) > _SHORT:
        return ""
    begin, end = max(0, value.start - _AROUND), value.end + _AROUND
    before = draft.brief[begin : value.start].rpartition("\n")[2]
    after = draft.brief[value.end : end].partition("\n")[0]
    dots = ("…" if begin else "", "…" if end < len(draft.brief) else "")
    return terminal("view", "from_brief", context=f"{dots[0]}{before}{value.text}{after}{dots[1]}")


def _items(to: Console, draft: Draft) -> None:
    """Which of the five items are told, and which of the 施行規則 if it is known."""
    if draft.comprehensive or not (draft.sections or draft.missing):
        return  # an agreement is no 協働契約, and of a brief that was not read nothing is known
    _part(to, "items")
    marks = (terminal("view", "untold" if item in draft.missing else "told") for item in FIVE)
    write(to, "　".join(f"{mark} {item.value}" for mark, item in zip(marks, FIVE, strict=True)), indent=2)
    for added in draft.added:
        write(to, f"{terminal('view', 'told' if added.told else 'untold')} {added.text}（{added.basis}）", indent=2)


def show_problems(to: Console, problems: tuple[Finding, ...]) -> None:
    _part(to, "problems" if problems else "")
    for problem in problems:
        said = word("about", "problem", severity=word("severity", problem.severity), said=said_of(problem))
        write(to, said, indent=4, mark="・", style="yellow")
        if problem.quote:
            write(to, terminal("view", "quote", quote=one_line(problem.quote)), indent=6)


def _questions(to: Console, draft: Draft) -> None:
    if draft.status == "drafted" and not draft.questions:
        _part(to, "complete")
        return
    _part(to, "questions" if draft.questions else "", count=len(draft.questions))
    for number, (question, key) in enumerate(zip(draft.questions, draft.question_keys, strict=False), 1):
        write(to, terminal("view", "question", question=question, key=key), indent=5, mark=f"{number}.")


def show_divisions(to: Console, draft: Draft) -> None:
    _part(to, "divisions" if draft.divisions else "")
    for division in draft.divisions:
        project = terminal("view", "project", project=division.project) if division.project else ""
        write(to, f"{division.organization} {division.division}{project}", indent=4, mark="・")


def _part(to: Console, name: str, **values: object) -> None:
    if name:
        to.print()
        write(to, terminal("view", name, **values), style="bold")
