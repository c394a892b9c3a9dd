"""Facts: an answered text with every required fact and nothing forbidden."""

from __future__ import annotations

from assistant.answers import Answer
from assistant.outcomes import Status
from assistant.text import compact
from eval.case_files import Fact
from eval.metrics.matching import includes_all


def right(answer: Answer, case: Fact) -> bool:
    forbidden = any(compact(text) in compact(answer.text) for text in case.must_not_include)
    return answer.status is Status.ANSWERED and includes_all(answer.text, case.must_include) and not forbidden
