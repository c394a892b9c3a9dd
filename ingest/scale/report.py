"""What `kyodo eval scale` shows and writes: tables in the terminal, scale.json and scale.svg in a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rich.table import Table

from assistant.console import out
from assistant.errors import BadInputFile, WrongUse
from ingest.scale.measure import ALL_CHUNKS, MUNICIPALITIES, NOTES, projection, shown, table
from ingest.scale.plot import plot

_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


def sizes_of(text: str) -> list[int]:
    """`1000,10000` as numbers in their order; raises WrongUse."""
    try:
        sizes = sorted({int(part.replace("_", "")) for part in text.split(",")})
    except ValueError:
        sizes = [0]
    if sizes[0] < 100:
        raise WrongUse(
            f"--sizes「{text}」は使えません。100以上の数をカンマで区切ってください（例 1000,10000）。",
            f"--sizes {text!r}: numbers from 100 on, with commas",
        )
    return sizes


def read_record(path: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
        table(report)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputFile(
            f"{path}: kyodo eval scale の記録として読めません。", f"{path}: not a record of kyodo eval scale"
        ) from error
    return report


def in_markdown(report: dict[str, Any]) -> str:
    """Both tables as docs/scale.md has them."""
    measured = [("", *(f"{one['wanted']:,}" for one in report["sizes"])), *table(report)]
    machine, embedder = report["machine"], report["embedder"]
    return "\n".join(
        [
            f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}. Embedding ({embedder['engine']}): "
            f"{shown(embedder['texts_s'])} texts of {embedder['characters']:.0f} characters a second, "
            f"{shown(embedder['question_ms'])} ms a question.",
            "",
            *_rows(measured),
            "",
            f"Carried on to {ALL_CHUNKS:,} chunks of {MUNICIPALITIES:,} municipalities:",
            "",
            *_rows([("", ""), *projection(report)]),
        ]
    )


def _rows(rows: list[tuple[str, ...]]) -> list[str]:
    head, *rest = [f"| {' | '.join(row)} |" for row in rows]
    return [head, "|---" + "|---:" * (len(rows[0]) - 1) + "|", *rest]


def write_all(report: dict[str, Any], folder: Path) -> None:
    """The record, the plot, and the tables of a scale.md that has a place for them."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "scale.md"
    if text.is_file():
        before, begin, _, end, after = re.split(f"({_BEGIN}|{_END})", text.read_text("utf-8"))
        text.write_text(f"{before}{begin}\n{in_markdown(report)}\n{end}{after}", "utf-8")
    (folder / "scale.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "scale.svg").write_text(plot(report), "utf-8")


def say_all(report: dict[str, Any]) -> None:
    told = Table("何を", *(f"{one['wanted']:,}" for one in report["sizes"]))
    for row in table(report):
        told.add_row(*row)
    out().print(told)
    embedder = report["embedder"]
    out().print(
        f"埋め込み（{embedder['engine']}）：{embedder['characters']:.0f}文字の文を毎秒{shown(embedder['texts_s'])}本、"
        f"質問1つ{shown(embedder['question_ms'])} ms  embedding: texts a second, ms a question"
    )
    for note in NOTES:
        out().print(f"※ {note}")
    out().print("全国1,800自治体、1億チャンクに延ばすと  carried on to 1,800 municipalities, 10⁸ chunks")
    for name, value in projection(report):
        out().print(f"  {name}: {value}")
