"""Does the form (委託型 …) fit what is described, in the words of the report (FORM_MISMATCH)? Only on strong evidence:
whose business it is and how the money goes must both speak for another form."""

from __future__ import annotations

import re

from assistant.clauses.amounts import plain
from assistant.clauses.checks.findings import finding, words
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code, Finding, Form

_FORMS: tuple[Form, ...] = ("委託型", "補助型", "負担金型", "共催型")
_COMMISSION: Form = "委託型"
_SUBSIDY: Form = "補助型"
_SHARED: Form = "負担金型"


def _known(group: str) -> dict[str, re.Pattern[str]]:
    return patterns("form", group)


def check_form(paper: Paper) -> list[Finding]:
    """The given form, or the one in the title, against what is described."""
    given = paper.form or titled(paper)
    fitting, reason = described(paper)
    if given is None or fitting is None or reason is None or not _differs(given, fitting):
        return []
    told = words("forms", fitting)
    return [finding(Code.FORM_MISMATCH, reason, given=given, fitting=fitting, told=told)]


def titled(paper: Paper) -> Form | None:
    """The form that the title, or a brief, names as its own; None where it names none or several."""
    known = _known("form")
    text = paper.text if paper.kind == "brief" else paper.title
    text = known["no_form"].sub("", plain(text))
    exact = [form for form in _FORMS if form in text]
    named = exact or [form for form in _FORMS if paper.kind != "brief" and known[form].search(text)]
    return named[0] if len(named) == 1 else None


def fitting_form(paper: Paper) -> tuple[Form | None, Clause | None]:
    """The form to advise and the clause that shows it: what is described, else the name of the money where it has only
    one; (None, None) where too little is told."""
    fitting, reason = described(paper)
    if fitting:
        return fitting, reason
    names: dict[str, Form] = {"not_fee": _COMMISSION, "subsidy": _SUBSIDY, "contribution": _SHARED}
    fits = [(form, found[0]) for name, form in names.items() if (found := _shown(paper, name))]
    return fits[0] if len(fits) == 1 else (None, None)


def described(paper: Paper) -> tuple[Form | None, Clause | None]:
    """The form of which both speak, whose business it is and how the money goes, and the clause that shows it."""
    city, fee = _shown(paper, "city_business"), _shown(paper, "fee")
    own = [clause for clause in _shown(paper, "own_business") if clause not in city]
    aid, joint, shared = _shown(paper, "aid"), _shown(paper, "joint"), _shown(paper, "shared")
    paid = _shown(paper, "not_fee")
    fits: list[tuple[Form, Clause]] = []
    if city and fee and not own:
        fits.append((_COMMISSION, city[0]))
    if own and aid and not city and not paid:
        fits.append((_SUBSIDY, own[0]))
    if shared and (joint or own) and not city and not aid and not paid:
        fits.append((_SHARED, (joint or own)[0]))
    return fits[0] if len(fits) == 1 else (None, None)


def _differs(given: Form, fitting: Form) -> bool:
    """補助型 and 負担金型 run into each other, and of 共催型 the documents say nothing: no finding there."""
    return given != fitting and _COMMISSION in (given, fitting) and given != "共催型"


def _shown(paper: Paper, name: str) -> list[Clause]:
    """The clauses that show it; a denial shows nothing, except of the city's work."""
    known = _known("evidence")
    found = []
    for clause in paper.clauses:
        even = plain(clause.text)
        match = known[name].search(even) if clause.part in ("body", "preamble") else None
        if match and (name == "own_business" or not known["not_so"].search(even[match.start() : match.end() + 8])):
            found.append(clause)
    return found
