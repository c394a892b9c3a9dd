"""What a turn names of its own, and whether it asks of that in general: then it is not about the last turn's matter.

Every report of a project speaks of 協働契約 and 役割分担; that a word stands there does not make a question about the
word one about the project. A rule is asked of in the present; what happened in a project is asked of in the past.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.chat.history import Past, named_project
from assistant.chat.parallels import wards_in
from assistant.chat.phrases import (
    is_attribute,
    is_fragment,
    names_something,
    noun_runs,
    pattern,
    specific_nouns,
    without_ending,
    word_list,
)
from assistant.law_records import OrdinanceRecord
from assistant.search.question import cue
from assistant.search.searcher import Searcher
from assistant.text import compact, fold
from assistant.tokens import morphemes, normal_words

_KANJI = re.compile(r"[一-鿿]")
_QUOTED = re.compile(r"「([^「」]{2,20})」")


def own_nouns(searcher: Searcher, text: str) -> list[str]:
    """The nouns by which a turn names a matter of its own; wards alone are none."""
    question = searcher.understand(text)
    if question.articles or question.municipalities or named_project(searcher, text):
        return [text]
    wards = {ward.said for ward in wards_in(searcher, text)}
    if question.kana_only:
        return [noun for noun in specific_nouns(question.written) if _KANJI.search(noun)]
    return [noun for noun in specific_nouns(text) if noun not in wards]


def shown(searcher: Searcher, last: Past, nouns: list[str]) -> bool:
    """Do all of these stand in what the documents say of the last turn's project, or of what its answer cites first?"""
    index = searcher.index
    of_it = [r for r in index.records.directory if r.name == last.project]
    keys = [key for r in of_it for key in (f"directory:{r.id}", f"contract:{r.contract_no}")]
    chunks = index.chunks([i for key in keys for i in searcher.chunks_of(key)])
    told = [chunk.text for chunk in chunks.values()] or [t for i in last.cited[:1] for t in searcher.told_with(i)]
    return bool(nouns and told) and all(_stands_in(noun, "".join(told)) for noun in nouns)


def _stands_in(noun: str, text: str) -> bool:
    """Letter for letter, or word for word however it is spelled (寄付, 寄附)."""
    return compact(noun) in compact(text) or set(normal_words(noun)) <= _normal(text)


@lru_cache(maxsize=64)
def _normal(text: str) -> frozenset[str]:
    return frozenset(normal_words(text))


def asks_in_general(searcher: Searcher, last: Past, text: str) -> bool:
    """Does the turn ask what a word means, what the rules say, or of something that every conversation may name?

    A name alone (「中間支援組織は？」) does not: it takes the place of the last one.
    """
    if is_fragment(text) and len(noun_runs(without_ending(text))) == 1 and not pattern("request").search(text):
        return False
    if pattern("known_everywhere").search(fold(text)):
        return True
    defined = pattern("definition").match(text)
    if defined and names_something(defined["term"]):
        return True
    if searcher.understand(text).counts_projects and cue("whole").search(text):
        return True
    return not pattern("past").search(text) and _asks_of_rules(searcher, last, text)


def _asks_of_rules(searcher: Searcher, last: Past, text: str) -> bool:
    """By a term of the ordinance, or by words of it that the last turn's project does not have."""
    first = re.split(r"[はがをもに、\s?？]", text, maxsplit=1)[0]
    if pattern("attribute_list").fullmatch(first):
        return False
    runs = noun_runs(text)
    laws = searcher.index.records.ordinances
    if any(pattern("rule_word").fullmatch(run) or run in _terms(law) for law in laws for run in runs):
        return True
    if is_fragment(text) or pattern("lean").search(text):
        return False
    weak = [*own_nouns(searcher, text), *(run for run in runs if run in word_list("rule_words"))]
    return bool(weak) and any(_says(law, weak) for law in laws) and not shown(searcher, last, weak)


def _says(law: OrdinanceRecord, nouns: list[str]) -> bool:
    """Do all parts of these nouns stand in the ordinance?"""
    told = _text(law)
    return all(surface in told for noun in nouns for surface, _, _ in morphemes(noun))


@lru_cache(maxsize=8)
def _text(law: OrdinanceRecord) -> str:
    paragraphs = [p for article in law.articles for p in article.paragraphs]
    return compact(
        "".join([*(a.caption for a in law.articles), *(p.text + "".join(i.text for i in p.items) for p in paragraphs)])
    )


@lru_cache(maxsize=8)
def _terms(law: OrdinanceRecord) -> frozenset[str]:
    """Compounds that the ordinance defines or has as captions: 協働契約, 中間支援組織."""
    captions = {run for article in law.articles for run in noun_runs(article.caption)}
    names = captions | set(_QUOTED.findall(_text(law)))
    return frozenset(name for name in names if len(morphemes(name)) > 1 and not is_attribute(name))
