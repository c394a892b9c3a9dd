"""What to ask the user next, and what the user must know beside the draft."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.clauses.cues import heading_labels
from assistant.clauses.required import matter
from assistant.draft.added import KEY, requirements
from assistant.draft.sections import replaced
from assistant.draft.values import is_japanese
from assistant.draft.words import group, sentence, templates
from assistant.draft.writing import Writing
from assistant.drafts import FIVE, Code, DocumentKind, Item
from assistant.text import compact, fold

ITEM_OF = {
    "purpose": Item.PURPOSE,
    "method": Item.METHOD,
    "roles": Item.ROLES,
    "cost": Item.COST,
    "liability": Item.LIABILITY,
}
KEY_OF = {item: key for key, item in ITEM_OF.items()}
_NO_DEMAND = (Item.COST, Item.LIABILITY)  # what a comprehensive agreement may leave to the single projects
_SIGNED = ("contract", "proposal")


def missing_items(writing: Writing) -> tuple[Item, ...]:
    """The items of §12(2) that are not told; of a comprehensive agreement, which is no 協働契約, only what it has sections
    for and what the brief itself leaves open."""
    demanded = set(FIVE) - (set(_NO_DEMAND) if writing.comprehensive else set())
    wanted = [item for item in FIVE if item in demanded or KEY_OF[item] in writing.left_open]
    missing = tuple(item for item in wanted if not writing.values.get(KEY_OF[item]))
    return missing if all(added.told for added in writing.added) else (*missing, Item.REGULATION)


def places_of(document: DocumentKind) -> set[str]:
    """Keys of what a kind of document has a place for and a person is asked for."""
    places = {key for template in templates(document) for key in template.fills} | {"name", "partner", "unit"}
    if document in _SIGNED:
        return places | {"representative", "address"}
    return places - {"cost", "liability", "name"}


def ask(writing: Writing) -> Writing:
    """Questions for what the document has a place for and nobody has told; the most important first."""
    places = places_of(writing.document)
    if writing.document == "agreement" and not writing.comprehensive:
        places |= {KEY_OF[item] for item in _NO_DEMAND}
    places |= writing.left_open
    if writing.document != "agreement" and (writing.form is None or writing.form_is_a_guess):
        places.add("form")
    asked = tuple(
        (key, text)
        for key, text in group("questions").items()
        if key in places and key != "wishes" and not writing.values.get(key)
    )
    return replace(writing, questions=(*asked, *_ask_added(writing)))


def _ask_added(writing: Writing) -> tuple[tuple[str, str], ...]:
    """One question for all that the 施行規則 adds and nobody has told; the answer is a further term (その他の取決め)."""
    open_ = [added for added in writing.added if not added.told and added.section.startswith(KEY)]
    if not open_:
        return ()
    rule, what = re.sub(r"第\d+号$", "", open_[0].basis), "、".join(matter(added.text) for added in open_)
    return (("wishes", sentence("questions_added", "regulation", rule=rule, what=what)),)


def note(writing: Writing) -> Writing:
    """Notes that depend on the document, the office, the form and what was found in the brief."""
    found = [sentence("notes", "words")]
    if writing.comprehensive:
        found.append(sentence("notes", "agreement"))
    rules = list(dict.fromkeys(requirement.rule for requirement in requirements(writing)))
    found += [sentence("notes", "regulation_known", rule=rule) for rule in rules] or [sentence("notes", "regulation")]
    if writing.document == "contract":
        found.append(sentence("notes", "light"))
    organ, rule, head = replaced(writing)
    if organ:
        found.append(sentence("notes", "regulation_replaced", organ=organ, rule=rule, head=head))
    if writing.form == "共催型":
        found.append(sentence("notes", "cohost"))
    if several := _several_projects(writing):
        found.append(sentence("notes", "two_projects", quote=several))
    if any(finding.code is Code.INVENT_REQUEST for finding in writing.problems):
        found.append(sentence("notes", "invented"))
    if not is_japanese(writing.brief):
        found.append(sentence("notes", "language"))
    return replace(writing, notes=(*writing.notes, *found))


def _several_projects(writing: Writing) -> str:
    """The statement that tells of a second project, "" if none does: it says so, or stands under a second 事業名."""
    pattern = re.compile(group("several")["pattern"])
    told = next(
        (c.text for c in writing.paper.clauses if "background" not in c.labels and pattern.search(fold(c.text))), ""
    )
    named = {compact(c.text): c.text for c in writing.paper.clauses if heading_labels(c.heading)[:1] == ["name"]}
    return told or ("」「".join(named.values()) if len(named) > 1 else "")
