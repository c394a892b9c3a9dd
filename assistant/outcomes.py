"""The closed set of outcomes: every answer has one status and one reason.

The sentence a person reads for a reason stands in messages.toml; a test checks that both lists agree.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    REDIRECT = "redirect"
    REFUSED = "refused"
    ERROR = "error"


class Reason(StrEnum):
    """Why an answer has its status. The value is what interfaces carry."""

    FOUND = "found"
    DIVISION_FOUND = "division_found"
    EMPTY_QUESTION = "empty_question"
    NO_WORDS = "no_words"
    PERSONAL_DATA = "personal_data"  # stopped: neither stored nor sent on
    TOO_LONG = "too_long"
    NOT_IN_DOCUMENTS = "not_in_documents"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_PART = "no_such_part"
    ATTRIBUTE_ABSENT = "attribute_absent"
    ASK_DIVISION = "ask_division"
    OUTSIDE_YEARS = "outside_years"
    ELSEWHERE = "elsewhere"
    LEGAL = "legal"
    PRIVATE = "private"
    OFF_TOPIC = "off_topic"
    HARM = "harm"
    INSTRUCTION = "instruction"
    UNCLEAR = "unclear"
    NO_DIVISION = "no_division"
    BAD_LINE = "bad_line"
    FAILED = "failed"


STATUS_OF: dict[Reason, Status] = {
    Reason.FOUND: Status.ANSWERED,
    Reason.DIVISION_FOUND: Status.ANSWERED,
    Reason.EMPTY_QUESTION: Status.CLARIFY,
    Reason.NO_WORDS: Status.CLARIFY,
    Reason.PERSONAL_DATA: Status.CLARIFY,
    Reason.TOO_LONG: Status.CLARIFY,
    Reason.NOT_IN_DOCUMENTS: Status.REFUSED,
    Reason.NO_SUCH_ARTICLE: Status.REFUSED,
    Reason.NO_SUCH_PART: Status.REFUSED,
    Reason.ATTRIBUTE_ABSENT: Status.REFUSED,
    Reason.ASK_DIVISION: Status.REDIRECT,
    Reason.OUTSIDE_YEARS: Status.REFUSED,
    Reason.ELSEWHERE: Status.REFUSED,
    Reason.LEGAL: Status.REFUSED,
    Reason.PRIVATE: Status.REFUSED,
    Reason.OFF_TOPIC: Status.REFUSED,
    Reason.HARM: Status.REFUSED,
    Reason.INSTRUCTION: Status.REFUSED,
    Reason.UNCLEAR: Status.CLARIFY,
    Reason.NO_DIVISION: Status.REDIRECT,
    Reason.BAD_LINE: Status.ERROR,
    Reason.FAILED: Status.ERROR,
}


class ModelOutcome(StrEnum):
    """What became of a question that a language model was asked to answer; its sentence stands in [model]."""

    WRITTEN = "written"
    SILENT = "silent"  # no claim at all
    UNPROVEN = "unproven"  # no claim that its quote proves
    NONSENSE = "nonsense"  # not the JSON that was asked for
    SLOW = "slow"
    BUSY = "busy"
    DOWN = "down"
    REFUSED = "refused"  # wrong key, wrong name, request not accepted
    MISSING = "missing"  # the package is not installed, or the setting names no model
