"""What to go on with after an answer: rules of prompts/suggestions.toml over what the answer rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from assistant.answers import Answer
from assistant.index import Index
from assistant.outcomes import Status
from assistant.records import DirectoryRecord
from assistant.search.laws import Laws

MOST = 4
Values = dict[str, str]


@dataclass(frozen=True)
class Suggestion:
    """A question to send, or with `page` a link."""

    text: str
    page: str = ""


def suggest(answer: Answer, index: Index, language: str, asked: Collection[str] = ()) -> list[Suggestion]:
    """At most four, without questions in `asked`; in the answer's language, or where there are no words in it the interface's."""
    spoken = answer.language if answer.language in ("ja", "en") else language
    facts = dict(_facts(answer, index))
    found: list[Suggestion] = []
    for rule in _rules():
        values = facts.get(rule["of"])
        if values is None or spoken not in rule or rule.get("unless") == answer.reason.value:
            continue
        suggestion = Suggestion(rule[spoken].format(**values), rule.get("page", ""))
        if suggestion.text not in asked:
            found.append(suggestion)
    return found[:MOST]


@cache
def _rules() -> list[Values]:
    rules: list[Values] = tomllib.loads(resources.files("prompts").joinpath("suggestions.toml").read_text("utf-8"))[
        "rule"
    ]
    return rules


def _facts(answer: Answer, index: Index) -> Iterator[tuple[str, Values]]:
    """What the answer rests on, as `of` of the rules, with the variables."""
    yield ("answered" if answer.status is Status.ANSWERED else "unanswered"), {}
    if record := _project(answer, index):
        yield "project", {"project": record.name, "organization": record.organization}
        yield "organization", {"organization": record.organization}
        if record.contract_no:
            yield "contract", {"project": record.name}
    law = Laws(index).default  # the one that 条例第12条 means without a title
    own = law.source_id if law else ""
    articles = [r.removeprefix("article:") for r in _records(answer, index, own) if r.startswith("article:")]
    numbers = [a.number for a in (law.articles if law else ()) if not a.supplementary]
    following = dict(pairwise(numbers))
    if articles and articles[0] in numbers:
        yield "article", {"article": articles[0], "next": following.get(articles[0], numbers[0])}


def _records(answer: Answer, index: Index, source: str = "") -> list[str]:
    """Keys of the records behind the citations of the text, in its order; of one source, if it is given."""
    spoken = [c.chunk_id for c in answer.citations if f"［{c.n}］" in answer.text]
    chunks = index.chunks(spoken)
    own = [chunks[i] for i in spoken if i in chunks and source in ("", chunks[i].source_id)]
    return [chunk.record for chunk in own if chunk.record]


def _project(answer: Answer, index: Index) -> DirectoryRecord | None:
    """The project of the first division shown, else the first one that the text cites."""
    directory = index.records.directory
    shown = answer.likely_divisions
    if shown and shown[0].project:
        return next((r for r in directory if r.name == shown[0].project), None)
    keys = _records(answer, index)
    return next(
        (r for key in keys for r in directory if key in (f"directory:{r.id}", f"contract:{r.contract_no}")), None
    )
