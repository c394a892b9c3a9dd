"""The written questions: what they tell of another one, and only of chunks that there are."""

from __future__ import annotations

import pytest

from assistant.embeddings import E5, States
from assistant.index import Index
from assistant.match.examples import read_examples
from assistant.match.known import KnownQuestions, known_questions
from assistant.match.matcher import LONGEST_QUESTION

ANSWERED = "磯子事業会に入っている会社の数を教えてください"
NOT_ANSWERED = "磯子事業会に入るときに払う会費の額を教えてください"


@pytest.fixture(scope="module")
def known(index: Index) -> KnownQuestions:
    found = known_questions(index.row_of)
    assert found is not None
    return found


def _states(embedder: E5, text: str) -> States:
    states = embedder.states(text, is_question=True)
    assert states is not None
    return states


def test_a_question_that_is_answered_is_nearer_to_such(embedder: E5, known: KnownQuestions) -> None:
    yes, no = known.votes([_states(embedder, ANSWERED), _states(embedder, NOT_ANSWERED)])
    assert yes > 0 > no


def test_of_a_long_question_its_beginning_votes(embedder: E5, known: KnownQuestions) -> None:
    states = _states(embedder, ANSWERED * 40)
    assert len(states) > LONGEST_QUESTION
    whole, beginning = known.votes([states, states[:LONGEST_QUESTION]])
    assert whole == pytest.approx(beginning)


def test_questions_were_written_for_the_chunks_that_there_are(index: Index, known: KnownQuestions) -> None:
    assert known.chunks <= index.row_of.keys()
    assert len(known.chunks) > 0.9 * len(index.row_of)


def test_nearly_all_written_questions_are_among_them(index: Index, known: KnownQuestions) -> None:
    written = sum(bool(example.chunk) for example in read_examples(index))
    assert 0.95 * written < len(known) <= written


@pytest.mark.parametrize("chunks", [[], ["somebody-elses-1"]])
def test_other_chunks_have_none(chunks: list[str]) -> None:
    assert known_questions(chunks) is None


def test_only_the_questions_of_the_chunks_that_there_are_vote(embedder: E5, known: KnownQuestions) -> None:
    of_one = known_questions(sorted(known.chunks)[:1])
    assert of_one is not None
    assert len(of_one.chunks) == 1
    asked = [_states(embedder, ANSWERED)]
    assert of_one.votes(asked) != known.votes(asked)
