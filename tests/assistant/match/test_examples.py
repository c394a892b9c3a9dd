"""What the matcher learns from stands in the documents, and is nothing that it is measured with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.index import Index
from assistant.match.examples import read_examples, read_pairs
from assistant.text import compact, fold

ROOT = Path(__file__).parents[3]
_SHORT = 8  # characters of a turn that anybody might say (「それはいつですか」)


def test_the_words_that_answer_stand_in_their_chunk(index: Index) -> None:
    pairs = read_pairs()
    chunks = index.chunks(list({pair.chunk_id for pair in pairs}))
    assert {pair.chunk_id for pair in pairs} == set(chunks)
    wrong = [pair for pair in pairs if compact(pair.support) not in compact(chunks[pair.chunk_id].text)]
    assert wrong == []


def test_most_pairs_name_a_piece(index: Index) -> None:
    pairs = read_pairs()
    answered = sum(bool(pair.support) for pair in pairs)
    named = sum(bool(example.right) for example in read_examples(index) if example.weight > 1)
    assert named > 0.9 * answered


def test_no_question_of_the_evaluation_is_learned_from() -> None:
    measured = {compact(fold(question)).rstrip("。?？") for question in _evaluated()}
    learned = {compact(fold(pair.question)).rstrip("。?？") for pair in read_pairs()}
    assert {question for question in learned & measured if len(question) > _SHORT} == set()


def _evaluated() -> Iterator[str]:
    for path in (ROOT / "eval").glob("cases*/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            yield case.get("question", "")
            for turn in case.get("turns", []):
                yield from (turn["user"], turn.get("standalone", ""))
