"""`kyodo review …`: findings on somebody's draft, in the terminal, as a file, as JSON, in batches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from assistant.batch import BadLine, Record, batch_with_bar
from assistant.console import bar, err, out, print_json
from assistant.drafts import Form, Review
from assistant.embeddings import E5
from assistant.errors import BadInputFile, WrongUse
from assistant.readers import reader_for
from assistant.review.report.terminal import show_review
from assistant.review.report.view import headlines
from assistant.review.report.write import check_format, write_review
from assistant.review.request import Reviewed, ReviewRequest, carry_out, read_document, told_by
from assistant.service import Service
from prompts import say


def review(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="契約書か提案書（docx, pdf, md, txt） / the document")] = None,
    document: Annotated[Reviewed | None, typer.Option(help="提案書か契約書か（既定は契約書） / what it is")] = None,
    form: Annotated[Form | None, typer.Option(help="契約の形 / form of the contract")] = None,
    target: Annotated[
        str, typer.Option("--out", help="書き出す先（.html .docx .md .json） / report file; with --batch: JSON Lines")
    ] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON Linesの入力 / documents as JSON Lines")] = None,
    password: Annotated[str, typer.Option(help="PDFのパスワード / password of a PDF")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")] = False,
) -> None:
    """人の書いた契約書や提案書を点検する。 / Review a contract or proposal that somebody wrote."""
    if (file is None) == (batch is None):
        raise WrongUse(
            "点検するファイルか --batch のどちらか一つを指定してください。例： kyodo review 契約書.docx",
            "give either a file or --batch",
        )
    service = Service(ctx.obj, E5(ctx.obj.engine))
    if batch is not None:
        if batch_with_bar(batch, target or "-", lambda record: _line(service, record), say("review", "batch")).bad:
            raise typer.Exit(BadInputFile.exit_code)
    elif file is not None:
        given = {name: value for name, value in (("document", document), ("form", form)) if value}
        found = _file(service, file, Path(target) if target else None, given, password)
        _print(found, target, as_json)


def _file(service: Service, file: Path, target: Path | None, given: Mapping[str, str], password: str) -> Review:
    if target is not None:
        check_format(target)
    with bar({name: say("review", name) for name in ("read", "check")}) as progress:
        progress.step("read")
        read = read_document(file, reader_for(file), password)
        progress.step("check")
        wanted = ReviewRequest.model_validate({**told_by(file.read_bytes()), **given, "text": read.text})
        found = carry_out(service, wanted, read)
        if target is not None:
            write_review(found, target, file)
    return found


def _print(found: Review, target: str, as_json: bool) -> None:
    if as_json:
        print_json(found)
    elif not target:
        show_review(out(), found)
    if target:
        for line in headlines(found):
            err().print(line, markup=False)
        err().print(say("review", "written", path=target), markup=False)


def _line(service: Service, record: Record) -> Record:
    try:
        wanted = ReviewRequest.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadLine(f"“{'.'.join(map(str, first['loc']))}”: {first['msg']}") from error
    return carry_out(service, wanted).model_dump(mode="json")
