"""The lexical index as it is opened: mapped files that processes share, the same scores as when it was built."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index import Index
from assistant.lexical import Lexical, build_lexical
from assistant.tokens import pairs, words
from assistant.vocabulary import Vocabulary
from ingest.run import Run

QUESTIONS = ("協働契約には何を定めますか", "青葉区の花壇の水やり", "ｶﾞｰﾃﾞﾝ 𠮷①", "xyz", "", "補助金の上限は100万円ですか")


def _mapped(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bool:
    return isinstance(array, np.memmap) or isinstance(array.base, np.memmap)


def test_arrays_and_vocabularies_are_mapped_and_no_dictionary_is_left(index: Index) -> None:
    for lexical in (index.lexical, index.examples):
        for field, engine in lexical.engines.items():
            assert all(_mapped(engine.scores[name]) for name in ("data", "indices", "indptr"))
            assert _mapped(lexical.vocabularies[field].tokens) and _mapped(lexical.vocabularies[field].numbers)
            assert not getattr(engine, "vocab_dict", None)


def test_what_was_saved_scores_as_what_was_built(built: Run, tmp_path: Path) -> None:
    chunks = [c for c in built.chunks if c.searchable][::7]
    fresh = build_lexical(chunks, built.questions)
    fresh.save(tmp_path)
    again = Lexical.load(tmp_path)
    assert again.ids == fresh.ids
    scored = 0
    for question in QUESTIONS:
        for field in fresh.engines:
            tokens = words(question) if field.endswith("words") else pairs(question)
            ours, theirs = fresh.scores(field, tokens), again.scores(field, tokens)
            assert np.array_equal(ours, theirs)
            scored += int(ours.max(initial=0) > 0)
    assert scored >= 10, "the questions find something"


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.text(min_size=1, max_size=12).filter(lambda t: "\0" not in t), st.integers(0, 10**6)))
def test_a_vocabulary_knows_each_token_by_its_number_and_no_other(numbers: dict[str, int]) -> None:
    vocabulary = Vocabulary.of(numbers)
    tokens = [*numbers, *(f"{token}ん" for token in numbers), "長い" * 30]
    encodable = {token.encode("utf-8", "replace"): number for token, number in numbers.items()}
    if len(encodable) == len(numbers):  # lone surrogates would become one
        assert vocabulary.of_all(tokens) == [numbers.get(token) for token in tokens]
    assert vocabulary.of_all([]) == []


@pytest.mark.parametrize("name", ["tokens.npy", "numbers.npy"])
def test_a_vocabulary_that_is_cut_or_missing_is_refused(tmp_path: Path, name: str) -> None:
    vocabulary = Vocabulary.of({"花壇": 3, "水": 1})
    vocabulary.save(tmp_path)
    assert Vocabulary.load(tmp_path).of_all(["水", "花壇", "火"]) == [1, 3, None]
    assert "水" in vocabulary and "火" not in vocabulary
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-4])
    with pytest.raises(ValueError):
        Vocabulary.load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(OSError):
        Vocabulary.load(tmp_path)
