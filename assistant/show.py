"""Answers, passages, projects and findings as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.answers import Answer, Passage
from assistant.records import DirectoryRecord
from prompts import say

_QUOTE = 200  # characters of a quotation shown; the whole stands in --json


class Finding(Protocol):
    """One line of `kyodo doctor`."""

    @property
    def name(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def state(self) -> str: ...
    @property
    def advice(self) -> str: ...


def show_answer(console: Console, answer: Answer) -> None:
    """How a follow-up was understood, the text, the evidence it rests on, and what one must know beside it."""
    if answer.urgent:
        console.print(escape(answer.urgent), style="bold red")
    if answer.standalone:
        console.print(escape(say("chat", "understood", question=answer.standalone)), style="dim")
    style = "bold" if answer.status.value == "answered" else "yellow"
    console.print(escape(answer.text), style=style)
    console.print()
    spoken = [c for c in answer.citations if f"［{c.n}］" in answer.text]
    for citation in spoken or answer.citations:
        quote = " ".join(citation.quote.split())
        shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…"
        console.print(f"[bold]出典{citation.n}[/] {escape(citation.title)} {escape(citation.locator)}")
        console.print(f"    [dim]「{escape(shown)}」[/]")
    if answer.likely_divisions and not answer.reason.value.endswith("division_found"):
        named = "、".join(f"{d.organization} {d.division}" for d in answer.likely_divisions[:3])
        console.print(f"[dim]関わりのありそうな担当：{escape(named)}[/]")
    for notice in answer.notices:
        console.print(f"[dim]※ {escape(notice)}[/]")


def show_passages(console: Console, passages: Sequence[Passage]) -> None:
    if not passages:
        console.print("見つかりませんでした。言葉を変えてお試しください。 Nothing found.")
    for rank, passage in enumerate(passages, 1):
        console.print(f"[bold]{rank}[/] {passage.score:.2f} {escape(passage.title)} {escape(passage.locator)}")
        console.print(f"    [dim]{escape(' '.join(passage.text.split())[:_QUOTE])}[/]")


def show_directory(console: Console, records: Sequence[DirectoryRecord]) -> None:
    table = Table("番号", "区・局", "担当課", "事業名", "分野", "支援")
    for r in records:
        table.add_row(r.id, r.organization, "・".join(r.divisions), escape(r.name), r.field, r.support or "")
    console.print(table)
    console.print(f"{len(records)}事業")


def show_doctor(console: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        mark = "[green]○[/]" if finding.ok else "[yellow]△[/]"
        console.print(f"{mark} {escape(finding.name)}：{escape(finding.state)}")
        if finding.advice:
            console.print(f"    → {escape(finding.advice)}")
