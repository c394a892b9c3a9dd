"""それ, その課, 前者, もう一つ, 3番目, 次の条: what they stand for, from the turns before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.chat.earlier import earlier
from assistant.chat.history import History, Past
from assistant.chat.parallels import put_in_place, scope_of, wards_in
from assistant.chat.phrases import (
    ABOUT,
    asked_of,
    is_attribute,
    matter,
    noun_runs,
    pattern,
    specific_nouns,
    split,
)
from assistant.chat.told_names import told_name, told_other, told_thing, told_two
from assistant.search.searcher import Searcher
from assistant.text import fold

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_KANJI_NUMBER = "一二三四五六"
_PARTICLE = re.compile(r"^[はのがをにでもと]")
_SHORTEST_NAME = 3  # characters of what stands in a list, so that it says something
_SHORT_SUBJECT = 15  # characters up to which a follow-up's own noun is taken along by 「それ」


@dataclass(frozen=True)
class Resolved:
    """`text` with the reference in words; `asks` if it is a whole question whatever the turn looked like."""

    text: str
    asks: bool = False


@dataclass(frozen=True)
class Reading:
    """The turn being read."""

    history: History
    text: str
    searcher: Searcher

    @property
    def last(self) -> Past:
        return self.history.matters[0]

    @property
    def topic(self) -> str:
        return self.last.topic


def resolve(history: History, text: str, searcher: Searcher) -> Resolved | None:
    """The turn with its first reference in words; None if it has none."""
    reading = Reading(history, text, searcher)
    for kind in KINDS:
        found = kind(reading)
        if found is not None:
            return found
    return None


def _earlier(reading: Reading) -> Resolved | None:
    """さっきの事業: see earlier.py."""
    return Resolved(*found) if (found := earlier(reading.history, reading.text)) else None


def _several(reading: Reading) -> Resolved | None:
    """両方, その三つ: all of them by name."""
    asked = split(reading.last.standalone).tail.rstrip("?？。 ")
    if pattern("which").match(reading.text):
        return Resolved(f"{'と'.join(reading.history.topics(2))}{asked}。{reading.text}", asks=True)
    said = pattern("both").search(reading.text) or pattern("several").search(reading.text)
    if not said:
        return None
    count = 3 if re.search("[三3３]", said.group()) else 2
    names = "と".join(reading.history.topics(count))
    before, after = reading.text[: said.start()], reading.text[said.end() :]
    if pattern("ranks").search(after):
        return Resolved(f"{names}{asked}。{after}", asks=True)
    if before:
        return Resolved(f"{names}の{before}{after}", asks=True)
    link = said.group()[-1] if _PARTICLE.match(said.group()[-1]) and said.group()[-1] != "も" else "は"
    return Resolved(names + link + after, asks=True)


def _former_or_latter(reading: Reading) -> Resolved | None:
    for name, position in (("former", -2), ("latter", -1)):
        said = pattern(name).search(reading.text)
        two = told_two(reading.last) or reading.history.topics(2)
        if said and len(two) == 2:
            return Resolved(reading.text.replace(said.group(), two[position], 1))
    return None


def _next(reading: Reading) -> Resolved | None:
    """次の回, 前の条: the last question with its number moved on."""
    for name, step in (("following", 1), ("preceding", -1)):
        said = pattern(name).match(reading.text)
        if not said:
            continue
        whole = _moved(reading.last, said["head"] or "", step)
        if whole is None:
            return None
        rest = reading.text[said.end() :]
        fragment = not pattern("fragment_end").sub("", rest)
        article = pattern("article_number").search(whole)
        if fragment and article:
            whole = f"{_law(reading)}{article.group()}" + pattern("ask_article").pattern
        return Resolved(whole if fragment else matter(whole) + rest, asks=True)
    return None


def _moved(last: Past, head: str, step: int) -> str | None:
    for found in pattern("ordinal").finditer(last.standalone):
        if head in ("", found["head"][:1]) or head in ("回", "もの", "やつ"):
            at = found.span("number")
            return last.standalone[: at[0]] + str(int(fold(found["number"])) + step) + last.standalone[at[1] :]
    return None


def _nth(reading: Reading) -> Resolved | None:
    """3番目: with what the last answer shows in the third place."""
    said = pattern("nth").search(reading.text)
    if not said:
        return None
    number = said["number"]
    count = _KANJI_NUMBER.index(number) + 1 if number in _KANJI_NUMBER else int(fold(number))
    marks = [f"({count})", f"（{count}）"] + ([_CIRCLED[count - 1]] if 0 < count <= len(_CIRCLED) else [])
    shown = re.search("(?:" + "|".join(map(re.escape, marks)) + r")\s*([^\s（(。、：:]{2,30})", reading.last.shown)
    rows = [row["name"] for row in map(pattern("row_name").match, reading.last.shown.split("\n")) if row]
    name = re.sub("[はがをに]$", "", shown[1] if shown else rows[count - 1] if count <= len(rows) else "")
    name = name if len(name) >= _SHORTEST_NAME else ""
    topic = pattern("last_ordinal").sub("", reading.topic)
    return Resolved(f"{topic}の{said.group()}{name and '、' + name}{reading.text[said.end() :]}", asks=True)


def _other(reading: Reading) -> Resolved | None:
    """もう一つ, ほかの区: what else the last answer shows of the kind."""
    said = pattern("other").match(reading.text)
    if not said or said.group().endswith("課"):
        return None
    last, rest = reading.last, reading.text[said.end() :]
    told = last.standalone
    other = told_other(reading.history)
    if other or specific_nouns(rest):
        return Resolved(other + rest if other else rest.removeprefix("の"), asks=not other)
    wards = [w.name for w in wards_in(reading.searcher, last.shown)] + [o for o, _ in last.divisions]
    others = [w for w in dict.fromkeys(wards) if w not in {x.name for x in wards_in(reading.searcher, told)}]
    if "区" in said.group() and others:
        whole = put_in_place(reading.searcher, last, others[0]) or others[0] + asked_of(told)
    else:
        named = _alternative(last)
        if named is None:
            return None
        whole = named + asked_of(told)
    return Resolved(whole if not pattern("fragment_end").sub("", rest) else matter(whole) + rest, asks=True)


def _alternative(last: Past) -> str | None:
    """A name in the answer that ends as a noun of the question does and was not asked for."""
    asked = specific_nouns(last.standalone)
    for head in asked:
        modifiers = [noun for noun in asked if noun != head]
        for name in noun_runs(last.shown):
            fits = name.endswith(head) and len(name) > len(head) and name not in last.standalone
            if fits and not any(m in name for m in modifiers):
                return name
    return None


def _demonstrative(reading: Reading) -> Resolved | None:
    """その課, その人, そのうち."""
    said = pattern("demonstrative").search(reading.text)
    if not said or _has_own_antecedent(reading.text[: said.start()]):
        return None
    before, rest = reading.text[: said.start()], reading.text[said.end() :]
    if pattern("beside").search(before):
        return Resolved(f"{reading.topic}{ABOUT}{before}{rest}", asks=True)
    named = pattern("demonstrative_head").match(rest)
    kind = named.lastgroup if named else None
    if kind is None or named is None:
        return Resolved(before + _of(reading.topic, rest))
    if kind == "after" and pattern("interrogative").search(reading.text):
        return Resolved(f"{reading.topic}{ABOUT}{reading.text}", asks=True)
    words = _OF_KIND[kind](reading, named.group())
    return Resolved(before + words + rest[named.end() :], asks=kind not in ("part", "after"))


def _division(reading: Reading, noun: str) -> str:
    last = reading.last
    if last.divisions:
        return "".join(last.divisions[0])
    if not reading.searcher.understand(reading.text).wants_division:
        for record in reading.searcher.index.records.directory:
            if record.name == last.project and len(record.divisions) == 1:
                return record.organization + record.divisions[0]
    return f"{last.project_topic}の担当課"


def _ward(reading: Reading, noun: str) -> str:
    told = wards_in(reading.searcher, reading.topic)
    shown = wards_in(reading.searcher, reading.last.shown)
    if not told and reading.topic.endswith("区"):
        return reading.topic[:-1] + shown[0].name if shown else reading.topic
    wards = [*told, *shown]
    return wards[0].name if wards else reading.topic


def _article(reading: Reading, noun: str) -> str:
    found = [f["number"] for f in pattern("ordinal").finditer(reading.last.standalone) if f["head"] == "条"]
    numbers = [*found, *reading.last.articles]
    return f"{_law(reading)}第{fold(numbers[0])}条" if numbers else reading.topic


def _law(reading: Reading) -> str:
    """The ordinance that the last question named, as it is to be named again; 条例 is the one that is always meant."""
    meant = reading.searcher.laws.meant(reading.searcher.understand(reading.last.standalone))
    return f"{meant.laws[0].title}の" if meant.named else "条例"


def _thing(reading: Reading, noun: str) -> str:
    return reading.last.project_topic


def _person(reading: Reading, noun: str) -> str:
    return told_name(reading.last, "person") or reading.topic


def _body(reading: Reading, noun: str) -> str:
    return told_name(reading.last, "body") or _with_noun(reading, noun)


def _with_noun(reading: Reading, noun: str) -> str:
    return f"{reading.topic}の{noun}"


_OF_KIND: dict[str, Callable[[Reading, str], str]] = {
    "part": _with_noun,
    "after": _with_noun,
    "division": _division,
    "ward": _ward,
    "article": _article,
    "person": _person,
    "body": _body,
    "thing": _thing,
}


def _pronoun(reading: Reading) -> Resolved | None:
    """それ, そこ: the matter, with what the last turn asked about of it."""
    said = pattern("pronoun").search(reading.text)
    if not said or _has_own_antecedent(reading.text[: said.start()]):
        return None
    before, rest = reading.text[: said.start()], reading.text[said.end() :]
    if rest.startswith("の"):
        return Resolved(before + _of(_subject(reading), rest[1:]))
    link = "" if _PARTICLE.match(rest.lstrip()) or rest.startswith("って") else "は"
    return Resolved(before + _subject(reading) + link + rest)


def _of(topic: str, rest: str) -> str:
    """`rest` of the topic; a noun with which the topic ends is not said twice."""
    noun = next(iter(noun_runs(rest)), "")
    return topic + rest.removeprefix(noun) if noun and topic.endswith(noun) else f"{topic}の{rest}"


def _subject(reading: Reading) -> str:
    last = reading.last
    if pattern("asks_name").search(last.standalone) and last.project and last.project not in last.topic:
        return scope_of(reading.searcher, last.topic) + last.project_topic
    topic, _, asked = last.standalone.partition(ABOUT)
    noun = re.split("、", split(asked).topic)[-1] if asked else ""
    if (specific_nouns(noun) or is_attribute(noun)) and len(noun) <= _SHORT_SUBJECT and noun not in topic:
        return f"{reading.topic}の{noun}"
    return told_thing(last) or reading.topic


def _has_own_antecedent(before: str) -> bool:
    """Does the turn itself name what its pronoun stands for?"""
    return bool(specific_nouns(before))


Kind = Callable[[Reading], Resolved | None]
KINDS: tuple[Kind, ...] = (
    _earlier,
    _several,
    _former_or_latter,
    _next,
    _nth,
    _other,
    _demonstrative,
    _pronoun,
)
