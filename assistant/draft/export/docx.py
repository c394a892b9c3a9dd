"""A draft as a Word document: real numbering, gaps highlighted and asked about in comments, the draft's data inside."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from docx.document import Document
from docx.text.paragraph import Paragraph

from assistant.draft.export.about import Part, about, lead, said_of
from assistant.draft.export.clean import cleaned
from assistant.draft.export.embed import embed_draft
from assistant.draft.export.gaps import gaps, question
from assistant.draft.export.rows import Place, rows, title_of
from assistant.draft.export.words import japanese_date, word
from assistant.drafts import Draft, Signature
from assistant.office.document import new_document, to_bytes
from assistant.office.remarks import Author, Remark, add_text
from assistant.office.tables import add_grid, add_lines

_STYLES: Final[dict[Place, str]] = {
    "preamble": "前文",
    "article_heading": "条見出し",
    "article": "条",
    "item": "号",
    "subitem": "号の細目",
    "clause": "項",
    "clause_item": "項の号",
    "clause_subitem": "項の号の細目",
    "numbered_heading": "番号見出し",
    "body": "本文",
    "point": "項目",
    "subpoint": "細目",
}
_SIGNATURE_MM = (12, 20, 90, 12)
_TABLE_MM = {"sections": (38, 40, 44, 38), "principles": (36, 30, 30, 64)}


def to_docx(draft: Draft, made: date) -> bytes:
    """The draft as a .docx file, made on the day `made`, with its data inside (`embedded_draft` reads it back)."""
    clean = cleaned(draft)
    document = new_document(title_of(clean), made)
    header = document.sections[0].header.paragraphs[0]
    header.add_run(f"　{word('page', 'draft')}　", style="案の印")
    header.add_run("　" + word("page", "made", date=japanese_date(made)))
    remarks = _Remarks(clean)
    _text(document, remarks, "Title", title_of(clean), "title")
    for row in rows(clean):
        _text(document, remarks, _STYLES[row.place], row.text, row.key)
    if clean.signatures:
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # signatures never stand alone on a page
        _signatures(document, remarks, clean.signatures)
    _about(document, clean)
    embed_draft(document, draft)
    return to_bytes(document)


class _Remarks:
    """The comments of a draft: each thing to ask and each problem is said once, where it stands first."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        signed = [text for s in draft.signatures for text in (s.address, s.name, s.representative)]
        texts = [title_of(draft), *(row.text for row in rows(draft)), *signed]
        self._count = Counter(gap.what for text in texts for gap in gaps(text))
        self._asked: set[str] = set()
        self._problems = [p for p in draft.problems if p.quote]

    def of(self, text: str, key: str) -> list[Remark]:
        asked = [Remark(gap.start, gap.end, self._ask(gap.what, key), highlight=True) for gap in gaps(text)]
        here = [p for p in self._problems if p.quote in text]
        self._problems = [p for p in self._problems if p not in here]
        places = ((text.index(p.quote), p) for p in here)
        return asked + [Remark(start, start + len(p.quote), said_of(p)) for start, p in places]

    def _ask(self, what: str, key: str) -> str:
        if what and what in self._asked:
            return ""
        self._asked.add(what)
        others = self._count[what] - 1 if what else 0
        more = word("comment", "more", count=others) if others else ""
        return question(self._draft, what, key) + more


def _text(document: Document, remarks: _Remarks, style: str, text: str, key: str) -> None:
    _write(document, document.add_paragraph(style=style), text, remarks.of(text, key))


def _write(document: Document, paragraph: Paragraph, text: str, found: list[Remark]) -> None:
    add_text(document, paragraph, text, found, Author(word("page", "author"), word("page", "initials")))


def _signatures(document: Document, remarks: _Remarks, signatures: tuple[Signature, ...]) -> None:
    """The place for the day, then 甲 and 乙 with address, name, representative and seal."""
    document.add_paragraph(word("signature", "signed_on"), style="締結日")
    seal = word("signature", "seal")
    lines = [
        line
        for s in signatures
        for line in (
            (s.side, word("signature", "address"), s.address, ""),
            ("", word("signature", "name"), s.name, ""),
            ("", word("signature", "representative"), s.representative, seal),
        )
    ]
    cells = add_lines(document, lines=len(lines), widths_mm=_SIGNATURE_MM)
    for line, paragraphs in zip(lines, cells, strict=True):
        for text, paragraph in zip(line, paragraphs, strict=True):
            paragraph.style = "署名の初め" if line[0] else "署名"
            _write(document, paragraph, text, remarks.of(text, "signatures"))


def _about(document: Document, draft: Draft) -> None:
    document.add_paragraph(word("about", "heading"), style="説明の題")
    document.add_paragraph(lead(draft), style="説明")
    for part in about(draft):
        document.add_paragraph(part.heading, style="Heading 2")
        _part(document, part)


def _part(document: Document, part: Part) -> None:
    for said, *details in part.entries:
        document.add_paragraph(said, style="説明の番号" if part.ordered else "説明の箇条")
        for detail in details:
            document.add_paragraph(detail, style="説明の補足")
    if part.rows:
        add_grid(document, part.columns, part.rows, widths_mm=_TABLE_MM[part.name], style="説明の表")
