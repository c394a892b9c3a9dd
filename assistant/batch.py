"""Batch files: JSON Lines in, JSON Lines out, in the same order. A bad line gets a record with status `error`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from assistant.console import bar, err
from assistant.errors import BadInputFile, StorageFailed
from assistant.outcomes import Reason
from prompts import say

Record = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """How a batch ended: lines answered and lines that could not be read."""

    good: int
    bad: int


class BadLine(ValueError):
    """A line that is not a record of the expected kind."""


def run_batch(source: Path, target: str, work: Callable[[Record], Record], on_line: Callable[[], None]) -> Done:
    """Carry out `work` for each line of `source` and write the results to `target` (`-` = standard output).

    The output file appears when it is complete: a batch that dies leaves the previous one untouched.
    """
    lines = _lines(source)
    if target == "-":
        return _run(lines, sys.stdout, work, on_line)
    part = Path(f"{target}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            done = _run(lines, handle, work, on_line)
        part.replace(target)
    except OSError as error:
        raise StorageFailed(
            f"{target} に書き込めません（{error.strerror}）。場所と空き容量を確かめてください。",
            f"cannot write {target} ({error.strerror})",
        ) from error
    return done


def batch_with_bar(source: Path, target: str, work: Callable[[Record], Record], name: str) -> Done:
    """`run_batch` with a progress bar that says `name`, and a last line of what was done, both on standard error."""
    with bar({"batch": name}) as progress:
        progress.step("batch")
        progress.total(count_lines(source), "行")
        done = run_batch(source, target, work, lambda: progress.advance(1))
    err().print(f"{done.good}行を処理しました。読めなかった行：{done.bad}。 {done.good} done, {done.bad} bad lines.")
    return done


def count_lines(source: Path) -> int:
    return len(_lines(source))


def _lines(source: Path) -> list[str]:
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputFile(f"{source}: ファイルが見つかりません。", f"{source}: no such file") from error
    except UnicodeDecodeError as error:
        raise BadInputFile(
            f"{source}: UTF-8 で読めません（{error.start}バイト目）。UTF-8 で保存し直してください。",
            f"{source}: not UTF-8 (byte {error.start})",
        ) from error
    except OSError as error:
        raise BadInputFile(f"{source}: 読めません（{error.strerror}）。", f"{source}: {error.strerror}") from error
    return [line for line in text.split("\n") if line.strip()]


def _run(lines: list[str], out: TextIO, work: Callable[[Record], Record], on_line: Callable[[], None]) -> Done:
    bad = 0
    for result in _results(lines, work):
        bad += result.get("status") == "error"
        out.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        on_line()
    out.flush()
    return Done(len(lines) - bad, bad)


def _results(lines: list[str], work: Callable[[Record], Record]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        identity: Any = None
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise BadLine("not a JSON object")
            identity = record.get("id")
            yield {"id": identity, **work(record)}
        except (ValueError, RecursionError) as error:  # json.JSONDecodeError and BadLine are ValueErrors
            message = say("reason", Reason.BAD_LINE.value, detail=str(error))
            yield {"id": identity, "line": number, "status": "error", "reason": Reason.BAD_LINE, "message": message}


def text_field(record: Record, name: str) -> str:
    """A text of a record; a missing one or another type is a bad line."""
    value = record.get(name)
    if not isinstance(value, str):
        raise BadLine(f"“{name}” must be a text")
    return value
