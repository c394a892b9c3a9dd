"""A run over a few cases, its record, the gate, the limits, and what a repetition compares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answers import Answer
from assistant.errors import BadInputFile, WrongUse
from assistant.outcomes import Status
from assistant.service import Service
from assistant.settings import Settings
from eval.case_files import KINDS, Fact, all_folders, chosen, default_folder, load, load_all
from eval.configuration import differences, shown_settings
from eval.gate import broken
from eval.measures import Limits, baseline, goals, measures
from eval.results import Trace, breakdown, figures, read, save
from eval.run import count, run
from eval.tables import beside_table, miss_lines
from tests.eval.cases import Clerk, answer, configuration, graded, report


class Parrot:
    """A peer that says one thing."""

    def ask(self, question: str) -> Answer:
        return answer("分かりません", Status.REFUSED)

    def talk(self, questions: Sequence[str]) -> list[Answer]:
        return [self.ask(question) for question in questions]


def few(folder: Path, lines: int = 2) -> Path:
    """The first lines of every file of the known cases."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        text = (default_folder() / f"{name}.jsonl").read_text("utf-8")
        (folder / f"{name}.jsonl").write_text("\n".join(text.splitlines()[:lines]), "utf-8")
    return folder


def test_a_run_over_a_few_cases(service: Service, tmp_path: Path) -> None:
    one, two = few(tmp_path / "one"), few(tmp_path / "two", 1)
    seen: list[int] = []
    made = run(service, [one, two], peers={"parrot": Parrot()}, writer=Clerk(), margins=True, advance=seen.append)
    assert made.cases == 18
    assert sum(seen) <= count([one, two], 2)
    assert set(made.figures) == set(measures())
    assert made.folders["one"]["facts_right"].n == 2 and made.folders["two"]["facts_right"].n == 1
    assert made.figures["draft_right"].n == made.figures["review_right"].n == 3
    assert made.figures["ms_p50"].n == 9 and made.figures["ms_p50"].value > 0
    assert {g.id.split("/")[0] for g in made.ours if g.file == "dialogs"} == {"D03", "D10"}
    asked = [g for g in made.ours if g.file in ("facts", "routing")]
    assert all("margin" in g.scores for g in asked)
    assert read(save(made, tmp_path / "reports")) == made


def test_peers_are_graded_by_the_same_rules_in_the_same_run(service: Service, tmp_path: Path) -> None:
    made = run(service, [few(tmp_path / "cases")], peers={"parrot": Parrot()})
    parrot = made.peers["parrot"]
    assert parrot["facts_right"].value == 0 and parrot["facts_supported"].value == 0
    assert parrot["refusal_handled"].value == 1  # it refuses everything
    assert "routing_at_1" not in parrot and "facts_cited" not in parrot
    assert all(g.system == "kyodo" for g in made.misses)


def test_a_miss_keeps_its_trace_and_a_hit_does_not(service: Service, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(
        '{"id": "hit", "question": "協働契約とは何ですか", "must_include": [], "support": []}\n'
        '{"id": "miss", "question": "協働契約とは何ですか", "must_include": [["存在しない語"]], "support": [], "reason": "なぜ"}\n',
        "utf-8",
    )
    hit, miss = run(service, [tmp_path]).graded
    assert hit.trace is None and hit.missed == ()
    assert miss.missed == ("facts_right",) and miss.reason == "なぜ"
    assert miss.trace is not None
    assert miss.trace.status == "answered" and len(miss.trace.passages) == 3
    assert "retrieve" in miss.trace.timings_ms and miss.trace.text


def test_a_missed_turn_keeps_what_was_said_before(service: Service, tmp_path: Path) -> None:
    (tmp_path / "dialogs.jsonl").write_text(
        '{"id": "d", "turns": [{"user": "協働契約とは", "expected": "answer"},'
        ' {"user": "では補助型とは", "expected": "answer", "must_include": [["存在しない語"]]}]}',
        "utf-8",
    )
    first, second, whole = run(service, [tmp_path]).graded
    assert (first.scores["dialog_turns"], second.scores["dialog_turns"]) == (1, 0)
    assert whole.scores == {"dialog_conversations": 0}
    assert second.trace is not None and second.trace.before == ("協働契約とは",)


def test_figures_count_what_has_the_score() -> None:
    cases = [graded("a", facts_right=1, length=10), graded("b", facts_right=0, length=30), graded("c", "refuse", ms=5)]
    found = figures(cases)
    assert (found["facts_right"].value, found["facts_right"].n) == (0.5, 2)
    assert found["facts_right"].low == pytest.approx(0.0945, abs=1e-4)
    assert found["length_p50"].value == 30 and found["ms_p50"].n == 1
    assert "routing_at_1" not in found


def test_breakdown_by_a_field_of_the_cases() -> None:
    cases = [
        graded(name, facts_right=right).model_copy(update={"groups": {"kind": kind}})
        for name, kind, right in (("a", "fund", 1), ("b", "list", 0), ("c", "list", 1))
    ]
    found = breakdown([*cases, graded("d", facts_right=1)], "kind")
    assert list(found) == ["list", "fund"]
    assert found["list"]["facts_right"].value == 0.5


def test_the_gate_names_what_does_not_hold() -> None:
    limits = Limits({"facts_right": 0.5}, {"refusal_leaks": 0.0})
    good = report([graded("a", facts_right=1), graded("b", "refuse", refusal_leaks=0)])
    assert broken(good, limits) == []
    bad = report([graded("a", facts_right=0), graded("b", "refuse", refusal_leaks=1)])
    assert broken(bad, limits) == ["facts_right: 0 < 0.5", "refusal_leaks: 1 > 0"]


def test_the_gate_holds_on_the_known_cases(service: Service) -> None:
    made = run(service, [default_folder()])
    assert broken(made) == []
    assert set(baseline().at_least) | set(baseline().at_most) <= set(made.figures)


@pytest.mark.parametrize("limits", [goals(), baseline()], ids=["goals", "baseline"])
def test_every_limit_is_of_a_measure_and_in_its_direction(limits: Limits) -> None:
    assert {measures()[name].better for name in limits.at_least} == {"high"}
    assert {measures()[name].better for name in limits.at_most} == {"low"}


def test_a_limit_is_met_at_its_value_and_unset_where_there_is_none() -> None:
    wanted = Limits({"facts_right": 0.9}, {"ms_p50": 60.0})
    assert wanted.met("facts_right", 0.9) is True and wanted.met("facts_right", 0.89) is False
    assert wanted.met("ms_p50", 60) is True and wanted.met("ms_p50", 61) is False and wanted.met("mrr", 1) is None


def test_values_are_shown_with_their_unit() -> None:
    shown = [
        measures()[m].show(v) for m, v in (("facts_right", 0.931), ("mrr", 0.5), ("length_p50", 1214), ("ms_p50", 38.4))
    ]
    assert shown == ["93.1%", "0.500", "1,214字", "38ms"]


def test_the_table_beside_has_a_column_a_peer_and_a_folder() -> None:
    cases = [graded("a", facts_right=1)]
    one = report(cases)
    assert beside_table(one) is None
    both = report(cases, peers={"naive": figures(cases)}, folders={"mine": figures(cases), "theirs": {}})
    table = beside_table(both)
    assert table is not None
    assert [column.header for column in table.columns] == ["尺度", "全体", "naive", "mine", "theirs"]


def test_misses_are_listed_with_what_was_said() -> None:
    trace = Trace.of(answer("資料に\nありません", Status.REFUSED), ["前の問い"])
    lines = list(miss_lines(report([graded("a", facts_right=0).model_copy(update={"trace": trace})])))
    assert "facts_right" in lines[0] and "a" in lines[0]
    assert "前の問い" in lines[1] and "refused found: 資料に ありません" in lines[2]


def test_a_missed_draft_is_listed_with_its_faults() -> None:
    trace = Trace(
        status="drafted", reason="", text="本文", passages=(), divisions=(), timings_ms={},
        faults={"invented": ("5月1日", "9万円")},
    )  # fmt: skip
    missed = graded("p", "drafts", draft_invented=1).model_copy(update={"trace": trace})
    assert list(miss_lines(report([missed]))) == [
        "draft_invented  cases p pの質問",
        "    invented: 5月1日 | 9万円",
    ]


def test_a_run_keeps_what_it_was_made_with(service: Service, tmp_path: Path) -> None:
    made = run(service, [few(tmp_path / "cases", 1), default_folder()]).configuration
    assert made.index == service.searcher.index.card.digest
    assert made.weights["dense"] == service.searcher.weights.dense
    assert [folder.path for folder in made.folders] == [tmp_path / "cases", default_folder()]
    assert made.folders[1].place == "cases"
    assert all(len(digest) == 64 for digest in made.folders[0].files.values())
    assert str(service.settings.home) not in made.model_dump_json(exclude={"folders"})


def test_a_changed_case_or_program_is_named() -> None:
    then = configuration()
    changed = then.folders[0].model_copy(update={"files": {"facts": "fb"}})
    assert differences(then, configuration()) == []
    assert differences(then, configuration(code="d1ff", folders=(changed,))) == ["code", "cases: cases"]


def test_no_secret_is_kept() -> None:
    class More(Settings):
        other_key: str = "hidden-1"
        login: SecretStr = SecretStr("hidden-2")

    shown = shown_settings(More(chroma_url="https://me:hidden-3@host:1"))
    assert "hidden" not in str(shown)
    assert shown["chroma_url"] == "https://***@host:1" and "home" not in shown


def test_every_folder_of_cases_can_be_read() -> None:
    folders = all_folders()
    assert folders[0] == default_folder() and len(folders) > 1
    for folder in folders:
        assert any(load_all(folder).values())
    assert all(load_all(folders[0]).values())


def test_a_run_over_chosen_files_leaves_the_others_out(service: Service, tmp_path: Path) -> None:
    folder = few(tmp_path / "both", 1)
    talk = few(tmp_path / "talk", 1)
    for name in ("drafts", "reviews"):
        (talk / f"{name}.jsonl").unlink()
    made = run(service, [talk, folder], writer=Clerk(), files=chosen("drafts, reviews"), peers={"parrot": Parrot()})
    assert [(g.folder, g.file) for g in made.graded] == [("both", "drafts"), ("both", "reviews")]
    assert made.configuration.files == ("drafts", "reviews") and list(made.folders) == ["both"]
    assert count([talk, folder], 1, ("drafts", "reviews")) == 2
    with pytest.raises(BadInputFile, match=r"drafts\.jsonl、reviews\.jsonl"):
        run(service, [talk], writer=Clerk(), files=("drafts", "reviews"))


def test_a_kind_of_cases_that_does_not_exist_is_named() -> None:
    assert chosen("") == tuple(KINDS)
    with pytest.raises(WrongUse, match="「draft」"):
        chosen("draft")


def test_a_bad_case_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match="ケースがありません"):
        load_all(tmp_path)
    (tmp_path / "facts.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(BadInputFile, match=r"facts\.jsonl 1行目"):
        load(tmp_path, "facts", Fact)


def test_a_file_that_is_no_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"created": "x"}', "utf-8")
    with pytest.raises(BadInputFile, match="評価の記録として読めません"):
        read(tmp_path / "a.json")
