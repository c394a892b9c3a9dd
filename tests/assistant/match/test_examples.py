"""What the matcher learns from stands in the documents, and is nothing that it is measured with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.index import Index
from assistant.match.examples import Pair, read_conversations, read_examples, read_pairs
from assistant.text import compact, fold

ROOT = Path(__file__).parents[3]
_SHORT = 8  # characters of a turn that anybody might say (「それはいつですか」)


def test_the_words_that_answer_stand_in_their_chunk_or_its_headings(index: Index) -> None:
    pairs = _all_pairs()
    chunks = index.chunks(list({pair.chunk_id for pair in pairs}))
    assert {pair.chunk_id for pair in pairs} == set(chunks)
    told = {identity: (compact(chunk.text), compact(chunk.context)) for identity, chunk in chunks.items()}
    wrong = [pair for pair in pairs if not any(compact(pair.support) in text for text in told[pair.chunk_id])]
    assert wrong == []


def test_most_pairs_name_a_piece(index: Index) -> None:
    answered = sum(bool(pair.support) for pair in _all_pairs())
    named = sum(bool(example.right) for example in read_examples(index) if example.weight > 1)
    assert named > 0.9 * answered


def test_no_question_of_the_evaluation_is_learned_from() -> None:
    measured = {compact(fold(question)).rstrip("。?？") for question in _evaluated()}
    said = (turn.said for turns in read_conversations() for turn in turns)
    learned = {
        compact(fold(question)).rstrip("。?？") for question in (*(pair.question for pair in _all_pairs()), *said)
    }
    assert {question for question in learned & measured if len(question) > _SHORT} == set()


def test_a_turn_is_learned_as_a_question_of_its_own(index: Index) -> None:
    conversations = read_conversations()
    assert min(len(turns) for turns in conversations) >= 2
    number, turns = next((n, t) for n, t in enumerate(conversations) if not t[1].alone.support)
    learned = {(example.question, example.chunk, example.talk) for example in read_examples(index)}
    assert (turns[1].alone.question, turns[1].alone.chunk_id, number) in learned


def _all_pairs() -> list[Pair]:
    return [*read_pairs(), *(turn.alone for turns in read_conversations() for turn in turns)]


def _evaluated() -> Iterator[str]:
    for path in (ROOT / "eval").glob("cases*/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            yield case.get("question", "")
            for turn in case.get("turns", []):
                yield from (turn["user"], turn.get("standalone", ""))
