"""A question cut into the matter it is about and what it asks of it: 「港南区の移動販売」「の担当課はどこですか」."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from assistant.search.language import language_of
from assistant.tokens import morphemes

ABOUT = "について、"
_LONGEST_NOUN = 40  # characters of a fragment without its ending
_END = re.compile(r"[\s。.?？!！]+$")
_ON_IT = re.compile(r"(?:について|に関して)[はものを、]*$")
_KANJI = re.compile(r"[一-鿿]")
_KANA_TOPIC = re.compile(r"(?:には|では|とは|って|は)(?=[\s、])")
_KANA_PARTICLE = re.compile(r"(?:(?:には|では|とは|って|[はのをがにで、])\s*)?$")
_COUNTED = re.compile(r"[0-9０-９一二三四五六七八九][つ種個人者]?$")
_SENTENCES = re.compile(r"(?<=[.?!。？！])\s+")
_QUOTED = re.compile(r"「[^「」]+」")
_NOUNS = ("名詞", "接頭辞", "接尾辞")
_JOINED = "・"  # stands inside names
_ASKING = re.compile(
    r"(?:を|が|も)?(?:全部|すべて|全て)?(?:(?:教え|おしえ|見せ|示し)て(?!も|は)|知りた|確認し|お願い|ほし)"
)


@dataclass(frozen=True)
class Phrases:
    """`topic` is what the question is about, `tail` the rest, particle first; together they are the question."""

    topic: str
    tail: str


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, object]]:
    return tomllib.loads(resources.files("assistant.chat").joinpath("follow_up.toml").read_text("utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of the patterns of follow_up.toml."""
    source = str(_data()["patterns"][name])
    return re.compile(source.replace("{attributes}", "|".join(word_list("attributes"))), re.IGNORECASE)


@cache
def word_list(name: str) -> tuple[str, ...]:
    """One of the word lists of follow_up.toml."""
    words = _data()["words"][name]
    return tuple(str(w) for w in words) if isinstance(words, list) else ()


def is_attribute(noun: str) -> bool:
    """Is `noun` something that every matter has, such as a telephone number? Modifiers may stand before it."""
    last = re.split(r"の|って|る|た", noun.strip())[-1].strip()
    listed = pattern("attribute_list")
    return bool(listed.fullmatch(noun.strip()) or listed.fullmatch(last))


def without_opener(text: str) -> str:
    """`text` without 「じゃあ」 and the like in front."""
    return pattern("opener").sub("", text).strip()


def without_ending(text: str) -> str:
    """A fragment without what stands behind its noun."""
    return pattern("fragment_end").sub("", text).strip()


def is_fragment(text: str) -> bool:
    """Is the turn a noun with little behind it?"""
    noun = without_ending(text)
    if not noun or "。" in noun or noun == text or len(noun) > _LONGEST_NOUN or pattern("interrogative").search(noun):
        return False
    return ends_in_noun(noun) and not has_topic(noun)


def noun_runs(text: str) -> list[str]:
    """Compounds of `text` in order; what stands in 「…」 is one."""
    runs = [quoted[1:-1] for quoted in _QUOTED.findall(text)]
    current = ""
    for surface, part, _ in morphemes(_QUOTED.sub("、", text)):
        if part in _NOUNS or (current and surface == _JOINED):
            current += surface
            continue
        runs += [current] if current else []
        current = ""
    return [run for run in [*runs, current] if run]


def specific_nouns(text: str) -> list[str]:
    """Compounds that name a matter: not in the list of generic nouns, not an attribute, not a bare number."""
    generic = frozenset(word_list("generic"))
    return [
        run
        for run in noun_runs(text)
        if len(run) > 1 and run not in generic and not is_attribute(run) and not pattern("counting").fullmatch(run)
    ]


def names_something(text: str) -> bool:
    """Does `text` tell one matter from another? Names in Latin letters do."""
    return any(run not in word_list("generic") and not is_attribute(run) for run in noun_runs(text))


def split(question: str) -> Phrases:
    """Cut a question. An empty topic means that none could be told from the rest."""
    if ABOUT in question:
        topic, _, rest = question.partition(ABOUT)
        return Phrases(topic, ABOUT + rest)
    at = _boundary(question)
    topic = pattern("called").sub("", _without_particles(_END.sub("", question[:at])))
    while (attribute := pattern("attribute_end").search(topic)) and not _COUNTED.search(topic[: attribute.start()]):
        topic = topic[: attribute.start()]
    return Phrases(topic, question[len(topic) :])


def asked_of(question: str) -> str:
    """What `question` asks, as it can be put behind another noun: 「はいつ開いたの？」 of 「馬場のはいつ開いたの？」."""
    return re.sub("^の(?=は|って)", "", split(question).tail)


def _boundary(question: str) -> int:
    """Where the topic ends: the last topic marker before the question word, or the question word, or the request."""
    asks = pattern("interrogative").search(question) or _ASKING.search(question)
    limit = asks.start() if asks else len(_END.sub("", question))
    at = max((at for at in _topic_markers(question) if 1 < at < limit), default=limit)
    within = pattern("within").fullmatch(question[at:limit])
    return at + within.end("noun") if within and specific_nouns(within["noun"]) else at


def _without_particles(text: str) -> str:
    """`text` without particles, commas and blanks at its end."""
    text = _ON_IT.sub("", text)
    if not _KANJI.search(text):  # cut into words, kana end in particles everywhere
        return _KANA_PARTICLE.sub("", text)
    for surface, part, _ in reversed(morphemes(text)):
        if part != "助詞" and surface != "、" and surface.strip():
            break
        text = text.removesuffix(surface)
    return text


def has_topic(text: str) -> bool:
    """Does は or って mark a topic in `text`?"""
    return bool(_topic_markers(text))


def ends_in_noun(text: str) -> bool:
    tokens = morphemes(text)
    return bool(tokens) and tokens[-1][1] in (*_NOUNS, "代名詞", "補助記号", "記号")


def _topic_markers(question: str) -> list[int]:
    """Where は and って stand as particles, with the に, で, と, へ in front of them."""
    if not _KANJI.search(question):  # a reader of kana only gets the words wrong; learners put a blank behind は
        return [marked.start() for marked in _KANA_TOPIC.finditer(question)]
    found, at, begin = [], 0, 0
    for surface, part, _ in morphemes(question):
        if part != "助詞":
            begin = at + len(surface)
        elif surface in ("は", "って"):
            found.append(begin)
        at += len(surface)
    return found


def matter(question: str) -> str:
    """What a question is about as a noun phrase; for a yes-or-no question without topic its verb as 「…すること」."""
    language = language_of(question)
    if language != "ja":
        told = [t for part in reversed(_SENTENCES.split(question)) if (t := pattern(f"{language}_topic").match(part))]
        return told[0]["topic"] if told else _END.sub("", question)
    preface = pattern("preface").match(question)
    if preface:
        return _deed(preface["said"])
    topic = split(question).topic
    tokens = morphemes(topic)
    if not tokens or ends_in_noun(topic) or not _KANJI.search(question):
        return topic
    cleft = pattern("cleft").match(topic) if question[len(topic) :].startswith("の") else None
    return cleft["topic"] if cleft else _deed(topic)


def _deed(clause: str) -> str:
    """A clause as 「…すること」; without a verb it stays."""
    tokens = morphemes(clause)
    for position in range(len(tokens) - 1, -1, -1):
        if tokens[position][1] == "動詞":
            before = "".join(surface for surface, _, _ in tokens[:position])
            return f"{before}{tokens[position][2]}こと"
    return clause
