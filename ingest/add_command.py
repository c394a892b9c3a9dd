"""`kyodo ingest add`: files, folders and zip archives of mixed files in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Protocol

import typer
from rich.markup import escape

from assistant.console import err, print_error
from assistant.errors import BadInputFile, WrongUse
from assistant.settings import Settings
from ingest.add import Details
from ingest.adding import Outcome, add_all
from ingest.gather import Item, gather
from ingest.home import Home
from ingest.progress import emit

KINDS = {
    "text": "テキスト",
    "markdown": "Markdown",
    "pdf": "PDF",
    "docx": "Word",
    "html": "ウェブページ",
    "xlsx": "Excel",
    "csv": "CSV",
}
_COUNTED = {
    "added": "加えたもの{count}件",
    "same": "同じ内容がもう入っているもの{count}件",
    "changed": "同じ名前で内容が違うもの{count}件（加えていません）",
    "unreadable": "読めなかったもの{count}件",
}


class Update(Protocol):
    def __call__(self, settings: Settings, *, as_json: bool) -> None: ...


def register(app: typer.Typer, update: Update, on_wait: Callable[[str], None]) -> None:
    """Put the command into `app`; `update` brings the index up to date."""

    @app.command()
    def add(  # noqa: PLR0913, PLR0917
        ctx: typer.Context,
        paths: Annotated[list[Path], typer.Argument(help="ファイル・フォルダー・zip / files, folders, zip archives")],
        identity: Annotated[str, typer.Option("--id", help="出典のid（例 ampersand） / id of the source")] = "",
        title: Annotated[str, typer.Option(help="題名 / title")] = "",
        issuer: Annotated[str, typer.Option(help="発行者 / issuer")] = "",
        municipality: Annotated[str, typer.Option(help="自治体 / municipality")] = "",
        date: Annotated[str, typer.Option(help="いつの資料か（例 令和3年9月） / as-of date")] = "",
        url: Annotated[str, typer.Option(help="公式のURL / official URL")] = "",
        kind: Annotated[str, typer.Option(help="種類（例 手引き） / kind")] = "",
        password: Annotated[str, typer.Option(help="PDFのパスワード / password of a PDF")] = "",
        as_json: Annotated[
            bool, typer.Option("--json", help="進み具合と結果をJSON Linesで / events as JSON Lines")
        ] = False,
    ) -> None:
        """ファイルを出典に加えて索引を更新する。 / Add files to the source list and index them."""
        secret = password or str(ctx.meta.get("password", ""))
        details = Details(identity, title, issuer, municipality, date, url, kind, secret)
        home = Home(ctx.obj.home)
        with TemporaryDirectory() as room, home.writer(ctx.obj.lock_seconds, on_wait):
            items = list(gather(paths, Path(room)))
            if len(items) > 1 and identity:
                raise WrongUse("--id は1つのファイルのときだけ使えます。", "--id works with a single file only")
            outcomes = add_all(home, items, details, _event if as_json else _tell)
        if any(outcome.state == "added" for outcome in outcomes):
            update(ctx.obj, as_json=as_json)
        if len(outcomes) > 1 and not as_json:
            _summary(outcomes)
        if any(outcome.state == "unreadable" for outcome in outcomes):
            raise typer.Exit(BadInputFile.exit_code)


def _event(outcome: Outcome) -> None:
    fields: dict[str, object] = {"name": outcome.item.name, "state": outcome.state}
    if outcome.source is not None:
        fields |= {"id": outcome.source.id, "title": outcome.source.title, "reader": outcome.source.reader}
    if outcome.added is not None:
        fields |= {"pages": outcome.added.pages, "warnings": outcome.added.warnings}
    if outcome.problem is not None:
        fields |= {"ja": outcome.problem.ja, "en": outcome.problem.en}
    emit("file", **fields)


def _tell(outcome: Outcome) -> None:
    """One file's line, at once; what to do next where there is something to do."""
    name, source = outcome.item.name, outcome.source
    if outcome.problem is not None:
        print_error(outcome.problem)
    if source is None:
        return
    named = escape(f"{source.id}「{source.title}」")
    if outcome.state == "added" and outcome.added is not None:
        pages = f"、{outcome.added.pages}ページ" if outcome.added.pages > 1 else ""
        err().print(f"加えました：{named}（{escape(name)}、{KINDS[source.reader]}{pages}）")
        for line in outcome.added.note or ():
            err().print(f"    {escape(line)}")
        if outcome.added.before:
            err().print(
                "    これまでの版は残り、日付で尋ねると引用されます。 The version before is kept and can be cited."
            )
    elif outcome.state == "same":
        err().print(f"同じ内容がもう入っています：{escape(name)} ＝ {named} [dim]already there as {source.id}[/]")
    elif outcome.state == "changed":
        path = _typed(outcome.item)
        err().print(
            f"[yellow]内容が変わっています[/]：{escape(name)}（前に加えた {named} と違います）。加えていません。"
        )
        err().print(f"    改訂版のとき（前の版も残ります）： kyodo ingest add {escape(path)} --id {source.id}")
        err().print(f"    別の文書のとき： kyodo ingest add {escape(path)} --id 新しいid")
        err().print(f"    [dim]differs from the source {source.id} of that name; choose with --id[/]")


def _typed(item: Item) -> str:
    """The path as a person can type it; what came out of an archive has to be unpacked first."""
    path = str(item.path) if not item.archived else item.name.rpartition("/")[2]
    return f'"{path}"' if " " in path else path


def _summary(outcomes: list[Outcome]) -> None:
    counts = {state: sum(o.state == state for o in outcomes) for state in _COUNTED}
    told = "、".join(_COUNTED[state].format(count=count) for state, count in counts.items() if count)
    err().print(f"{len(outcomes)}ファイル：{told}。")
    for outcome in outcomes:
        if outcome.state == "unreadable":
            err().print(f"    読めなかったもの：{escape(outcome.item.name)}")
    if counts["added"]:
        err().print("一覧： kyodo ingest list　質問： kyodo ask 知りたいこと")
