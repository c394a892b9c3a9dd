"""`kyodo draft`: a brief, a form's fields or a saved draft becomes a draft, in the terminal, as a file or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

import typer

from assistant.batch import BadLine, Record, batch_with_bar, text_field
from assistant.console import err, out, print_json
from assistant.draft.dialogue import Dialogue
from assistant.draft.export.write import check_target, write_draft
from assistant.draft.fields import answers, check_form, fields, form_of, known_fields
from assistant.draft.saved import Saved, read_brief, read_saved
from assistant.draft.show import show_draft, write
from assistant.draft.words import terminal
from assistant.drafts import DocumentKind, Draft
from assistant.embeddings import E5
from assistant.errors import BadInputFile, WrongUse
from assistant.service import Service

Kind = Annotated[
    DocumentKind | None,
    typer.Argument(help="proposal 提案書・contract 協働契約書・agreement 包括連携協定書 / what to write"),
]
Brief = Annotated[str, typer.Option("--brief", help="ご依頼の文のファイル（- は標準入力） / file with the brief")]
Form = Annotated[str, typer.Option("--form", help="委託型・補助型・負担金型・共催型 / form of the contract")]
Fields = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=TEXT", help="項目=内容（何度でも） / a field of the form")
]
Continue = Annotated[Path | None, typer.Option("--continue", help="続きを書く下書き（.docx .json） / a saved draft")]
Ask = Annotated[bool, typer.Option("--ask", help="足りないことを順に尋ねる / ask what is missing")]
Batch = Annotated[Path | None, typer.Option("--batch", help="JSON Linesの入力 / briefs as JSON Lines")]
Out = Annotated[
    str, typer.Option("--out", help="出力先（.docx .md .html .json、-は標準出力） / output file, - = standard output")
]
Json = Annotated[bool, typer.Option("--json", help="JSONで出力 / print one JSON value")]
NOWHERE = "-"
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)


@dataclass(frozen=True)
class _Start:
    """What the draft is made of."""

    document: DocumentKind
    brief: str
    fields: Mapping[str, str]


def draft(
    ctx: typer.Context,
    document: Kind = None,
    brief: Brief = "",
    form: Form = "",
    settings: Fields = None,
    saved: Continue = None,
    ask: Ask = False,
    batch: Batch = None,
    target: Out = NOWHERE,
    as_json: Json = False,
) -> None:
    """提案書・契約書・協定書の下書きを作る。書かれていないことは〔要確認〕とし、お尋ねする。 / Draft from a brief."""
    service = Service(ctx.obj, E5(ctx.obj.engine))
    if batch is not None:
        if document or brief or form or settings or saved or ask:
            raise _wrong("with_batch")
        if batch_with_bar(batch, target, lambda record: _work(service, record), terminal("view", "batch")).bad:
            raise typer.Exit(BadInputFile.exit_code)
        return
    if target != NOWHERE:
        check_target(Path(target))
    if brief and saved:
        raise _wrong("both")
    told = answers(settings or ())
    if chosen := check_form(form):
        told["form"] = chosen
    if not (brief or saved or told or ask):
        raise _wrong("nothing")
    start = _continued(saved, document, target) if saved else _begun(document, brief)
    told = {**start.fields, **told}
    made = service.draft(start.brief, start.document, fields=told)
    if ask:
        made = Dialogue(err(), made, lambda now: service.draft(start.brief, start.document, fields=now)).run()
    _deliver(made, target, as_json)


def _begun(document: DocumentKind | None, brief: str) -> _Start:
    if document is None:
        raise _wrong("no_document")
    return _Start(document, read_brief(brief) if brief else "", {})


def _continued(path: Path, document: DocumentKind | None, target: str) -> _Start:
    """A saved draft's brief and fields; nobody's changes in Word are overwritten."""
    found: Saved = read_saved(path)
    if found.edited:
        if target != NOWHERE and Path(target).resolve() == path.resolve():
            raise _wrong("would_lose", name=path.name)
        write(err(), terminal("view", "edited", name=path.name), style="yellow")
    return _Start(document or found.draft.document, found.draft.brief, found.draft.fields)


def _wrong(sentence: str, /, **values: str) -> WrongUse:
    return WrongUse(terminal("error", sentence, **values), terminal("error", f"{sentence}_en", **values))


def _deliver(made: Draft, target: str, as_json: bool) -> None:
    """The file, then what a person wants to know; Markdown on standard output where there is no file."""
    to_file = target != NOWHERE
    if to_file:
        write_draft(made, Path(target))
    if as_json:
        print_json(made)
    elif to_file:
        show_draft(out(), made, whole=True)
    else:
        show_draft(err(), made, whole=False)
        err().print()
        sys.stdout.write(made.markdown.encode("utf-8", "replace").decode())
    if to_file or not as_json:
        _say_where(made, target if to_file else "")


def _say_where(made: Draft, target: str) -> None:
    err().print()
    if not target:
        write(err(), terminal("view", "not_saved"), style="dim")
        return
    write(err(), terminal("view", "saved_declined" if made.status == "declined" else "saved", path=target))
    if made.questions and Path(target).suffix.lower() in (".docx", ".json"):
        err().print(terminal("view", "go_on", path=target), style="dim", markup=False)


def _work(service: Service, record: Record) -> Record:
    """One line of a batch: document, form (or null), brief, and fields if there are any."""
    document = next((kind for kind in KINDS if kind == record.get("document")), None)
    if document is None:
        raise BadLine(f"“document” must be one of {', '.join(KINDS)}")
    form = record.get("form")
    if form is not None and (not isinstance(form, str) or (form and form_of(form) is None)):
        raise BadLine("“form” must be a form or null")
    told = record.get("fields") or {}
    if not isinstance(told, dict) or not all(isinstance(text, str) for text in told.values()):
        raise BadLine("“fields” must be texts by key")
    if unknown := told.keys() - fields().keys():
        raise BadLine(f"no field {', '.join(sorted(unknown))}; {known_fields()}")
    made = service.draft(text_field(record, "brief"), document, form_of(form or ""), told)
    return made.model_dump(mode="json")
