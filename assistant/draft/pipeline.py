"""How a draft comes about, as one ordered tuple. Each step takes the writing and returns it with more in it.

read → find_problems → gather → choose_form → write_sections → write_added → smooth_with_model → look_beside → check_principles → ask → note
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.clauses.examine import examine
from assistant.draft.added import write_added
from assistant.draft.asking import ask, missing_items, note
from assistant.draft.beside import check_principles, look_beside
from assistant.draft.export.markdown import to_markdown
from assistant.draft.fields import filled, form_of
from assistant.draft.form import choose_form
from assistant.draft.sections import write_sections
from assistant.draft.smooth_with_model import smooth_with_model
from assistant.draft.values import gather, read
from assistant.draft.words import sentence, title, unknown
from assistant.draft.writing import Writing
from assistant.drafts import DocumentKind, Draft, Form, Given, Signature
from assistant.models import ChatModel
from assistant.quotations import named
from assistant.search.searcher import Searcher
from assistant.text import one_line, sanitize

LONGEST = 20_000  # characters of a brief
Step = Callable[[Writing], Writing]


def find_problems(writing: Writing) -> Writing:
    """The checks of the brief and the answers; places count in the brief as it was sent, -1 in an answer."""
    text = writing.corrected

    def place(start: int) -> int:
        return text.original(start) if 0 <= start < len(text.text) else -1

    found = (f.model_copy(update={"start": place(f.start)}) for f in examine(writing.whole))
    return replace(writing, problems=tuple(found))


STEPS: tuple[Step, ...] = (
    read,
    find_problems,
    gather,
    choose_form,
    write_sections,
    write_added,
    smooth_with_model,
    look_beside,
    check_principles,
    ask,
    note,
)


def draft(
    searcher: Searcher,
    brief: str,
    document: DocumentKind = "contract",
    form: Form | None = None,
    fields: Mapping[str, str] | None = None,
    model: ChatModel | None = None,
) -> Draft:
    """One draft of a brief, of a form's fields, or of both. Never raises for anything a person can write; a chosen
    form is a field too, so that a draft that is continued knows it from one that was only fitting."""
    brief = sanitize(brief)
    told = filled({**(fields or {}), **({"form": form} if form else {})})
    length = len(brief) + sum(map(len, told.values()))
    if length > LONGEST:
        said = sentence("notes", "too_long", length=f"{length:,}", limit=f"{LONGEST:,}")
        return _with_markdown(Draft(status="declined", document=document, form=form, notes=(said,)))
    writing = Writing(brief, document, form_of(told.get("form", "")), told, searcher, model)
    for step in STEPS:
        writing = step(writing)
    return _finished(writing)


def understood(searcher: Searcher, brief: str, document: DocumentKind, form: Form | None) -> tuple[Given, ...]:
    """What a brief alone tells, with its places in `sanitize(brief)`."""
    writing = Writing(sanitize(brief), document, form, {}, searcher)
    for step in (read, find_problems, gather):
        writing = step(writing)
    return tuple(value for values in writing.values.values() for value in values)


def _finished(writing: Writing) -> Draft:
    """The record. A brief that tells nothing at all gets the questions, and no empty document."""
    told = any(
        writing.values.get(key) for key in ("purpose", "method", "roles", "cost", "liability", "partner", "name")
    )
    made = Draft(
        status="drafted" if told else "declined",
        document=writing.document,
        form=writing.form,
        title=title(writing.document, single=not writing.comprehensive).format(**_named(writing)) if told else "",
        sections=writing.sections if told else (),
        missing=missing_items(writing),
        problems=writing.problems,
        questions=tuple(text for _, text in writing.questions),
        question_keys=tuple(key for key, _ in writing.questions),
        notes=writing.notes if told else (sentence("notes", "empty"), *writing.notes),
        examples=writing.examples,
        divisions=writing.divisions,
        advice=writing.advice,
        principles=writing.principles if told else (),
        signatures=_signatures(writing) if told and writing.document != "proposal" else (),
        given=tuple(value for values in writing.values.values() for value in values),
        added=writing.added,
        brief=writing.brief,
        fields=dict(writing.fields),
    )
    return _with_markdown(named(writing.searcher.index.records.replaced, made))


def _with_markdown(made: Draft) -> Draft:
    return made.model_copy(update={"markdown": to_markdown(made)})


def _named(writing: Writing) -> dict[str, str]:
    return {key: one_line(writing.told(key)) or unknown(key) for key in ("name", "partner", "unit")}


def _signatures(writing: Writing) -> tuple[Signature, ...]:
    gap = unknown("representative")
    city = "横浜市" if "横浜市" in writing.told("unit") else f"横浜市{writing.told('unit')}"
    return (
        Signature(side="甲", name=city, address=unknown("address"), representative=gap),
        Signature(
            side="乙",
            name=_named(writing)["partner"],
            address=writing.told("address") or unknown("address"),
            representative=writing.told("representative") or gap,
        ),
    )
