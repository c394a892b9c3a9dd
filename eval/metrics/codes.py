"""Codes: problems of a brief and findings of a review, demanded, overlooked, or a false alarm."""

from __future__ import annotations

from assistant.drafts import Code, Draft, Review
from eval.case_files import DraftCase, ReviewCase
from eval.metrics.verdict import Verdict, verdict

# A false alarm wherever a case does not list it: it would accuse people of what they did not write.
ALWAYS = frozenset(
    {
        Code.S5_1,
        Code.S5_2,
        Code.S5_3,
        Code.S5_4,
        Code.COST_RATIO,
        Code.INVENT_REQUEST,
        Code.EMBEDDED_INSTRUCTION,
        Code.WRONG_ARTICLE,
        Code.DATE_ORDER,
    }
)
# Advice on what a contract does not say; a proposal need not say it.
OF_CONTRACTS = frozenset({Code.S8_3_NO_DISCLOSURE, Code.S13_NO_SECRET, Code.S15_NO_EVALUATION})


def of_draft(draft: Draft, case: DraftCase) -> Verdict:
    alarms = (ALWAYS | case.must_not_flag_codes) - set(case.may_flag_problem)
    return verdict([problem.code for problem in draft.problems], case.problem_codes, alarms)


def of_review(review: Review, case: ReviewCase) -> Verdict:
    alarms = ALWAYS | set(case.must_not_find_codes) | (OF_CONTRACTS if case.document == "proposal" else frozenset())
    return verdict([f.code for f in review.findings], case.finding_codes, alarms - set(case.may_find_codes))
