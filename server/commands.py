"""`kyodo purge`: what the web service has kept longer than the settings allow goes."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.console import err, out, print_json
from prompts import say

Days = Annotated[
    int | None,
    typer.Option(min=0, help="これより古いものを消す（日数。既定はKYODO_KEEP_DAYS、0ですべて） / older than N days"),
]
Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]


def purge(ctx: typer.Context, days: Days = None, as_json: Json = False) -> None:
    """ウェブの古いデータ（会話・案文・点検・進み具合・評価・記録）を消す。 / Remove old data of the web service."""
    from server.store.database import Database
    from server.store.retention import purge as remove

    database = Database(ctx.obj)
    try:
        with database.session() as session:
            gone = remove(session, ctx.obj, days)
    finally:
        database.close()
    if as_json:
        print_json(gone)
        return
    if not any(gone.values()):
        err().print(f"{say('store', 'nothing')} {say('store', 'nothing_en')}")
        return
    what = "、".join(f"{say('store', f'table_{name}')}{count}件" for name, count in gone.items() if count)
    what_en = ", ".join(f"{name} {count}" for name, count in gone.items() if count)
    out().print(say("store", "purged", what=what))
    out().print(say("store", "purged_en", what=what_en))
