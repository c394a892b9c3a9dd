"""`kyodo eval …`: run the cases, report, compare two runs, hold the gate, measure speed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from assistant.console import bar, err, out, print_json
from assistant.embeddings import E5
from assistant.service import Service
from eval.case_files import KINDS, all_folders, chosen, default_folder
from eval.configuration import differences
from eval.gate import broken
from eval.measures import baseline
from eval.results import Report, read, save
from eval.run import PEER_FILES, System, count, run
from eval.tables import beside_table, compared, figures_table, miss_lines

app = typer.Typer(help="評価 / evaluation", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]
Cases = Annotated[list[Path] | None, typer.Option("--cases", help="ケースのフォルダー（何度でも） / folder of cases")]
All = Annotated[bool, typer.Option("--all", help="同梱のケース集すべて / every folder of cases")]


def _run(
    ctx: typer.Context, folders: list[Path], peers: list[str], files: Sequence[str], *, margins: bool = False
) -> Report:
    if not set(files) & set(PEER_FILES):
        peers = []
    total = count(folders, 1 + len(peers), files)  # reads all cases: a bad file is named before anything slow begins
    service = Service(ctx.obj, E5(ctx.obj.engine))
    with bar({"peers": "比較相手を用意する", "eval": "ケースに答える"}) as progress:
        progress.step("peers")
        systems = {name: _peer(name, service) for name in peers}
        progress.step("eval")
        progress.total(total, "件")
        return run(service, folders, peers=systems, files=files, margins=margins, advance=progress.advance)


def _peer(name: str, service: Service) -> System:
    """A peer over the same index; LangChain takes a second to import, and only this needs it."""
    if name == "naive":
        from eval.peer import Peer

        return Peer(service.searcher.index, service.embedder)
    from eval.peers import framework

    return framework(name, service.searcher.index, service.embedder)


@app.command("run")
def run_(
    ctx: typer.Context,
    cases: Cases = None,
    everything: All = False,
    peer: Annotated[bool, typer.Option(help="素朴な比較相手も測る / measure the naive peer too")] = True,
    only: Annotated[str, typer.Option(help="この種類だけ（drafts,reviews など） / only these files of cases")] = "",
    also: Annotated[list[str] | None, typer.Option(help="ほかの比較相手 / llamaindex, haystack")] = None,
    again: Annotated[Path | None, typer.Option("--from", help="記録と同じケースで / repeat a saved run")] = None,
    html: Annotated[Path | None, typer.Option(help="報告書（HTML）の出力先 / write the report here")] = None,
    misses: Annotated[bool, typer.Option(help="外れたケースを表示 / list the misses")] = False,
    as_json: Json = False,
) -> None:
    """ケースをすべて答えて採点する。 / Answer and score all cases."""
    then = read(again) if again else None
    if then:
        folders = [folder.path for folder in then.configuration.folders]
        peers, files = list(then.configuration.peers), then.configuration.files
    else:
        folders = all_folders() if everything else cases or [default_folder()]
        peers, files = [*(["naive"] if peer else []), *(also or [])], chosen(only)
    report = _run(ctx, folders, peers, files, margins=True)
    path = save(report, ctx.obj.home / "reports")
    if html:
        _write(report, html)
    if as_json:
        print_json(report)
        return
    for table in (figures_table(report), beside_table(report)):
        if table:
            out().print(table, "")
    for line in miss_lines(report) if misses else ():
        out().print(line, markup=False)
    if then:
        _repeated(then, report)
    err().print(f"記録：{path}")


def _repeated(then: Report, now: Report) -> None:
    out().print(compared(then, now))
    changed = differences(then.configuration, now.configuration)
    if changed:
        out().print(f"前と違うもの：{'、'.join(changed)}　changed since then", markup=False)
    else:
        out().print("プログラム、索引、ケース、環境は前と同じです。 Nothing has changed since then.")


def _write(report: Report, target: Path) -> None:
    from eval.report import render

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(report), "utf-8")
    err().print(f"報告書：{target}")


@app.command("report")
def report_(record: Path, target: Path) -> None:
    """記録から報告書（HTML）を作る。 / Make the HTML report of a saved run."""
    _write(read(record), target)


@app.command()
def compare(before: Path, after: Path) -> None:
    """二つの記録を比べる。 / Compare two saved runs."""
    out().print(compared(read(before), read(after)))


@app.command()
def gate(ctx: typer.Context, cases: Cases = None) -> None:
    """基準を満たしているか。 / Fail if a figure is beyond the committed baseline."""
    report = _run(ctx, cases or [default_folder()], [], tuple(KINDS))
    problems = broken(report)
    for problem in problems:
        out().print(f"基準を満たしません {problem}")
    if problems:
        raise typer.Exit(1)
    out().print(f"基準を満たしています（{len(baseline())}尺度、{report.cases}ケース）。 The gate holds.")


@app.command()
def bench(ctx: typer.Context) -> None:
    """速さと大きさを測る。 / Measure speed and size on this machine."""
    from eval.bench import bench as figures

    table = Table("何を", "値", "単位", "目標")
    for figure in figures(lambda what: err().print(f"… {what}")):
        err().print(f"  {figure.name}: {figure.value:.3g} {figure.unit}（{figure.goal}）")
        table.add_row(figure.name, f"{figure.value:.3g}", figure.unit, figure.goal)
    out().print(table)


@app.command()
def load(
    users: Annotated[int, typer.Option(min=1, help="同時に聞く人 / users at once")] = 16,
    seconds: Annotated[float, typer.Option(min=0, help="その長さ（秒） / for how long")] = 60,
    streams: Annotated[int, typer.Option(min=0, help="同時に開く接続 / open event streams")] = 200,
    questions: Annotated[
        int, typer.Option(min=0, help="記憶を見る質問の数 / questions while memory is watched")
    ] = 10_000,
    workers: Annotated[int, typer.Option(min=1, help="サービスのプロセス / processes of the service")] = 2,
    as_json: Json = False,
) -> None:
    """サービスに多くの質問を同時に送って測る。 / Measure the service under load, on loopback."""
    from eval.load import Wanted, home_with_index, load_table, measure

    wanted = Wanted(users, seconds, streams, questions, workers)
    with TemporaryDirectory() as folder:
        figures = measure(home_with_index(Path(folder)), wanted, lambda what: err().print(f"… {what}"))
    if as_json:
        print_json(figures)
        return
    table = Table("何を", "値", "目標")
    for row in load_table(figures):
        table.add_row(*row)
    out().print(table)
