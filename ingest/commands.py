"""`kyodo ingest …`: bring the index up to date; add, list, show, remove and verify sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape

from assistant.console import bar, err, out, print_json
from assistant.embeddings import E5
from assistant.errors import ModelUnusable, WrongUse
from assistant.index import Index, open_index, read_card
from assistant.models import ModelFailed, open_model
from assistant.records import Source
from assistant.settings import Settings
from ingest import add_command, verify_commands
from ingest.diff.commands import diff
from ingest.embed import save_shipped
from ingest.home import Home
from ingest.mark import save_shipped_marks
from ingest.on_ray import run_on_ray
from ingest.pipeline import run_steps
from ingest.progress import FIGURES, emit, watching
from ingest.report import report_of
from ingest.run import Run
from ingest.show_report import show_report
from ingest.write_questions import sections_without, write_questions

app = typer.Typer(help="出典の取り込み / sources and index", invoke_without_command=True, no_args_is_help=False)

_NAMES = {
    "list_sources": "出典を確かめる",
    "read_pages": "読む",
    "clean_text": "除く部分を決める",
    "split_sections": "節に分ける",
    "build_records": "記録を作る",
    "build_chunks": "チャンクに分ける",
    "cut_pieces": "引用できる単位に切る",
    "add_questions": "想定質問を結ぶ",
    "read_on_ray": "読んで節に分ける（Ray）",
    "embed_chunks": "ベクトルにする",
    "mark_pieces": "語ごとに読む",
    "publish_index": "索引を書き出す",
} | FIGURES


class Engine(StrEnum):
    """Where the steps before the index is written are carried out."""

    local = "local"
    ray = "ray"


Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]


@app.callback()
def ingest(
    ctx: typer.Context,
    rebuild: Annotated[bool, typer.Option(help="変わりがなくても作り直す / rebuild even if unchanged")] = False,
    builtin: Annotated[
        bool, typer.Option("--builtin/--no-builtin", help="内蔵の資料を含める / include the built-in corpus")
    ] = True,
    shipped: Annotated[
        bool, typer.Option("--shipped/--no-shipped", help="同梱のベクトルを使う / use the shipped vectors")
    ] = True,
    ship: Annotated[bool, typer.Option(hidden=True, help="write the shipped vectors (maintainers)")] = False,
    password: Annotated[str, typer.Option(help="PDFのパスワード / password of a PDF")] = "",
    engine: Annotated[Engine, typer.Option(help="どこで計算するか / where to compute")] = Engine.local,
    as_json: Annotated[
        bool, typer.Option("--json", help="進み具合と結果をJSON Linesで / events as JSON Lines")
    ] = False,
) -> None:
    """索引を出典の一覧に合わせる。変わりがなければ何もしない。 / Bring the index up to date with the source list."""
    home = Home(ctx.obj.home)
    ctx.meta["password"] = password
    if not builtin and home.load().builtin:
        with home.writer(ctx.obj.lock_seconds, _on_wait):
            home.save(home.load().model_copy(update={"builtin": False}))
    if ctx.invoked_subcommand is None:
        _update(ctx.obj, rebuild=rebuild or ship, shipped=shipped, ship=ship, engine=engine, as_json=as_json)


def _update(
    settings: Settings,
    *,
    rebuild: bool = False,
    shipped: bool = True,
    ship: bool = False,
    engine: Engine = Engine.local,
    as_json: bool = False,
) -> None:
    home = Home(settings.home)
    carry_out = run_on_ray if engine is Engine.ray else run_steps
    with home.writer(settings.lock_seconds, _on_wait), watching(_NAMES, as_json) as progress:
        run = carry_out(Run(settings, home, E5(settings.engine), progress, rebuild=rebuild, shipped_vectors=shipped))
    if ship:
        err().print(f"{save_shipped(run)}\n{save_shipped_marks(run)}")
    if as_json:
        emit("report", **report_of(run).model_dump(mode="json"))
    else:
        show_report(run)


def _on_wait(holder: str) -> None:
    err().print(
        f"ほかの取り込み（{holder}）が動いています。終わるのを待ちます。 Waiting for another ingest ({holder})."
    )


add_command.register(app, _update, _on_wait)


@app.command("list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """出典の一覧。まだ無い資料には加え方を示す。 / The sources, and how to add those that are expected."""
    card = read_card(ctx.obj)
    indexed = set(card.sources) if card else set()
    home = Home(ctx.obj.home)
    sources, versions = home.sources(), home.versions()
    if as_json:
        print_json([{**s.model_dump(mode="json"), "indexed": s.id in indexed} for s in [*sources, *versions]])
        return
    for source in sources:
        state = "△ 未収録" if source.expected else ("○ 索引済み" if source.id in indexed else "△ 未索引")
        known = "、".join(x for x in (source.issuer, source.as_of) if x)
        about = f"（{escape(known)}）" if known else ""
        out().print(f"{state} [bold]{source.id}[/] {escape(source.title)}{about}")
        advice = source.advice if source.expected else ("" if source.id in indexed else "kyodo ingest")
        if advice:
            out().print(f"    → {escape(advice)}")
        for version in versions:
            if version.version_of == source.id:
                out().print(f"    ほかの版 [bold]{version.id}[/]（{escape(version.as_of)}）")


def _known(index: Index, identity: str) -> Source:
    source = index.sources.get(identity)
    if source is None or identity not in index.card.sources:
        raise WrongUse(
            f"「{identity}」という出典は索引にありません。kyodo ingest list で確かめてください。",
            f"no source “{identity}” in the index; see kyodo ingest list",
        )
    return source


@app.command()
def show(ctx: typer.Context, identity: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """一つの出典のチャンクと想定質問。 / One source's chunks and the questions they are expected to answer."""
    index = open_index(ctx.obj, E5(ctx.obj.engine))
    source = _known(index, identity)
    chunks = index.store.where(source_id=identity)
    asked = {c.id: [q.text for q in index.expected if c.id in q.chunk_ids] for c in chunks}
    if as_json:
        rows = [{**c.model_dump(mode="json"), "questions": asked[c.id]} for c in chunks]
        print_json({"source": source.model_dump(mode="json"), "chunks": rows})
        return
    out().print(f"[bold]{source.title}[/]（{source.issuer}、{source.as_of}）")
    for chunk in chunks:
        mark = "" if chunk.searchable else "（検索の対象外）"
        out().print(f"[cyan]{chunk.id}[/] {chunk.locator}{mark}")
        out().print("    " + " ".join(chunk.text.split())[:100].replace("[", r"\["))
        for question in asked[chunk.id]:
            out().print(f"    [dim]？ {question}[/]")


@app.command()
def questions(ctx: typer.Context, identity: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """言語モデルに想定質問を書かせ、索引を更新する。 / Let the language model write expected questions, and index them."""
    model = open_model(ctx.obj)
    if model is None:
        raise WrongUse(
            "言語モデルが設定されていません。KYODO_MODEL を設定してください（docs/model.md）。",
            "no language model is configured; set KYODO_MODEL (docs/model.md)",
        )
    home = Home(ctx.obj.home)
    with home.writer(ctx.obj.lock_seconds, _on_wait), bar({"questions": "想定質問を書く"}) as progress:
        index = open_index(ctx.obj, E5(ctx.obj.engine))
        _known(index, identity)
        path = home.questions_dir / f"{identity}.questions.txt"
        sections = sections_without(index, identity, path)
        progress.step("questions")
        progress.total(len(sections), "節")
        try:
            written = sum(write_questions(model, sections, path, progress.advance))
        except ModelFailed as failure:
            raise ModelUnusable(
                f"言語モデルが途中で答えなくなりました（{failure}）。書けた分は残っています。続きは同じコマンドで書けます。",
                f"the language model failed ({failure}); what was written is kept, run the command again to go on",
            ) from failure
    err().print(f"{identity}：{len(sections)}節に想定質問を{written}件書きました（{path}）。 {written} questions.")
    _update(ctx.obj)


@app.command()
def remove(ctx: typer.Context, identity: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """出典を外して索引を更新する。 / Remove a source and update the index."""
    home = Home(ctx.obj.home)
    with home.writer(ctx.obj.lock_seconds, _on_wait):
        versions = home.remove(identity)
        home.clear_unlisted()
    told = f"（版{versions}つを含む）" if versions else ""
    err().print(f"外しました：{identity}{told}。 Removed.")
    _update(ctx.obj)


app.command()(diff)
verify_commands.register(app, _on_wait)
