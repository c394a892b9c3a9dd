"""`kyodo eval scale`: how ingest, search, memory and disk grow with the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.console import err, print_json


def scale(
    ctx: typer.Context,
    sizes: Annotated[str, typer.Option(help="チャンクの数、カンマ区切り / chunks, with commas")] = "1000,10000,100000",
    write: Annotated[Path | None, typer.Option(help="図と記録を置くフォルダー / folder for plot and record")] = None,
    replot: Annotated[Path | None, typer.Option("--from", help="測らず記録から / from a saved record")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")] = False,
) -> None:
    """索引を大きくして、取り込み・検索・メモリ・ディスクを測る。 / Ingest, search, memory and disk as the index grows."""
    from ingest.scale.report import read_record, say_all, sizes_of, write_all

    if replot:
        report = read_record(replot)
    else:
        from ingest.scale.measure import measure

        report = measure(sizes_of(sizes), ctx.obj.engine, lambda what: err().print(f"… {what}"))
    if write:
        write_all(report, write)
    if as_json:
        print_json(report)
    else:
        say_all(report)
