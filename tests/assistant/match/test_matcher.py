"""The matcher: which of several pieces holds what is asked, and what it keeps of them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.embeddings import E5
from assistant.match.matcher import LONGEST, Marks, open_matcher

HEADING = "磯子事業会と磯子区の包括連携協定\n"
PIECES = (
    "会員数：87 社",
    "代表者は会長の長谷川氏です。",
    "協定の締結日は令和3年10月です。",
    "地域の清掃活動に参加します。",
)


@pytest.fixture(scope="module")
def marks(embedder: E5) -> list[Marks]:
    return [_marks(embedder, HEADING + piece) for piece in PIECES]


def _marks(embedder: E5, text: str) -> Marks:
    states = embedder.states(text, is_question=False)
    assert states is not None
    return open_matcher().marks(states)


def _scores(embedder: E5, question: str, marks: list[Marks]) -> list[float]:
    states = embedder.states(question, is_question=True)
    assert states is not None
    return [float(score) for score in open_matcher().scores(states, marks)]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("会員は何社ありますか", 0),
        ("この会の代表はだれですか", 1),
        ("協定はいつ結ばれましたか", 2),
        ("まちの掃除もしていますか", 3),
    ],
)
def test_the_piece_that_holds_what_is_asked_scores_best(
    embedder: E5, marks: list[Marks], question: str, best: int
) -> None:
    scores = _scores(embedder, question, marks)
    assert scores.index(max(scores)) == best


def test_a_question_that_no_piece_answers_scores_lower_than_one_that_a_piece_answers(
    embedder: E5, marks: list[Marks]
) -> None:
    told = max(_scores(embedder, "磯子事業会の会員は何社ありますか", marks))
    untold = max(_scores(embedder, "磯子事業会の年会費はいくらですか", marks))
    assert told > untold + 1


def test_a_piece_scores_the_same_alone_and_beside_others(embedder: E5, marks: list[Marks]) -> None:
    together = _scores(embedder, "会員は何社ありますか", marks)
    alone = [_scores(embedder, "会員は何社ありますか", [one])[0] for one in marks]
    assert together == pytest.approx(alone, abs=1e-3)


def test_no_piece_no_score(embedder: E5) -> None:
    assert _scores(embedder, "会員は何社ありますか", []) == []


def test_marks_are_bytes_of_a_bounded_number_of_tokens(embedder: E5) -> None:
    kept = _marks(embedder, "協働契約を締結するものとする。" * 60)
    assert kept.dtype == np.int8
    assert kept.shape == (LONGEST, open_matcher().size)
    assert int(np.abs(kept.astype(int)).max()) <= 15
