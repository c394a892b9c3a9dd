"""A draft as Markdown. What people wrote is escaped, so that it reads as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft.export.about import Part, about, lead
from assistant.draft.export.clean import cleaned
from assistant.draft.export.rows import Row, rows, title_of
from assistant.draft.export.words import word
from assistant.drafts import Draft, Signature
from assistant.markdown import escaped, line

_INDENT = {"item": 1, "clause_item": 1, "point": 1, "subitem": 2, "clause_subitem": 2, "subpoint": 2}


def to_markdown(draft: Draft) -> str:
    """The draft as Markdown, ending with a line feed."""
    clean = cleaned(draft)
    blocks = [f"# {line(title_of(clean))}", *map(_row, rows(clean)), *_signatures(clean.signatures)]
    notes = ["---", f"## {escaped(word('about', 'heading'))}", escaped(lead(clean))]
    return "\n\n".join([*blocks, *notes, *(block for part in about(clean) for block in _part(part))]) + "\n"


def _row(row: Row) -> str:
    numbered = f"{row.label}　{row.text}" if row.label else row.text
    if row.is_heading:
        return f"## {line(numbered)}"
    return "　" * _INDENT.get(row.place, 0) + escaped(numbered)


def _signatures(signatures: tuple[Signature, ...]) -> Iterator[str]:
    if signatures:
        yield word("signature", "signed_on")
    for s in signatures:
        address, name, representative = (word("signature", key) for key in ("address", "name", "representative"))
        lines = (
            f"{s.side}　{address}　{s.address}",
            f"　　{name}　{s.name}",
            f"　　{representative}　{s.representative}　{word('signature', 'seal')}",
        )
        yield "\\\n".join(map(line, lines))


def _part(part: Part) -> Iterator[str]:
    yield f"### {line(part.heading)}"
    if part.entries:
        entries = (
            f"{f'{n}.' if part.ordered else '-'} " + "\\\n   ".join(map(line, entry))
            for n, entry in enumerate(part.entries, 1)
        )
        yield "\n".join(entries)
    if part.rows:
        head = (part.columns, ("---",) * len(part.columns))
        cells = (tuple(map(line, row)) for row in part.rows)
        yield "\n".join(f"| {' | '.join(row)} |" for row in (*head, *cells))
