"""The open places 〔要確認〕 of a draft as a list: what is unknown, where it stands, and which field of the form fills it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft.added import KEY
from assistant.draft.export.gaps import gaps
from assistant.draft.export.rows import title_of
from assistant.draft.export.words import word
from assistant.draft.fields import fields
from assistant.draft.words import group, templates
from assistant.drafts import DocumentKind, Draft
from assistant.frozen import Frozen


class OpenGap(Frozen):
    """`places` are headings, `key` is the field that fills it; "" for what no field can tell (the city's address)."""

    what: str
    key: str
    places: tuple[str, ...]


def open_gaps(draft: Draft) -> tuple[OpenGap, ...]:
    """Each open place once, in the order of the document, with every heading under which it stands."""
    found: dict[tuple[str, str], list[str]] = {}
    for text, key, place in _texts(draft):
        for gap in gaps(text):
            found.setdefault((gap.what, _field(draft.document, gap.what, key)), []).append(place)
    return tuple(
        OpenGap(what=what, key=key, places=tuple(dict.fromkeys(places))) for (what, key), places in found.items()
    )


def _texts(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Text, key of its section ("city" for the city's signature), heading."""
    if draft.sections:
        yield title_of(draft), "", word("place", "title")
    for section in draft.sections:
        place = section.heading or word("place", "preamble" if section is draft.sections[0] else "closing")
        yield section.text, section.key, place
    for signature in draft.signatures:
        place = word("place", "signature", side=signature.side)
        key = "city" if signature.side == "甲" else ""
        for text in (signature.address, signature.name, signature.representative):
            yield text, key, place


def _field(document: DocumentKind, what: str, section: str) -> str:
    """The field that names what is unknown, else the one that fills the section; only 乙's side is the form's."""
    named = next((key for key, name in group("unknown").items() if what.startswith(name)), "")
    if section == "city" and named in ("address", "representative"):
        return ""
    if section.startswith(f"{KEY}_"):  # the question for it asks for further terms
        return "wishes"
    fills = next((template.fills for template in templates(document) if template.key == section), ())
    return named or next((key for key in fills if key in fields()), "")
