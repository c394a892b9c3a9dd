"""What a conversation remembers of its turns: frozen, bounded, and enough to tell what a follow-up is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from assistant.answers import Answer
from assistant.chat.phrases import matter, pattern, specific_nouns
from assistant.outcomes import Reason
from assistant.records import Chunk
from assistant.search.language import language_of
from assistant.search.question import Question, cue
from assistant.search.searcher import Searcher
from assistant.text import compact

_PART_OF_NAME = 3  # characters of a name by which a question may call a project
_WHOLE_NAME = 5  # characters from which a project's name in a question is no accident
_DIVISION = re.compile(r"〔[^〕]*〕")  # in a heading
_LONGEST = 120  # characters of headings; those of a document that somebody added may go on and on
TURNS = 10  # kept; a person does not refer further back
# A turn that ended like this told nothing that a later turn could be about.
_WITHOUT_MATTER = frozenset(
    {
        Reason.EMPTY_QUESTION,
        Reason.NO_WORDS,
        Reason.TOO_LONG,
        Reason.PERSONAL_DATA,
        Reason.INSTRUCTION,
        Reason.HARM,
        Reason.OFF_TOPIC,
        Reason.LEGAL,
        Reason.PRIVATE,
        Reason.FAILED,
    }
)


@dataclass(frozen=True)
class Past:
    """One turn: what was asked, how it was understood, what the answer was about."""

    asked: str
    standalone: str
    topic: str  # what it is about, in the words of the question
    reason: Reason
    project: str = ""  # a project's official name, where the question or the answer names one
    organizations: tuple[str, ...] = ()  # wards and bureaus the question names
    divisions: tuple[tuple[str, str], ...] = ()  # organization, division; only of an answer that names a division
    articles: tuple[str, ...] = ()  # numbers of the articles cited
    cited: tuple[str, ...] = ()  # ids of the chunks cited in the text
    under: str = ""  # what the first of them belongs to, in the words of the document
    shown: str = ""  # the text and the chunks it cites: what 「もう一つ」 and 「3番目」 are looked up in

    @property
    def project_topic(self) -> str:
        """The topic up to the name of the project: 「まち普請」 of 「まち普請の一次コンテスト」."""
        topic = self.topic
        name = compact(self.project)
        for noun in sorted(specific_nouns(topic), key=len, reverse=True):
            before, _, behind = topic.rpartition(noun)
            if len(noun) >= _PART_OF_NAME and compact(noun) in name and pattern("behind_name").match(behind):
                return before + noun + ("」" if behind.startswith("」") else "")
        return self.project or topic

    @property
    def has_matter(self) -> bool:
        return bool(self.topic) and self.reason not in _WITHOUT_MATTER


@dataclass(frozen=True)
class History:
    """The last turns, oldest first."""

    past: tuple[Past, ...] = ()

    def add(self, turn: Past) -> History:
        return History((*self.past, turn)[-TURNS:])

    @property
    def matters(self) -> tuple[Past, ...]:
        """Turns that a follow-up can be about, the latest first."""
        return tuple(turn for turn in reversed(self.past) if turn.has_matter)

    def topics(self, limit: int) -> list[str]:
        """The last `limit` different matters in the order in which they came up."""
        found: dict[str, str] = {}
        for turn in reversed(self.matters):
            found.setdefault(compact(turn.topic), turn.topic)
        found.pop("", None)
        return list(found.values())[-limit:]


def remember(searcher: Searcher, history: History, asked: str, answer: Answer) -> Past:
    """The turn as history keeps it."""
    standalone = answer.standalone or asked
    question = searcher.understand(standalone)
    spoken = [c for c in answer.citations if f"［{c.n}］" in answer.text]
    chunks = searcher.index.chunks(list(dict.fromkeys(c.chunk_id for c in spoken)))
    numbers = {c.n for c in spoken}
    named = [d for d in answer.divisions if answer.reason is Reason.DIVISION_FOUND and numbers & set(d.evidence)]
    commanded = cue("instruction").search(question.folded) or pattern("of_answers").search(asked)
    records = [chunk.record for chunk in chunks.values() if chunk.record]
    return Past(
        asked=asked,
        standalone=standalone,
        topic=_topic(history, asked, standalone, answer.reason),
        reason=Reason.INSTRUCTION if commanded else answer.reason,
        project=named_project(searcher, standalone)
        or (named[0].project if named else _told(searcher, question, records)),
        organizations=question.organizations,
        divisions=tuple((d.organization, d.division) for d in named),
        articles=tuple(r.removeprefix("article:") for r in records if r.startswith("article:")),
        cited=tuple(chunks),
        under=next((_under(chunk) for chunk in chunks.values()), ""),
        shown="\n".join([answer.text, *(chunk.text for chunk in chunks.values())]),
    )


def _under(chunk: Chunk) -> str:
    """The headings above a chunk but the last, which names a part ("事業実績"), and without the division in brackets."""
    return _DIVISION.sub("", " ".join(chunk.headings[:-1] or chunk.headings))[:_LONGEST]


def _topic(history: History, asked: str, standalone: str, reason: Reason) -> str:
    """The last topic where the turn was put in words with it, else what the question itself is about."""
    last = history.matters[0].topic if history.matters and standalone != asked else ""
    if last and last in standalone and reason is Reason.OUTSIDE_YEARS:
        return last  # what is asked next is hardly about the year of which nothing is told
    if last and last in standalone and language_of(standalone) != "ja":
        return last
    if last and standalone.startswith(last) and not standalone.removeprefix(last).startswith(("と", "のうち")):
        return last
    swapped = _swapped(history.matters[0], standalone) if last else ""
    topic = swapped or matter(standalone)
    described = pattern("described").match(topic)
    return f"{described['scope']}の{described['name']}" if described else topic


def _swapped(last: Past, standalone: str) -> str:
    """The last topic with what stands in `standalone` in the place of one part of it; empty if more than that differs."""
    told, begin = last.standalone, last.standalone.find(last.topic)
    end = begin + len(last.topic)
    same = _alike(told, standalone)
    behind = _alike(told[:same:-1], standalone[:same:-1])
    if begin < 0 or same < begin or len(told) - behind > end:
        return ""
    return standalone[begin : end + len(standalone) - len(told)]


def _alike(one: str, other: str) -> int:
    """Characters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def named_project(searcher: Searcher, text: str) -> str:
    """The longest project name that stands whole in `text`, as the directory writes it."""
    plain = compact(text)
    found = [name for name, called in searcher.plain_projects.items() if len(called) >= _WHOLE_NAME and called in plain]
    return max(found, key=len, default="")


def _told(searcher: Searcher, question: Question, records: list[str]) -> str:
    """The project that the answer puts first, if the question asks what it is called or calls it by a part of its name."""
    first = records[0] if records else None
    for record in searcher.index.records.directory:
        if first not in (f"directory:{record.id}", f"contract:{record.contract_no}"):
            continue
        nouns = [noun for noun in specific_nouns(question.text) if len(noun) >= _PART_OF_NAME]
        if pattern("asks_name").search(question.folded) or any(compact(n) in compact(record.name) for n in nouns):
            return record.name
    return ""
