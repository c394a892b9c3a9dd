"""Which form fits what is described (委託型, 補助型, 負担金型), with the report's own words as the reason."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Citation, cite
from assistant.clauses.checks.form import fitting_form
from assistant.draft.words import sentence
from assistant.draft.writing import Writing
from assistant.drafts import Form, FormAdvice
from assistant.index import Index
from assistant.quotations import passage_of
from assistant.text import compact, one_line

_BEGINNING = 40  # characters of the table's cell by which its line in the chunk is known


def choose_form(writing: Writing) -> Writing:
    """The form that was chosen; without one, the form that fits what is told, to be confirmed."""
    if writing.document == "agreement":
        return writing
    fitting, clause = fitting_form(writing.whole)
    if fitting is None:
        return writing
    described = citation_of(writing.searcher.index, fitting)
    advice = FormAdvice(
        form=fitting,
        reason=sentence("notes", "form_reason", told=one_line(clause.text) if clause else "", form=fitting),
        citation=described,
    )
    if writing.form is not None:
        return replace(writing, advice=advice)
    guess = sentence("notes", "form_guess", form=fitting)
    return replace(writing, advice=advice, form=fitting, notes=(*writing.notes, guess))


def citation_of(index: Index, form: Form) -> Citation | None:
    """The handbook's words on a form, or the row of the report's table that quotes them; None if no source has it."""
    if found := passage_of(index, form):
        return found
    for table in index.records.tables:
        row = next((r for r in table.rows if compact(r[0]) == compact(form)), None)
        if row is None:
            continue
        rows = [r.id for r in index.rows if r.source_id == table.source_id and r.section == table.section]
        for chunk in index.chunks(rows).values():
            quote = next((line for line in chunk.text.split("\n") if compact(line).startswith(compact(form))), "")
            if quote and compact(row[-1])[:_BEGINNING] in compact(quote):
                return cite(1, chunk, quote)
    return None
