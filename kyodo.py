"""協働ナビ: the command line. One function a sub-command, no logic; the work is in the packages it puts together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from assistant.answers import Answer
from assistant.batch import Record, batch_with_bar, text_field
from assistant.console import err, out, print_error, print_json
from assistant.draft import commands as draft_commands
from assistant.embeddings import E5
from assistant.errors import BadInputFile, KyodoError, WrongUse
from assistant.learn import commands as learn_commands
from assistant.review import commands as review_commands
from assistant.service import Service
from assistant.settings import Settings
from assistant.show import show_answer, show_directory, show_doctor, show_passages
from eval import commands as eval_commands
from eval.quoted import quoted_cases
from ingest import commands as ingest_commands
from ingest.diff.commands import KEEPERS
from ingest.scale.command import scale
from prompts import say
from server import commands as server_commands
from server.store.quoted import quoted_answers

app = typer.Typer(
    help="協働ナビ：市民協働の資料に、根拠の引用つきで答えます。 / Answers about citizen collaboration, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(ingest_commands.app, name="ingest")
eval_commands.app.command()(scale)  # it ingests too, which eval does not
app.add_typer(eval_commands.app, name="eval")
app.command()(draft_commands.draft)
app.command()(review_commands.review)
app.command()(learn_commands.learn)
app.command()(server_commands.purge)

Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]
Batch = Annotated[Path | None, typer.Option("--batch", help="JSON Linesの入力 / questions as JSON Lines")]
Easy = Annotated[bool, typer.Option("--easy", help="やさしい日本語で答える / answer in easy Japanese")]
Out = Annotated[str, typer.Option("--out", help="出力先（-は標準出力） / output file, - = standard output")]


@app.callback()
def main_options(
    ctx: typer.Context,
    home: Annotated[Path | None, typer.Option(help="索引と出典の置き場所 / home folder (KYODO_HOME)")] = None,
) -> None:
    """Settings are read here, once."""
    ctx.meta[KEEPERS] = (quoted_answers, quoted_cases)
    try:
        ctx.obj = Settings(home=home) if home else Settings()
    except ValidationError as error:
        bad = error.errors()[0]
        name = f"KYODO_{str(bad['loc'][0]).upper()}"
        raise WrongUse(f"設定 {name} の値が正しくありません。", f"setting {name}: {bad['msg']}") from error


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="質問 / question")] = "",
    batch: Batch = None,
    target: Out = "-",
    easy: Easy = False,
    as_json: Json = False,
) -> None:
    """質問に、根拠の引用つきで答える。 / Answer a question with word-for-word evidence."""
    service = Service(ctx.obj, E5(ctx.obj.engine))
    if batch is None:
        answer = service.ask(question, easy=easy)
        print_json(answer) if as_json else show_answer(out(), answer)
        return

    def work(record: Record) -> Record:
        return {"answers": [a.model_dump(mode="json") for a in _turns(service, record, easy)]}

    _batch(batch, target, work)


def _turns(service: Service, record: Record, easy: bool) -> list[Answer]:
    turns = record.get("turns")
    if turns is None:
        return [service.ask(text_field(record, "question"), easy=easy)]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("“turns” must be a list of texts")
    return service.talk(turns, easy=easy)


@app.command()
def search(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="質問 / question")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="件数 / number of passages")] = 10,
    batch: Batch = None,
    target: Out = "-",
    as_json: Json = False,
) -> None:
    """文章だけを探す。 / Find passages only."""
    service = Service(ctx.obj, E5(ctx.obj.engine))
    if batch is None:
        passages = service.search(question, limit)
        if as_json:
            print_json([p.model_dump(mode="json") for p in passages])
        else:
            show_passages(out(), passages)
        return

    def work(record: Record) -> Record:
        found = service.search(text_field(record, "question"), limit)
        return {"passages": [p.model_dump(mode="json") for p in found]}

    _batch(batch, target, work)


def _batch(source: Path, target: str, work: Callable[[Record], Record]) -> None:
    if batch_with_bar(source, target, work, "質問に答える").bad:
        raise typer.Exit(BadInputFile.exit_code)


@app.command()
def chat(ctx: typer.Context) -> None:
    """端末で続けて質問する。「それは？」「都筑区だと？」のような続きも読む。 / Ask one question after another in the terminal."""
    conversation = Service(ctx.obj, E5(ctx.obj.engine)).conversation()
    forget = say("chat", "forget")
    err().print(say("chat", "greeting", forget=forget))
    while True:
        try:
            question = input("質問> ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not question:
            break
        if question == forget:
            conversation.forget()
            err().print(say("chat", "forgotten"))
            continue
        show_answer(out(), conversation.ask(question))


@app.command()
def directory(
    ctx: typer.Context,
    organization: Annotated[str, typer.Option(help="区・局の名 / ward or bureau")] = "",
    field: Annotated[str, typer.Option(help="分野 / field")] = "",
    as_json: Json = False,
) -> None:
    """協働事業の台帳。 / The directory of collaboration projects."""
    records = Service(ctx.obj, E5(ctx.obj.engine)).directory(organization, field)
    if as_json:
        print_json([r.model_dump(mode="json") for r in records])
    else:
        show_directory(out(), records)


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="待ち受けるアドレス / address")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="ポート / port")] = 0,
    workers: Annotated[int, typer.Option(min=0, max=64, help="プロセスの数 / processes side by side")] = 0,
) -> None:
    """ウェブサービスを動かす。 / Run the web service."""
    from server.run import serve as run_server

    told = {"host": host, "port": port, "workers": workers}
    run_server(ctx.obj.model_copy(update={name: value for name, value in told.items() if value}))


@app.command()
def doctor(ctx: typer.Context, as_json: Json = False) -> None:
    """何が整っていて、何が足りないか。 / What is set up and what is not."""
    from ingest.doctor import examine

    findings = examine(ctx.obj)
    print_json([vars(f) for f in findings]) if as_json else show_doctor(out(), findings)


@app.command()
def schema() -> None:
    """入出力の形（JSON Schema）。 / The records as JSON Schema."""
    from assistant.answers import Passage
    from assistant.drafts import Draft, Review
    from assistant.learn.course import QuestionView
    from assistant.learn.lessons import Lesson
    from assistant.learn.marking import Marking
    from assistant.records import DirectoryRecord, Source

    models = (Answer, Passage, DirectoryRecord, Source, Draft, Review, Lesson, QuestionView, Marking)
    print_json({model.__name__: model.model_json_schema() for model in models})


def main() -> None:
    """Entry point: expected failures become a sentence and an exit code, never a traceback."""
    try:
        app()
    except KyodoError as error:
        print_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
