"""What is offered after an answer is answered: every rule, in both languages, on articles, projects and organizations."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from assistant.outcomes import Status
from assistant.service import Service
from server.pages.ask.suggestions import suggest
from server.words import LANGUAGES

RULES = tomllib.loads(resources.files("prompts").joinpath("suggestions.toml").read_text("utf-8"))["rule"]
QUESTIONS = [
    (rule["of"], rule[language]) for rule in RULES for language in LANGUAGES if language in rule and "page" not in rule
]


def values(service: Service, of: str) -> list[dict[str, str]]:
    """A sample of what the rule's variables can be."""
    records = service.searcher.index.records
    if of == "article":
        articles = [a for ordinance in records.ordinances for a in ordinance.articles if not a.supplementary]
        return [{"article": a.number, "next": a.number} for a in articles[::3]]
    if of in ("project", "contract", "organization"):
        known = [r for r in records.directory if of != "contract" or r.contract_no]
        return [{"project": r.name, "organization": r.organization} for r in known[:: len(known) // 8]]
    return [{}]


@pytest.mark.parametrize(("of", "template"), QUESTIONS)
def test_what_is_offered_is_answered(service: Service, of: str, template: str) -> None:
    for known in values(service, of):
        question = template.format(**known)
        assert service.ask(question).status is Status.ANSWERED, question


@pytest.mark.parametrize(
    "question",
    [
        "協働契約には何を定めなければなりませんか",
        "青葉区で花と緑の活動、担当はどこ",
        "What does Article 12 say?",
        "第30条は？",
        "제12조의 내용은 무엇입니까?",
    ],
)
def test_two_to_four_are_offered(service: Service, question: str) -> None:
    index = service.searcher.index
    answer = service.ask(question)
    offered = suggest(answer, index, "ja")
    assert 2 <= len(offered) <= 4
    rest = suggest(answer, index, "ja", {offered[0].text})
    assert offered[0] not in rest
