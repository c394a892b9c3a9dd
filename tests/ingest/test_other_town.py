"""The documents of another town alone: answered from, without Yokohama's windows, and amended by themselves."""

from __future__ import annotations

import pytest

from assistant.outcomes import Status
from assistant.service import Service
from assistant.settings import Settings
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import run_steps
from ingest.run import Run

LAW = """みどり市市民協働条例
令和2年3月25日
条例第12号

（目的）
第1条　この条例は、市民と市が対等の立場で公共の課題に取り組むための基本を定めることを目的とする。
（申出）
第2条　市民団体は、市に対し、協働を申し出ることができる。
2　市は、前項の申出を受けた日から{days}日以内に回答しなければならない。
（契約）
第3条　市は、協働事業を行うときは、契約を結ぶものとする。
　　　附　則
この条例は、令和{year}年4月1日から施行する。
"""
PROJECTS = "事業名,担当課,予算\n花いっぱい助成,公園緑地課,300000\n川の見守り,環境課,150000\n"


@pytest.fixture(scope="module")
def town(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Four files were given; the second ordinance was taken for another version of the first by itself."""
    folder = tmp_path_factory.mktemp("files")
    home = Home(tmp_path_factory.mktemp("town"))
    home.save(home.load().model_copy(update={"builtin": False}))
    (folder / "令和2年.txt").write_text(LAW.format(days=30, year=2), "utf-8")
    (folder / "令和7年.txt").write_text(LAW.format(days=14, year=7), "utf-8")
    (folder / "事業.csv").write_text(PROJECTS, "utf-8")
    (folder / "7.md").write_text("# 令和7年度のまとめ\n\n花壇の手入れに12団体が参加した。\n", "utf-8")
    for name in ("令和2年.txt", "令和7年.txt", "事業.csv", "7.md"):
        add_file(home, folder / name, Details())
    run_steps(Run(Settings(home=home.path), home, service.embedder))
    return Service(Settings(home=home.path), service.embedder)


def test_an_amended_ordinance_is_a_version_of_what_is_there(town: Service) -> None:
    listed = Home(town.settings.home)
    assert {s.id for s in listed.sources()} == {"reiwa-2-nen", "jigyou", "source-7"}
    assert [s.id for s in listed.versions()] == ["reiwa-2-nen@2020-04-01"]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("みどり市の条例では申出に何日以内に回答しますか", "14日以内"),
        ("令和3年の時点では申出に何日以内に回答しましたか", "30日以内"),
        ("改正前の第2条は", "30日以内"),
    ],
)
def test_the_version_in_force_then_answers(town: Service, question: str, days: str) -> None:
    text = town.ask(question).text
    assert days in text and not {"14日以内", "30日以内"} - {days} & {d for d in ("14日以内", "30日以内") if d in text}


def test_a_window_that_a_document_tells_is_quoted(town: Service) -> None:
    answer = town.ask("川の見守りの担当課はどこですか")
    assert answer.status is Status.ANSWERED and "環境課" in answer.text.split("\n")[0]


@pytest.mark.parametrize(
    "question", ["プールの担当課はどこですか", "横須賀市の協働の条例は", "Which section handles pools?"]
)
def test_nothing_is_said_of_windows_that_the_documents_do_not_name(town: Service, question: str) -> None:
    answer = town.ask(question)
    assert answer.status is not Status.ANSWERED
    assert not any(name in answer.text for name in ("センター", "横浜", "Yokohama", "Center"))
