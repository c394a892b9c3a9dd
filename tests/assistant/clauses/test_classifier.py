"""The classifier's weights belong to its examples, and it tells clauses apart that it has not seen."""

from __future__ import annotations

import pytest

from assistant.clauses.classifier import ALL_LABELS, classify, fingerprint, read_examples, weights


def test_the_weights_are_those_of_the_examples() -> None:
    assert weights().fingerprint == fingerprint(), "run `make clauses`"


def test_every_example_has_known_labels_and_stands_once() -> None:
    examples = read_examples()
    extra = {
        "none",
        "other",
        "clause",
        "personal_data",
        "copyright",
        "consultation",
        "subcontract",
        "fair",
        "reporting",
    }
    assert {label for e in examples for label in e.labels} <= {*ALL_LABELS, *extra}
    assert len({e.text for e in examples}) == len(examples)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("畑の水やりを覚えた子が、野菜を好きになってくれることを願っています", "purpose"),
        ("毎月第4日曜の朝、駅前から順に三つの公園を掃除して回ります", "method"),
        ("区は掲示板への掲出、うちは当日の受付と片付けを担当します", "roles"),
        ("材料費12万円は市が、会場代3万円は当会が負担します", "cost"),
        ("子どもが転んでけがをしたときは当会が、施設の不備による事故は区が責任を負います", "liability"),
    ],
)
def test_clauses_it_has_not_seen(text: str, label: str) -> None:
    assert text not in {e.text for e in read_examples()}
    scores = classify([text])[0]
    assert scores[label] > 0
