"""The sections of a draft: the user's words in their places, neutral sentences around them, gaps where nothing is told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, cast

from assistant.clauses.dates import periods
from assistant.draft.answers import PART
from assistant.draft.words import Template, group, sentence, templates, unknown
from assistant.draft.writing import Writing
from assistant.drafts import Finding, Given, Line, Section
from assistant.text import one_line

Level = Literal["body", "paragraph", "item", "subitem"]
_LEVELS: dict[str, Level] = {"本": "body", "項": "paragraph", "号": "item"}
_EACH = "{each}"
_NAMED = ("name", "partner", "unit", "representative", "address")
_INTERMEDIARY = re.compile("中間支援|推進センター|活動支援センター|コーディネート")
_CITY = re.compile(
    r"(?<![一-龠])(?:市|区|局|課|本市|当区|区役所|行政)(?=さん|の|が|は|に|と|へ|から|で|、|／|:|：|＝|[0-9０-９])"
)
_US = re.compile(
    r"私(?:ども|たち|達)|わたし(?:たち|ども|ら)?|当(?:会|社|方|団体|法人)|弊社|本会|うち(?:ら)?(?=が|は|の|で)|こちら(?=が|は|で)"
)
_LONGEST_SAID = 120  # characters of the brief beside a name to confirm
_FISCAL_START = 4  # April


def write_sections(writing: Writing) -> Writing:
    """All sections of the document that apply, with the names that are known."""
    names = _names(writing)
    found = [
        _section(writing, template, names) for template in templates(writing.document) if _applies(writing, template)
    ]
    return replace(writing, sections=tuple(section for section in found if section.lines))


def _names(writing: Writing) -> dict[str, str]:
    """Values for the variables of the templates; gaps for what is not told."""
    known = {key: one_line(writing.told(key)) or unknown(key) for key in _NAMED}
    form = (writing.form or "") + (unknown("form") if writing.form_is_a_guess else "")
    answered = {"partner", "name"} & set(writing.fields)  # then the statement may hold what an answer replaced
    said = "" if answered else one_line(writing.told("party_words"))[:_LONGEST_SAID]
    if said:
        known["partner"] += sentence("lines", "confirm", what=group("unknown")["partner"], said=said)
    return {**known, "form": form, "rule": replaced(writing)[1]}


def replaced(writing: Writing) -> tuple[str, str, str]:
    """Office, 規則 and 市長 as §21 reads them for the office of the brief; ("", "規則", "市長") without 読替え."""
    unit = writing.told("unit")
    for name, (organ, rule, head) in group("replaced").items():
        if name in unit:
            return organ, rule, head
    return "", "規則", "市長"


def _applies(writing: Writing, template: Template) -> bool:
    match template.when:
        case "":
            return True
        case "form":
            return writing.form is not None
        case "comprehensive" | "single":
            return writing.comprehensive == (template.when == "comprehensive")
        case "continuing":
            return _continues(writing.told("period"))
        case "intermediary":
            return bool(_INTERMEDIARY.search(writing.whole.text))
        case key:
            single = writing.document == "agreement" and not writing.comprehensive
            return bool(writing.values.get(key)) or (single and template.item is not None)


def _continues(period: str) -> bool:
    """Does the period go beyond the end of a fiscal year (31 March)?"""
    for found in periods(period):
        begin, finish = found.begin.known, found.finish.known
        if len(begin) > 1 and len(finish) > 1 and not found.backwards:
            return _fiscal(begin) != _fiscal(finish)
    return False


def _fiscal(date: tuple[int, ...]) -> int:
    return date[0] - (date[1] < _FISCAL_START)


def _section(writing: Writing, template: Template, names: dict[str, str]) -> Section:
    values = [value for key in template.fills for value in writing.values.get(key, ())]
    parts = [] if values else [part for key in template.fills for part in writing.values.get(f"{key}{PART}", ())]
    patterns = template.given if values else [*(template.given if parts else ()), *template.missing]
    lines = [
        line for p in (*patterns, *template.always) for line in _lines(p, values or parts, names, writing.problems)
    ]
    if template.key == "roles" and values and writing.document == "contract":
        lines += _sides(values)
    # What is only a name in a set sentence does not make a section one of the user's.
    state: Literal["given", "missing", "template"] = (
        "given" if values else "missing" if template.missing else "template"
    )
    return Section(
        key=template.key,
        heading=template.heading,
        item=template.item,
        text=numbered(lines),
        state=state,
        basis=template.basis,
        demand=cast(Literal["ordinance", "advice", "custom"], template.demand),
        lines=tuple(lines),
    )


def _lines(pattern: str, values: list[Given], names: dict[str, str], problems: tuple[Finding, ...]) -> list[Line]:
    level, text = _LEVELS[pattern[0]], pattern[2:]
    if _EACH in text:
        return [Line(level=level, text=one_line(v.text) + _doubt(v, problems), origin="given") for v in values]
    filled = text.format(**names) if "{" in text else text
    return [Line(level=level, text=filled, origin="missing" if "〔要確認" in filled else "template")]


def _doubt(value: Given, problems: tuple[Finding, ...]) -> str:
    """A mark behind the user's own words that an article of the ordinance speaks against."""
    for problem in problems:
        inside = problem.quote and _touches(problem, value)
        if inside and problem.code.value.startswith(("S8", "S11", "S13", "S15")):
            return sentence("lines", "doubt", basis=problem.basis)
    return ""


def _touches(problem: Finding, value: Given) -> bool:
    if value.start < 0:  # an answer of a form has no place
        return problem.start < 0 and (problem.quote in value.text or value.text in problem.quote)
    return problem.start < value.end and value.start < problem.start + len(problem.quote)


def _sides(values: list[Given]) -> list[Line]:
    """Which words of the user mean which party, so that 「区」 and 「私たち」 are clear in a contract."""
    text = "\n".join(value.text for value in values)
    found = [("甲", _CITY), ("乙", _US)]
    terms = [
        sentence("lines", "side", words="」又は「".join(words), side=side)
        for side, pattern in found
        if (words := list(dict.fromkeys(pattern.findall(text))))
    ]
    if not terms:
        return []
    return [Line(level="paragraph", text=sentence("lines", "sides", terms="、".join(terms)), origin="template")]


def numbered(lines: list[Line]) -> str:
    """The lines with their numbers, as plain text shows them: 本文, 2, (1)."""
    shown, paragraph, item = [], 1, 0
    for line in lines:
        if line.level == "item":
            item += 1
            shown.append(f"({item}) {line.text}")
            continue
        item = 0
        paragraph += line.level == "paragraph"
        shown.append(f"{paragraph} {line.text}" if line.level == "paragraph" else line.text)
    return "\n".join(shown)
