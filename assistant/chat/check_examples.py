"""Is a question nearer to those that can be answered than to those that cannot? (docs/decisions/0005)"""

from __future__ import annotations

from assistant.chat.answer_record import record_statements
from assistant.chat.answer_version import asks_for_a_version
from assistant.chat.match import best_odds, match
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.search.counters import counted, shows_count
from assistant.search.question import cue
from assistant.search.scored import Scored
from assistant.search.unanswerable import kind_of
from assistant.search.years import years
from assistant.text import compact

# How much nearer a question must be to those that can be answered than to those that cannot, by the kind of the nearest
# of the latter. What is no question for the documents at all stays far from ordinary questions; an attribute they lack
# is asked like one they have. The trade-off stands in docs/decisions/0005 and in the report of the evaluation.
MARGINS = {"absent": -1.1, "later": -1.0, "elsewhere": -0.25, "legal": -0.2}
OUTRIGHT = -0.05  # every other kind
# A passage found as well as this answers whatever the examples say: of own cases, 10 of 11 ordinary questions that were
# refused lie above it, and 3 of 16 that were rightly.
FOUND_WELL = {"absent": 6.5}
WELL = 5.0  # every other kind
ANSWERS = 1.0  # log odds of a piece from which examples of what is absent or came later give way (docs/decisions/0010)
COUNT_FOUND = 3.5  # where the passage shows a number of what is counted
_LACKED = ("absent", "later")  # kinds of questions for the documents that they do not answer
_NAME = 3  # characters of a name that may be asked for by 「…とは」
REASONS = {
    "legal": Reason.LEGAL,
    "instruction": Reason.INSTRUCTION,
    "harm": Reason.HARM,
    "private": Reason.PRIVATE,
    "later": Reason.OUTSIDE_YEARS,
    "elsewhere": Reason.ELSEWHERE,
    "off_topic": Reason.OFF_TOPIC,
    "absent": Reason.NOT_IN_DOCUMENTS,
    "unclear": Reason.UNCLEAR,
    "compose": Reason.OFF_TOPIC,
    "elsewhere_in_life": Reason.OFF_TOPIC,
}


def check_examples(turn: Turn) -> Turn:
    """Nearer to questions that cannot be answered than to those that can; not where the question names what is there."""
    scored = turn.scores
    if float(scored.exact.max(initial=0)) >= 1 or surplus(scored) >= 0 or _names_what_is_there(turn):
        return turn
    kind = kind_of(scored.unanswerable[0][0])
    if turn.understood.wants_division and kind in _LACKED:
        return turn  # a division can be named whatever the documents lack
    if record_statements(turn):
        return turn  # a field of the project's record
    least = COUNT_FOUND if shows_the_count(turn) else FOUND_WELL.get(kind, WELL)
    well = bool(turn.passages) and turn.passages[0].score >= least
    if well or asks_for_a_version(turn) or (kind in _LACKED and best_odds(match(turn)) >= ANSWERS):
        return turn
    if (kind == "instruction" and _asks_alone_is_ordinary(turn)) or _is_ordinary_of_the_matter(turn, kind):
        return turn
    # A year or a city that the documents do have looks to the embedder like one that they have not.
    told = {"later": bool(years(turn.understood.folded)), "elsewhere": bool(turn.understood.municipalities)}
    return turn if told.get(kind) else turn.stop(_reason(turn, kind), documents=len(turn.searcher.index.documents))


def _reason(turn: Turn, kind: str) -> Reason:
    """By the kind of the nearest example; who asks for no time is not told of one."""
    of_time = kind != "later" or cue("of_time").search(turn.understood.folded)
    return REASONS[kind] if of_time else Reason.NOT_IN_DOCUMENTS


def _asks_alone_is_ordinary(turn: Turn) -> bool:
    """Do the sentences that ask make an ordinary question, without the story told around them, which commands nothing?"""
    question = turn.understood
    if question.foreign or compact(question.all_asking) == compact(question.folded):
        return False
    return surplus(turn.searcher.scored(question.all_asking)) >= 0


def _is_ordinary_of_the_matter(turn: Turn, kind: str) -> bool:
    """Does a follow-up make an ordinary question in one of its readings? A few words without their matter are near to
    anything (「駄目でも理由は聞けるわけですね」); whether a piece speaks to them is asked later."""
    others = [other.text for other in turn.others if other.text != turn.said] if kind not in _LACKED else []
    return any(surplus(turn.searcher.scored(text)) >= 0 for text in others)


def shows_the_count(turn: Turn) -> bool:
    """Does the first passage show a number of what the question counts (何回: 3回)?"""
    return bool(turn.passages) and shows_count(counted(turn.understood.folded), turn.passages[0].text)


def _names_what_is_there(turn: Turn) -> bool:
    """「…とは」 of a name that the documents have, and nothing else."""
    question = turn.understood.folded.strip()
    found = cue("define").search(question)
    name = compact(question[: found.start()]) if found else ""
    return len(name) >= _NAME and name in turn.searcher.everything


def surplus(scored: Scored) -> float:
    """How far a question lies above the limit of its kind; below 0 it is taken for one that cannot be answered."""
    if not scored.unanswerable:
        return float("inf")
    return scored.margin - MARGINS.get(kind_of(scored.unanswerable[0][0]), OUTRIGHT)
