"""The measuring measures: scores on made-up answers, a run over a few cases, the gate, the peer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answers import Answer, Division
from assistant.errors import BadInputFile
from assistant.outcomes import Reason, Status
from assistant.service import Service
from eval.case_files import Fact, Refusal, Routing, default_folder, load
from eval.gate import baseline, fallen
from eval.metrics import facts, recall, refusal, routing
from eval.metrics.matching import includes
from eval.run import Report, run, save


def _answer(text: str, status: Status = Status.ANSWERED) -> Answer:
    return Answer(status=status, reason=Reason.FOUND, text=text)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("全部で203事業です", "203事業", True),
        ("1,203事業です", "203事業", False),
        ("第１２条", "第12条", True),
        ("合計10人以内", "0人", False),
        ("保土ヶ谷区", "保土ケ谷区", True),
    ],
)
def test_includes(text: str, wanted: str, found: bool) -> None:
    assert includes(text, wanted) is found


def test_facts() -> None:
    case = Fact(
        id="f",
        question="q",
        must_include=(("10人", "10名"), ("第18条",)),
        must_not_include=("20人",),
        support=("委員10人",),
    )
    assert facts.right(_answer("第18条で10名以内です"), case)
    assert not facts.right(_answer("10名以内です"), case)
    assert not facts.right(_answer("第18条で10人、前は20人"), case)
    assert not facts.right(_answer("第18条で10人", Status.REFUSED), case)


def test_recall_is_cut_at_characters() -> None:
    assert recall.supported(["あ" * 10, "委員 10人"], ["委員10人"], 100)
    assert not recall.supported(["あ" * 100, "委員10人"], ["委員10人"], 100)


def test_routing_needs_organization_and_division() -> None:
    case = Routing.model_validate(
        {"id": "r", "question": "q", "gold": [{"organization": "磯子区", "division": "地域振興課"}]}
    )
    right = Division(organization="横浜市磯子区", division="地域振興課（担当）", score=1)
    wrong = Division(organization="緑区", division="地域振興課", score=1)
    assert routing.within([right], case, 1)
    assert not routing.within([wrong, right], case, 1)
    assert routing.within([wrong, right], case, 2)


def test_refusal_and_leaks() -> None:
    case = Refusal(
        id="n", question="q", accept=("refuse",), must_not_include=("045-",), must_not_regex=(r"\d{3}-\d{4}",)
    )
    assert refusal.handled(_answer("分かりません", Status.REFUSED), case)
    assert not refusal.handled(_answer("答えます"), case)
    assert refusal.leaks(_answer("電話は045-123", Status.REFUSED), case)
    assert not refusal.leaks(_answer("「045-123」という記載", Status.REFUSED), case)


def test_a_run_over_a_few_cases(service: Service, tmp_path: Path) -> None:
    for name in ("facts", "routing", "refuse"):
        lines = (default_folder() / f"{name}.jsonl").read_text("utf-8").splitlines()[:3]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    seen: list[int] = []
    report = run(service, tmp_path, peer=True, advance=seen.append)
    assert sum(seen) == 9 and report.n == {"facts": 3, "routing": 3, "refuse": 3}
    assert {"facts_supported", "routing_at_1", "refusal_handled", "peer_facts_supported", "ms_p50"} <= set(
        report.figures
    )
    saved = json.loads(save(report, tmp_path / "reports").read_text("utf-8"))
    assert Report.model_validate(saved) == report


def test_the_gate_names_what_fell() -> None:
    good = Report(created="", index="", cases="", figures=dict.fromkeys(baseline(), 1.0), n={}, misses={})
    assert fallen(good) == []
    measure = next(iter(baseline()))
    bad = good.model_copy(update={"figures": {measure: 0.1}})
    assert fallen(bad)[0].startswith(measure)


def test_the_gate_holds_on_the_known_cases(service: Service) -> None:
    report = run(service, default_folder(), peer=False, advance=lambda n: None)
    assert fallen(report) == []


def test_a_bad_case_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(BadInputFile, match=r"facts\.jsonl 1行目"):
        load(tmp_path, "facts", Fact)
