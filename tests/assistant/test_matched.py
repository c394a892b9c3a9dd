"""What the log odds of pieces decide: whether anything is quoted, and which piece a follow-up quotes. The odds are set by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.chat import check_scope as scope
from assistant.chat import check_spoken_to as checked
from assistant.chat.answer_division import answer_division, send_to_division
from assistant.chat.beside_division import beside_division
from assistant.chat.check_examples import shows_the_count
from assistant.chat.check_scope import check_scope
from assistant.chat.match import best_odds, match
from assistant.chat.other_readings import OtherReading
from assistant.chat.rank import rank_pieces
from assistant.chat.retrieve import retrieve, understand
from assistant.chat.route import route
from assistant.chat.select import select_stretches
from assistant.chat.turn import Turn
from assistant.match.marks import KeptMarks
from assistant.match.matcher import Matcher
from assistant.outcomes import Reason
from assistant.search.searcher import Searcher
from assistant.text import compact

WEAK = "集まりの受付は何人で回していますか"  # near to nothing that the documents tell
ARTICLE = "協働契約には何を定めなければなりませんか"
LEARNT = "公園愛護会の相談先はどこで、どんな団体がメンバーになっていますか"
WISH = "近所の公園の草むしりを手伝いたいです。"
COUNTED = "磯子事業会の会員は何社ですか"


def _found(searcher: Searcher, asked: str, said: str = "") -> Turn:
    others = (OtherReading(said, 0.5),) if said else ()
    return retrieve(understand(Turn(asked, searcher, said=said, others=others)))


def _with_odds(turn: Turn, odds: float) -> Turn:
    return replace(turn, matched={one.piece.id: odds for one in rank_pieces(turn)})


@pytest.mark.parametrize(("odds", "stops"), [(-30.0, True), (30.0, False)])
def test_where_no_piece_speaks_to_the_question_nothing_is_quoted(searcher: Searcher, odds: float, stops: bool) -> None:
    turn = checked.check_spoken_to(_with_odds(_found(searcher, WEAK, said="受付は？"), odds))
    assert (turn.reason is Reason.NOT_IN_DOCUMENTS) is stops


@pytest.mark.parametrize(("odds", "stops"), [(-30.0, True), (30.0, False)])
def test_a_first_question_that_no_piece_speaks_to_is_not_answered(searcher: Searcher, odds: float, stops: bool) -> None:
    turn = checked.check_spoken_to(_with_odds(_found(searcher, WEAK), odds))
    assert (turn.reason is Reason.NOT_IN_DOCUMENTS) is stops


def test_a_passage_with_nearly_all_words_of_the_question_answers_whatever_the_odds(searcher: Searcher) -> None:
    turn = _found(searcher, WEAK)
    first, *others = turn.passages
    well = replace(turn, passages=(first.model_copy(update={"score": 9.0}), *others))
    assert checked.check_spoken_to(_with_odds(well, -30.0)).reason is None


@pytest.mark.parametrize(("voted", "stops"), [(-30.0, True), (30.0, False)])
@pytest.mark.parametrize("said", ["", "受付は？"])
def test_the_written_questions_tell_as_well(searcher: Searcher, said: str, voted: float, stops: bool) -> None:
    turn = replace(_with_odds(_found(searcher, WEAK, said=said), 0.0), voted=voted)
    assert (checked.check_spoken_to(turn).reason is Reason.NOT_IN_DOCUMENTS) is stops


@pytest.mark.parametrize(("score", "reason"), [(4.0, Reason.ASK_DIVISION), (3.0, Reason.NOT_IN_DOCUMENTS)])
def test_of_a_project_that_was_found_the_division_is_named(searcher: Searcher, score: float, reason: Reason) -> None:
    turn = route(_with_odds(_found(searcher, "公園愛護会の会員の平均年齢は"), -30.0))
    first, *others = turn.passages
    turn = replace(turn, passages=(first.model_copy(update={"score": score}), *others))
    stopped = checked.check_spoken_to(turn)
    assert stopped.reason is reason
    assert ("公園緑地維持課" in stopped.text) is (reason is Reason.ASK_DIVISION)


@pytest.mark.parametrize("said", ["", "何を定める？"])
@pytest.mark.parametrize(
    ("asked", "voted", "stops"),
    [
        (ARTICLE, None, False),
        (ARTICLE, -30.0, True),
        (ARTICLE, 30.0, False),
        ("第12条では協働契約に何を定めますか", -30.0, False),
    ],
)
def test_an_article_answers_but_where_the_vote_speaks_against_it(
    searcher: Searcher, said: str, asked: str, voted: float | None, stops: bool
) -> None:
    turn = replace(_with_odds(_found(searcher, asked, said=said), 0.0), voted=voted)
    assert (checked.check_spoken_to(turn).reason is Reason.NOT_IN_DOCUMENTS) is stops


def test_of_an_article_less_is_asked(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = replace(_with_odds(_found(searcher, ARTICLE), -2.0), voted=0.0)
    monkeypatch.setattr(checked, "surplus", lambda scores: 0.0)
    assert checked.check_spoken_to(turn).reason is None
    monkeypatch.setattr(checked, "_is_rule", lambda turn: False)
    assert checked.check_spoken_to(turn).reason is Reason.NOT_IN_DOCUMENTS


@pytest.mark.parametrize(("voted", "stops"), [(None, False), (-1.0, False), (-2.0, True)])
def test_a_number_that_is_shown_is_held_back_only_by_the_vote(
    searcher: Searcher, voted: float | None, stops: bool
) -> None:
    turn = replace(_with_odds(_found(searcher, COUNTED), -1.5), voted=voted)
    assert shows_the_count(turn)
    assert (checked.check_spoken_to(turn).reason is Reason.NOT_IN_DOCUMENTS) is stops


@pytest.mark.parametrize(
    ("odds", "voted", "sure"), [(2.0, 2.0, True), (0.0, 2.0, False), (2.0, 0.0, False), (9.0, None, False)]
)
def test_an_attribute_that_no_pattern_finds_is_there_where_both_are_sure(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, odds: float, voted: float | None, sure: bool
) -> None:
    turn = _found(searcher, "みなみ市民活動・多文化共生ラウンジの定員は何人ですか")
    assert check_scope(turn).reason is not None
    monkeypatch.setattr(scope, "match", lambda turn: replace(_with_odds(turn, odds), voted=voted))
    assert (check_scope(turn).reason is None) is sure


@pytest.mark.parametrize(("score", "named"), [(1.8, True), (1.6, False)])
def test_who_holds_a_project_that_was_hardly_found_is_not_named(searcher: Searcher, score: float, named: bool) -> None:
    turn = route(_found(searcher, "公園愛護会の会員の平均年齢は"))
    first, *others = turn.passages
    turn = replace(turn, passages=(first.model_copy(update={"score": score}), *others))
    assert (send_to_division(turn, "年齢") is not None) is named


def test_a_turn_that_was_stopped_stays_so(searcher: Searcher) -> None:
    stopped = _found(searcher, WEAK).stop(Reason.LEGAL)
    assert checked.check_spoken_to(stopped) is stopped


def test_where_a_passage_has_no_written_questions_nothing_is_voted(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = _found(searcher, COUNTED)
    assert match(turn).voted is not None
    known = searcher.known
    assert known is not None
    monkeypatch.setattr(known, "chunks", known.chunks - {turn.passages[-1].chunk_id})
    assert match(turn).voted is None
    monkeypatch.setitem(searcher.__dict__, "known", None)
    assert match(turn).voted is None


def test_without_marks_nothing_is_matched_and_nothing_stopped(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = _found(searcher, WEAK, said="受付は？")
    monkeypatch.setattr(KeptMarks, "of", lambda kept, piece: None)
    assert match(turn).matched == {}
    assert best_odds(match(turn)) == float("-inf")
    assert checked.check_spoken_to(turn).reason is None


def test_every_reading_counts(searcher: Searcher) -> None:
    alone = match(_found(searcher, "磯子事業会の会員数は？")).matched
    other = match(_found(searcher, "磯子事業会の会員数は？", said="会長の名前は？")).matched
    shared = alone.keys() & other.keys()
    assert shared
    assert any(alone[piece] != other[piece] for piece in shared)


def test_of_a_follow_up_more_pieces_are_read_than_of_a_first_question(searcher: Searcher) -> None:
    first, later = (_found(searcher, "磯子事業会の会員数は？", said=said) for said in ("", "会長の名前は？"))
    assert len(rank_pieces(later)) > len(match(first).matched)
    assert len(match(later).matched) > len(match(first).matched)


def test_the_best_reading_counts_more_than_the_others(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    each = iter([2.0, -3.0])
    monkeypatch.setattr(Matcher, "scores", lambda matcher, states, pieces: np.full(len(pieces), next(each), np.float32))
    told = match(_found(searcher, "磯子事業会の会員数は？", said="会長の名前は？")).matched
    assert -0.5 < next(iter(told.values())) < 2.0


def test_a_follow_up_quotes_the_piece_that_speaks_to_it(searcher: Searcher) -> None:
    turn = _found(searcher, "みなみ市民活動・多文化共生ラウンジの事業費は？", said="事業費は？")
    quoted = {piece.id for stretch in select_stretches(turn) for piece in stretch}
    last = next(one.piece for one in reversed(rank_pieces(turn)) if one.piece.id not in quoted)
    told = replace(turn, matched={**dict.fromkeys(quoted, -9.0), last.id: 90.0})
    assert last.id in {piece.id for stretch in select_stretches(told) for piece in stretch}


@pytest.mark.parametrize(("odds", "quoted"), [(0.5, True), (-0.5, False)])
def test_a_follow_up_quotes_another_piece_that_is_likely(searcher: Searcher, odds: float, quoted: bool) -> None:
    turn = _found(searcher, "みなみ市民活動・多文化共生ラウンジの事業費は？", said="事業費は？")
    told = {piece.id for stretch in select_stretches(turn) for piece in stretch}
    best, other = [one.piece.id for one in reversed(rank_pieces(turn)) if one.piece.id not in told][:2]
    turn = replace(turn, matched={**dict.fromkeys(told, -9.0), best: 90.0, other: odds})
    assert (other in {piece.id for stretch in select_stretches(turn) for piece in stretch}) is quoted


@pytest.mark.parametrize(("odds", "quoted"), [(2.5, True), (1.5, False)])
def test_a_first_question_quotes_a_piece_that_surely_speaks_to_it(
    searcher: Searcher, odds: float, quoted: bool
) -> None:
    turn = _found(searcher, COUNTED)
    told = {piece.id for stretch in select_stretches(turn) for piece in stretch}
    last = next(one.piece for one in reversed(rank_pieces(turn)) if one.piece.id not in told)
    turn = replace(turn, matched={**dict.fromkeys(told, -9.0), last.id: odds})
    assert (last.id in {piece.id for stretch in select_stretches(turn) for piece in stretch}) is quoted


def test_little_is_quoted_beside_a_piece_that_surely_answers(searcher: Searcher) -> None:
    turn = _found(searcher, "図書館ではボランティアが何をしていますか")
    first = select_stretches(turn)[0][0]
    sure = select_stretches(replace(turn, matched={first.id: 5.0}))
    long, short = (sum(len(p.said) for s in some for p in s) for some in (select_stretches(turn), sure))
    assert sure[0][0].id == first.id
    assert short < long


@pytest.mark.parametrize(
    ("asked", "voted", "reason"),
    [
        (LEARNT, -9.0, Reason.ASK_DIVISION),
        (LEARNT, 0.0, Reason.DIVISION_FOUND),
        (LEARNT, None, Reason.DIVISION_FOUND),
        (WISH, -9.0, Reason.DIVISION_FOUND),
    ],
)
def test_a_division_is_told_to_know_what_no_piece_and_no_written_question_tells(
    searcher: Searcher, asked: str, voted: float | None, reason: Reason
) -> None:
    told = answer_division(replace(_with_odds(route(_found(searcher, asked)), 0.0), voted=voted))
    assert told.reason is reason
    assert "公園緑地維持課" in told.text


@pytest.mark.parametrize(("odds", "quoted"), [(1.0, True), (0.0, False)])
def test_beside_a_division_stands_the_piece_that_speaks_to_the_question(
    searcher: Searcher, odds: float, quoted: bool
) -> None:
    turn = _with_odds(route(_found(searcher, LEARNT)), -9.0)
    told = answer_division(turn)
    best = next(
        one.piece
        for one in rank_pieces(turn)
        if "公園緑地維持課" not in one.piece.quote
        and compact(one.piece.quote) not in compact(told.text)
        and len(one.piece.said) < 150
    )
    full = beside_division(replace(told, matched={**turn.matched, best.id: odds}))
    assert (compact(best.quote) in compact(full.text)) is quoted
    assert any(best.quote in c.quote for c in full.citations) is quoted
    assert full.text.startswith(told.text)
