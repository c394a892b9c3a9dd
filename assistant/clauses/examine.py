"""The checks of a brief and of a document, the facts before the meaning; findings come in the order of the text."""

from __future__ import annotations

from assistant.clauses.checks.amounts import check_amounts
from assistant.clauses.checks.citations import check_citations
from assistant.clauses.checks.costs import check_sums
from assistant.clauses.checks.evaluation import check_evaluation
from assistant.clauses.checks.exclusions import check_exclusions
from assistant.clauses.checks.fairness import check_fairness
from assistant.clauses.checks.form import check_form
from assistant.clauses.checks.gaps import check_attachments, check_blanks, check_deferred
from assistant.clauses.checks.instructions import check_instructions
from assistant.clauses.checks.learned import check_learned, is_possible
from assistant.clauses.checks.names import check_names
from assistant.clauses.checks.openness import check_openness
from assistant.clauses.checks.periods import check_dates
from assistant.clauses.checks.shares import check_ratios
from assistant.clauses.paper import Check, Paper, whole_sentences
from assistant.drafts import Finding

FACTS: tuple[Check, ...] = (  # figures, dates and names stand in whole sentences
    check_sums,
    check_ratios,
    check_amounts,
    check_dates,
    check_names,
    check_blanks,
    check_attachments,
    check_deferred,
    check_form,
)
MEANING: tuple[Check, ...] = (
    check_exclusions,
    check_citations,
    check_instructions,
    check_fairness,
    check_openness,
    check_evaluation,
)


def examine(paper: Paper) -> list[Finding]:
    """All findings, by their place; what is absent comes last."""
    whole = whole_sentences(paper)
    found = [finding for check in FACTS for finding in check(whole)]
    found += [finding for check in MEANING for finding in check(paper) if is_possible(paper, finding)]
    found += check_learned(paper, found)
    return sorted(found, key=lambda finding: (finding.start < 0, finding.start))
