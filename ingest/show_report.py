"""The report of a run in the terminal: what was done, left out and suspicious, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.markup import escape

from assistant.console import err
from ingest.report import SourceReport, report_of
from ingest.run import Run

_MOST_WARNINGS = 5  # of one source; more of them say the same of other pages


def show_report(run: Run) -> None:
    """Source by source, then the whole."""
    console, report = err(), report_of(run)
    if report.unchanged:
        console.print(f"変わりはありません（{report.documents}文書、{report.chunks}チャンク）。 Nothing has changed.")
        return
    for source, document in zip(report.sources, run.documents, strict=True):
        console.print(f"  {source.id}: {_about(source)}")
        for cut in document.exclusions:
            if len(cut.reason) > 15:  # mark-up rests are not worth a line each
                line = document.text.count("\n", 0, cut.start) + 1
                console.print(f"    除外 {line}行目から{cut.end - cut.start}文字：{escape(cut.reason)}")
        for known in document.source.known_errors:
            console.print(f"    既知の誤り：{escape(known)}")
        for gained in _gained(run, source.id):
            console.print(f"    {escape(gained)}")
        for warning in source.warnings[:_MOST_WARNINGS]:
            console.print(f"    [yellow]注意[/] {escape(warning)}")
        if len(source.warnings) > _MOST_WARNINGS:
            console.print(f"    [yellow]注意[/] ほか{len(source.warnings) - _MOST_WARNINGS}件（--json ですべて出ます）")
    said = {warning for source in report.sources for warning in source.warnings}
    for warning in (warning for warning in report.warnings if warning not in said):
        console.print(f"  [yellow]注意[/] {escape(warning)}")
    console.print(
        f"索引ができました：{report.documents}文書、{report.chunks}チャンク、事業{report.directory}件、"
        f"協働契約{report.contracts}件、表{report.tables}、想定質問{report.questions}。"
        f"新しく計算したベクトル{report.embedded}本、{sum(report.seconds.values()):.1f}秒。"
    )


def _gained(run: Run, source_id: str) -> Iterator[str]:
    """What an expected document changes now that it is here."""
    for one in run.records.replaced:
        if one.source_id == source_id and one.same:
            yield f"{one.quoted_in} の引用（{one.quoted_at}）に代わる根拠になりました。"
        elif one.source_id == source_id:
            yield f"{one.quoted_in} の引用（{one.quoted_at}）とは言葉が違うので、両方を根拠にし、こちらを先にします。"
    matters = [r for r in run.records.requirements if r.source_id == source_id]
    if matters:
        told = "、".join(r.text for r in matters)
        yield f"条例{matters[0].demanded_by}の規則で定める事項（{told}）が、下書きと点検に入ります。"


def _about(source: SourceReport) -> str:
    parts = [f"{source.chunks}チャンク", f"{source.characters:,}文字"]
    parts += [f"{source.pages}ページ"] if source.pages > 1 else []
    parts += [f"文字化けを読み直し{source.garbled}ページ"] if source.garbled else []
    parts += [f"文字認識（OCR）{source.ocr}ページ"] if source.ocr else []
    parts += [f"読めず{source.skipped}ページ"] if source.skipped else []
    return "、".join(parts)
