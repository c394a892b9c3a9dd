"""新旧対照 in the terminal: two columns where there is room for them, else the old words above the new ones."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ingest.diff.compare import Change, Comparison, Kind, Run

_WIDE = 100  # columns of a terminal that can hold two texts
NAMES: dict[Kind, str] = {
    "kept": "変わらない",
    "amended": "改める",
    "moved": "移る",
    "added": "加わる",
    "deleted": "なくなる",
}
KINDS = {"answer": "保存された回答", "feedback": "ご意見のある回答", "case": "評価のケース"}


def show(console: Console, comparison: Comparison) -> None:
    """The whole comparison; without colours the changed words stand in [-old-] and {+new+}."""
    console.print(Text(f"{comparison.title}（{comparison.source_id}）の新旧対照", style="bold"))
    console.print(f"旧：{comparison.old_version or '日付不明'}　新：{comparison.new_version}")
    console.print(counts(comparison))
    for change in comparison.changes:
        console.print()
        console.print(Text(f"■ {title_of(change)}", style="bold"))
        both = _both(console, change)
        console.print(both, soft_wrap=not isinstance(both, Table))
    if comparison.touched:
        console.print()
        console.print(Text("改める箇所を根拠にしているもの", style="bold"))
    for one in comparison.touched:
        state = "引用した文は新しい版にもあります" if one.stands else "引用した文が新しい版にありません"
        console.print(Text(f"  {KINDS[one.kind]} {one.id}（{one.place}、{state}）：{one.question}"))


def counts(comparison: Comparison) -> str:
    """How many units and chunks change, in one line each."""
    of = {kind: sum(c.kind == kind for c in comparison.changes) for kind in NAMES}
    units = "、".join(f"{NAMES[kind]}{of[kind]}" for kind in ("amended", "moved", "added", "deleted"))
    chunks = comparison.chunks
    return (
        f"箇所：変わらない{comparison.kept}、{units}\n"
        f"チャンク：そのまま{chunks.kept}、変わる{chunks.changed}、新しい{chunks.new}、なくなる{chunks.gone}"
    )


def title_of(change: Change) -> str:
    """第4条（会議） 改める; 第5条 → 第6条 移る（字句も改める）"""
    if change.kind == "moved":
        return f"{change.old_label} → {change.heading} {NAMES['moved']}" + (
            "（字句も改める）" if change.reworded else ""
        )
    return f"{change.heading} {NAMES[change.kind]}"


def _both(console: Console, change: Change) -> RenderableType:
    plain = not console.is_terminal or console.no_color
    old, new = _text(change.old, "-", plain), _text(change.new, "+", plain)
    if change.kind == "moved" and not change.reworded:
        return Text("（文は変わりません）")
    if console.width < _WIDE:
        return Group(
            Text("旧：", style="dim"), old or Text("（なし）"), Text("新：", style="dim"), new or Text("（なし）")
        )
    table = Table(expand=True)
    for name in ("旧", "新"):
        table.add_column(name, ratio=1, overflow="fold")
    table.add_row(old or Text("（なし）"), new or Text("（なし）"))
    return table


def _text(runs: Sequence[Run], sign: str, plain: bool) -> Text:
    """Changed words by colour and line, or by signs that need no colour."""
    opening, closing = ("[-", "-]") if sign == "-" else ("{+", "+}")
    text = Text(overflow="fold", no_wrap=False)
    for run in runs:
        if run.changed and plain:
            text.append(f"{opening}{run.text}{closing}")
        else:
            style = ("red strike" if sign == "-" else "green underline") if run.changed else ""
            text.append(run.text, style=style)
    return text
