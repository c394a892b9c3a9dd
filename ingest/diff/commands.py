"""`kyodo ingest diff PATH`: what an amended version would change, in the terminal, as JSON or as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from assistant.console import err, out, print_json
from assistant.quoted import Quoted
from assistant.settings import Settings
from ingest.diff.page import write_page
from ingest.diff.prepare import compare_file
from ingest.diff.show import show

Keeper = Callable[[Settings], Iterable[Quoted]]  # tells what is kept: answers of the service, cases of the evaluation
KEEPERS = "quoted"  # where the command line puts them, as a tuple


def diff(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="新しい版のファイル / the amended file")],
    identity: Annotated[str, typer.Option("--id", help="どの出典の新しい版か / id of the source")] = "",
    html: Annotated[Path | None, typer.Option(help="HTMLの出力先 / write an HTML page")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")] = False,
) -> None:
    """新しい版で何が変わるかを、加える前に見る（新旧対照）。 / What an amended version would change, before it is added."""
    keepers: tuple[Keeper, ...] = ctx.meta.get(KEEPERS, ())
    kept = [thing for keeper in keepers for thing in keeper(ctx.obj)]
    comparison = compare_file(ctx.obj, path, identity, kept)
    if html:
        write_page(comparison, html)
        err().print(f"書き出しました：{html}")
    if as_json:
        print_json(comparison)
    elif not html:
        show(out(), comparison)
        err().print(f"この版を加えるには： kyodo ingest add {path} --id {comparison.source_id}")
