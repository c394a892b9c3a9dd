"""`kyodo ingest verify` and `kyodo ingest repair`: is the index what it says, and what can be mended is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

import typer
from rich.markup import escape

from assistant.console import err, out, print_json
from assistant.embeddings import E5
from assistant.errors import BadInputFile
from assistant.index import read_card
from ingest.home import Home
from ingest.repair import repair as mend
from ingest.run import Run
from ingest.verify import Fault, examine

Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]


def register(app: typer.Typer, on_wait: Callable[[str], None]) -> None:
    """Add both commands to `app`; `on_wait` hears who holds the lock."""

    @app.command()
    def verify(ctx: typer.Context, as_json: Json = False) -> None:
        """索引の中身を確かめる。 / Check that the index holds what it says."""
        faults = examine(ctx.obj, E5(ctx.obj.engine))
        card = read_card(ctx.obj)
        count = card.chunks if card else 0
        if as_json:
            print_json({"chunks": count, "faults": [vars(f) for f in faults]})
        else:
            _show(faults)
            out().print(f"{count}チャンクを確かめました。問題は{len(faults)}件です。")
        if faults:
            raise typer.Exit(BadInputFile.exit_code)

    @app.command()
    def repair(ctx: typer.Context, as_json: Json = False) -> None:
        """索引と置き場所の傷みを直し、何をしたかを言う。 / Mend the index and the home, and say what was done."""
        home = Home(ctx.obj.home)
        with home.writer(ctx.obj.lock_seconds, on_wait):
            told = mend(Run(ctx.obj, home, E5(ctx.obj.engine)), lambda done: err().print(escape(done)))
        if as_json:
            faults, left = ([vars(f) for f in found] for found in (told.faults, told.left))
            print_json({"faults": faults, "done": told.done, "left": left})
        elif not told.faults and not told.done:
            out().print("直すところはありませんでした。 Nothing to repair.")
        else:
            _show(told.left)
            said = "直せないものが残りました。上の手順を行ってください。" if told.left else "直しました。"
            out().print(f"見つけた問題{len(told.faults)}件、したこと{len(told.done)}件。{said}")
        if told.left:
            raise typer.Exit(BadInputFile.exit_code)


def _show(faults: Iterable[Fault]) -> None:
    for fault in faults:
        out().print(f"{escape(fault.place)}: {escape(fault.what)}\n    → {escape(fault.advice)}")
