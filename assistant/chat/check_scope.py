"""Can the documents answer this? Every check stops the turn with its own reason; none of them asks a language model.

What can be known for certain comes first (an article that does not exist, a place or year that no document names, an
attribute that no passage shows), the comparison with answerable and unanswerable examples last (docs/decisions/0005).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answers import Passage
from assistant.chat.answer_division import send_to_division
from assistant.chat.answer_version import asks_for_a_version, law_then
from assistant.chat.check_examples import REASONS, check_examples
from assistant.chat.check_names import foreign_name
from assistant.chat.check_numbers import is_uncounted
from assistant.chat.match import match, surely_answered
from assistant.chat.turn import Turn
from assistant.law_records import OrdinanceRecord
from assistant.outcomes import Reason
from assistant.search.laws import articles_of, named_parts
from assistant.search.question import cue
from assistant.search.slots import Scope, missing_slot
from assistant.search.years import years, years_in_tables
from assistant.text import compact

# Below this the best passage shares neither meaning nor words with the question.
FAR = 0.45
_READ = 3  # passages that may show an attribute
_DATED = 5  # passages that may tell of a year
_HARDLY = 0.3  # difference of scores at which two passages answer about equally well
_SENTENCE_END = re.compile(r"[。?？!！]")
NUMBER = "お尋ねの数や内訳"
PRESENT = "現在のこと"  # both as an attribute that the documents lack (assistant/search/glossary.tsv)
# Groups of assistant/search/acts.toml, in the order in which they are tried: who was wronged is no wrongdoer.
ACTS = ("instruction", "legal", "harm", "private", "compose", "elsewhere_in_life")
ASKED_OF_OFFICES = ("compose", "elsewhere_in_life")  # a leaflet, a cooking class: a division may help


def check_scope(turn: Turn) -> Turn:
    """Stop with the first reason that holds."""
    for check in CHECKS:
        turn = check(turn)
        if turn.reason is not None:
            return turn
    return turn


def _acts(turn: Turn) -> Turn:
    """What is no question for the documents, by what the person does with it."""
    folded = turn.understood.folded
    act = next((act for act in ACTS if cue(act).search(folded)), None)
    if act is None or (act in ASKED_OF_OFFICES and turn.understood.wants_division):
        return turn
    return turn.stop(REASONS[act], documents=len(turn.searcher.index.documents))


def _pointing(turn: Turn) -> Turn:
    """A question that begins with a word for something said before, with nothing before it, or nothing that it fits."""
    asked = turn.understood.folded.strip()
    pointing = cue("points_back").match(asked) and not _SENTENCE_END.search(asked[:-1])
    return turn.stop(Reason.UNCLEAR) if pointing and float(turn.scores.exact.max(initial=0)) < 1 else turn


def _article(turn: Turn) -> Turn:
    law = _ordinance(turn)
    if law is None or not turn.understood.articles:
        return turn
    missing = [ref for ref in turn.understood.articles if not articles_of(law, ref)]
    if len(missing) < len(turn.understood.articles):
        return _part(turn, law)
    last = max((int(a.number.split("の")[0]) for a in law.articles if not a.supplementary), default=0)
    return turn.stop(Reason.NO_SUCH_ARTICLE, title=law.title, article=missing[0].article, last=last)


def _part(turn: Turn, law: OrdinanceRecord) -> Turn:
    """A paragraph or item that the named article does not have."""
    for ref in turn.understood.articles:
        article = next(iter(articles_of(law, ref)), None)
        if article is None:
            continue
        items = max(len(p.items) for p in article.paragraphs)
        if ref.paragraph > len(article.paragraphs):
            part, last = ("paragraph", ref.paragraph), len(article.paragraphs)
        elif ref.item > items:
            part, last = ("item", ref.item), items
        else:
            continue
        kind, number = part
        has = turn.say("place", kind, n=last) if last else turn.say("place", "no_items")
        said = turn.say("place", kind, n=number).strip()
        return turn.stop(Reason.NO_SUCH_PART, title=law.title, article=ref.article, part=said, has=has.strip())
    return turn


def _ordinance(turn: Turn) -> OrdinanceRecord | None:
    """The ordinance that article numbers refer to; where several may be meant, a number alone is not enough to refuse."""
    laws = turn.searcher.laws.meant(turn.understood).laws
    return law_then(turn, laws[0]) if len(laws) == 1 else None


def _is_added_provision(turn: Turn) -> bool:
    """Does the question name, by its number, what an added ordinance has?"""
    laws = turn.searcher.laws
    meant = [law for law in laws.meant(turn.understood).laws if not laws.is_builtin(law)]
    return any(named_parts(law_then(turn, law), turn.understood) for law in meant)


def _year(turn: Turn) -> Turn:
    """Years of which no document speaks, or not where the answer would stand; what is so now, or came after the documents."""
    folded = turn.understood.folded
    if asks_for_a_version(turn) or _is_added_provision(turn):
        return turn
    named = years(folded)
    if named and (not named & turn.searcher.years or not named & _years_told(turn)):
        return turn.stop(Reason.OUTSIDE_YEARS)
    if named:
        return turn
    asks = turn.understood.last_asking
    changing = cue("now").search(asks) and cue("changes").search(asks) and not cue("last_time").search(asks)
    if not (changing or cue("afterwards").search(asks)):
        return turn
    sent = send_to_division(turn, PRESENT)
    return sent or (turn if turn.understood.wants_division else turn.stop(Reason.OUTSIDE_YEARS))


def _years_told(turn: Turn) -> set[int]:
    """The years that the first passages' records name, and those their documents report on."""
    first = turn.passages[:_DATED]
    texts = [text for p in first for text in (p.context, p.text, *turn.searcher.told_with(p.chunk_id))]
    reported = [turn.searcher.index.sources[p.source_id].fiscal_year for p in first]
    told = [years(compact(text)) | years_in_tables(text) for text in texts]
    return set().union(*told, *(years(year) for year in reported))


def _count(turn: Turn) -> Turn:
    """A number of projects of another year or city than the directory's, which counts one year of one city."""
    records = turn.searcher.index.records.directory
    if not records or not turn.understood.counts_projects:
        return turn
    if turn.understood.municipalities:
        return turn.stop(Reason.ELSEWHERE, documents=len(turn.searcher.index.documents))
    source = turn.searcher.index.sources[
        turn.searcher.index.chunks([records[0].chunk_id])[records[0].chunk_id].source_id
    ]
    named, counted = years(turn.understood.folded), years(source.fiscal_year)
    whole = cue("whole").search(turn.understood.folded)
    return turn.stop(Reason.OUTSIDE_YEARS) if whole and named and counted and not named & counted else turn


def _attribute(turn: Turn) -> Turn:
    slot = missing_slot(turn.understood.folded, lambda scope: _shown(turn, scope))
    if slot is None or _is_added_provision(turn) or (turn.understood.wants_division and slot.reason == "absent"):
        return turn  # whom to ask is the better answer to "where do I call?"
    if slot.reason == "private":
        return turn.stop(Reason.PRIVATE)
    return _absent(turn, slot.name)


def _number(turn: Turn) -> Turn:
    if _is_added_provision(turn) or turn.understood.wants_division or turn.understood.counts_projects:
        return turn
    near = [passage.chunk_id for passage in _near(turn)]
    return _absent(turn, NUMBER) if near and is_uncounted(turn, near) else turn


def _absent(turn: Turn, attribute: str) -> Turn:
    """No pattern finds it: the division would know; unless what reads word by word is sure that it is there."""
    turn = match(turn)
    if surely_answered(turn):
        return turn
    return send_to_division(turn, attribute) or turn.stop(Reason.ATTRIBUTE_ABSENT, attribute=attribute)


def _shown(turn: Turn, scope: Scope) -> list[str]:
    """The texts that may show an attribute; where an organization or a division is named, only passages that speak of it
    or, of a ward, hold in every ward; where the city itself is, none of another one."""
    if scope == "record":
        return [text for p in _near(turn) for text in turn.searcher.told_with(p.chunk_id)]
    named = turn.understood.organizations
    away = turn.searcher.cities if _at_home(turn) else ()
    near = [p for p in turn.passages[:_READ] if turn.searcher.index.sources[p.source_id].municipality not in away]
    spoken = [(f"{p.context}\n{p.text}", turn.searcher.holds_in(named, p.chunk_id)) for p in near]
    divisions = turn.searcher.divisions_in(turn.understood.folded)
    return [t for t, holds in spoken if (holds or _names_one(t, named)) and _names_one(t, divisions)]


def _names_one(text: str, names: Sequence[str]) -> bool:
    """Does `text` speak of one of `names`, if there are any?"""
    return not names or any(compact(name) in compact(text) for name in names)


def _at_home(turn: Turn) -> bool:
    """Does the question name the city that the documents are of, and no other?"""
    home = turn.searcher.home.removesuffix("市")
    return bool(home) and home in turn.understood.readable and not turn.understood.municipalities


def _near(turn: Turn) -> list[Passage]:
    """The first passage, and those that are hardly worse: the question may be about any of them; and an ordinance's that
    it names."""
    meant = turn.searcher.laws.meant(turn.understood)
    named = {law.source_id for law in meant.laws} if meant.named else set()
    least = turn.passages[0].score - _HARDLY if turn.passages else 0.0
    return [p for p in turn.passages[:_READ] if p.score >= least or p.source_id in named]


def _far(turn: Turn) -> Turn:
    if turn.understood.foreign and not turn.scores.lexical.any():
        return turn.stop(Reason.UNCLEAR)  # not one word that the glossary or the documents know
    if turn.passages and (turn.passages[0].score >= FAR or turn.understood.foreign):
        return turn  # a question in another language shares few words with the documents, only meaning
    return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))


CHECKS: tuple[Callable[[Turn], Turn], ...] = (
    _acts,
    _pointing,
    _article,
    foreign_name,
    _year,
    _count,
    _attribute,
    _number,
    check_examples,
    _far,
)
