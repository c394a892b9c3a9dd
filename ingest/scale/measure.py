"""The figures of all sizes, the table people read, and what they come to for all municipalities together."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.embeddings import E5
from ingest.scale.drawn import save_sample
from ingest.scale.ordinances import ordinance

Say = Callable[[str], None]
_SAMPLE = 200  # texts, and questions, that the real embedder embeds
STORAGE_USD, WRITTEN_USD = 0.33, 2.50  # a GiB and month, a GiB: docs.trychroma.com/cloud/pricing, October 2026
MUNICIPALITIES = 1_800
ALL_CHUNKS = 100_000_000
_JSON = ("rows.json", "records.json", "questions.json")
_PURE = ("read_pages", "clean_text", "split_sections", "build_records", "build_chunks", "cut_pieces", "add_questions")
NOTES = (
    "条例は語の一覧から作ったもので、本物より短く、語彙が少ない。 The ordinances are synthetic: shorter, fewer words.",
    "ベクトルは実物の周りに引いたもので、速さと大きさだけを測る。 Vectors are drawn around real ones.",
    "検索の時間に質問の埋め込みは入らない。 Search excludes embedding the question.",
)


def measure(sizes: Sequence[int], engine: str, say: Say) -> dict[str, Any]:
    """Each size in processes of its own; one JSON object."""
    with TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.npz"
        say(f"{_SAMPLE}本ずつ実物のベクトルを計算する")
        report: dict[str, Any] = {"machine": _machine(), "embedder": _embed_sample(sample, engine), "sizes": []}
        for wanted in sizes:
            home = Path(folder) / str(wanted)
            say(f"{wanted:,}チャンクを取り込む")
            built = _one_size("build", home, sample, wanted)
            say(f"{wanted:,}チャンクから探す")
            found = _one_size("search", home, sample, wanted)
            report["sizes"].append({"wanted": wanted, "build": built, "search": found})
    return report


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def _embed_sample(path: Path, engine: str) -> dict[str, Any]:
    """Real vectors of a sample, written to `path`; how many texts a second, and milliseconds a question."""
    made = [ordinance(number) for number in range(_SAMPLE // 25)]
    lines = [line for one in made for line in one.text.split("\n") if len(line) > 30]
    questions = [question for one in made for _, question in one.questions]
    embedder = E5(engine)  # type: ignore[arg-type]
    embedder.query("はじめに")  # loads the weights
    began = time.perf_counter()
    passages = [f"{made[0].title} ＞ {line}" for line in lines[:_SAMPLE]]
    embedder.passages(passages)
    took = time.perf_counter() - began
    began = time.perf_counter()
    save_sample(embedder, passages[:1], questions[:1], path)  # both kinds once, so that the next lines are warm
    each = (time.perf_counter() - began) / 2
    save_sample(embedder, passages, questions[:_SAMPLE], path)
    characters = sum(map(len, passages)) / len(passages)
    return {"engine": embedder.engine, "texts_s": _SAMPLE / took, "characters": characters, "question_ms": each * 1000}


def _one_size(what: str, home: Path, sample: Path, chunks: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "ingest.scale.one_size", what, str(home), str(sample), str(chunks)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


Row = tuple[str, str, Callable[[dict[str, Any]], float]]


def _share(part: str) -> Callable[[dict[str, Any]], float]:
    return lambda one: one["build"]["disk"].get(part, 0.0)


def _rate(*steps: str) -> Callable[[dict[str, Any]], float]:
    return lambda one: one["build"]["chunks"] / max(1e-9, sum(one["build"]["seconds"][step] for step in steps))


pure_rate = _rate(*_PURE)


def _publish(part: str) -> Callable[[dict[str, Any]], float]:
    return lambda one: one["build"]["chunks"] / max(1e-9, one["build"]["publish"][part])


def disk(one: dict[str, Any]) -> float:
    """MiB of the index itself."""
    return float(sum(value for part, value in one["build"]["disk"].items() if part != "cache"))


ROWS: tuple[Row, ...] = (
    ("チャンク chunks", "", lambda one: one["build"]["chunks"]),
    ("引用単位 pieces", "", lambda one: one["build"]["pieces"]),
    ("想定質問 expected questions", "", lambda one: one["build"]["questions"]),
    ("読む～想定質問 pure steps", "/s", pure_rate),
    ("ベクトルを集めて控える vectors kept", "/s", _rate("embed_chunks")),
    ("Chromaへ into Chroma", "/s", _publish("store")),
    ("語の索引 lexical index", "/s", _publish("build_lexical")),
    ("例の質問の索引 index of examples", "/s", _publish("build_examples")),
    ("取り込み全体 all of ingest", "/s", lambda one: one["build"]["chunks"] / sum(one["build"]["seconds"].values())),
    ("取り込みのメモリ最大 ingest, peak memory", "MiB", lambda one: one["build"]["peak_mib"]),
    ("開く opening", "s", lambda one: one["search"]["open_s"]),
    ("最初の質問 first question", "ms", lambda one: one["search"]["first_ms"]),
    ("検索 search p50", "ms", lambda one: one["search"]["p50_ms"]),
    ("検索 search p95", "ms", lambda one: one["search"]["p95_ms"]),
    ("うち語の索引 of it lexical", "ms", lambda one: one["search"]["lexical_ms"]),
    ("近い想定質問：全部と比べる all compared", "ms", lambda one: one["search"]["dense"]["exact_ms"]),
    ("近い想定質問：Chromaのグラフ graph", "ms", lambda one: one["search"]["dense"]["graph_ms"]),
    ("グラフが見落とす割合 graph misses", "%", lambda one: 100 * one["search"]["dense"]["graph_misses"]),
    ("自分だけのメモリ own memory", "MiB", lambda one: one["search"]["anonymous_mib"]),
    ("共有できるメモリ mapped memory", "MiB", lambda one: one["search"]["mapped_mib"]),
    ("索引の大きさ disk", "MiB", disk),
    ("うちChroma of it Chroma", "MiB", _share("chroma")),
    ("うち語の索引 lexical", "MiB", _share("lexical")),
    ("うち比べるベクトル vectors", "MiB", _share("vectors")),
    ("うち本文 texts", "MiB", _share("texts")),
    ("うちJSON rows, records, questions", "MiB", lambda one: sum(map(one["build"]["disk"].get, _JSON))),
    ("ベクトルの控え vector cache", "MiB", _share("cache")),
)


def table(report: dict[str, Any]) -> list[tuple[str, ...]]:
    """A row a figure, a column a size."""
    return [
        (name, *(f"{shown(value(one))}{'' if unit in ('', '/s') else ' '}{unit}" for one in report["sizes"]))
        for name, unit, value in ROWS
    ]


def projection(report: dict[str, Any]) -> list[tuple[str, str]]:
    """What the largest size comes to for all municipalities and for one; each line follows from measured figures alone."""
    largest = report["sizes"][-1]
    built, chunks = largest["build"], largest["build"]["chunks"]
    texts = (chunks + built["pieces"] + built["questions"]) / chunks
    days = ALL_CHUNKS / 86_400
    per_chunk = {part: value / chunks for part, value in built["disk"].items()}
    whole = disk(largest) / chunks
    vectors = texts * 384 * 4 / 2**20  # MiB a chunk
    stored = ALL_CHUNKS * (vectors + per_chunk["texts"]) / 2**10  # GiB
    lines = [
        ("1チャンクあたりのベクトル vectors a chunk", f"{texts:.2f}"),
        ("ベクトルの数 vectors", shown(ALL_CHUNKS * texts / 1e6) + " million"),
        ("ベクトルの計算、この計算機で embedding here", _days(days * texts / report["embedder"]["texts_s"])),
        ("同じ計算機100台で on 100 such machines", _days(days * texts / report["embedder"]["texts_s"] / 100)),
        ("読む～想定質問、1プロセス pure steps", _days(days * _seconds(built, *_PURE) / chunks)),
        ("索引を書く、1プロセス writing", _days(days * _seconds(built, "publish_index") / chunks)),
        ("取り込みのメモリ ingest memory", _gib(ALL_CHUNKS * built["peak_mib"] / chunks)),
        ("索引 disk", _gib(ALL_CHUNKS * whole)),
        ("うちChroma of it Chroma", _gib(ALL_CHUNKS * per_chunk["chroma"])),
        ("うち語の索引 lexical", _gib(ALL_CHUNKS * per_chunk["lexical"])),
        ("ベクトルだけ、float32 vectors alone", _gib(ALL_CHUNKS * vectors)),
        ("Chroma Cloudに置く storage a month", f"{shown(stored * STORAGE_USD)} USD"),
        ("Chroma Cloudへ書く written once", f"{shown(stored * WRITTEN_USD)} USD"),
    ]
    if len(report["sizes"]) > 1:
        lines += _carried_on(report["sizes"][-2], largest)
    each = ALL_CHUNKS / MUNICIPALITIES
    return [
        *lines,
        ("1自治体のチャンク chunks of one municipality", shown(int(each))),
        ("1自治体の索引 its disk", _gib(each * whole)),
        ("1自治体のベクトルの計算 its embedding", _hours(each * texts / report["embedder"]["texts_s"])),
        ("1自治体の索引を書く its writing", _hours(each * _seconds(built, "publish_index") / chunks)),
    ]


def _carried_on(before: dict[str, Any], largest: dict[str, Any]) -> list[tuple[str, str]]:
    """Memory and time of a search, by what each further chunk adds between the two largest sizes."""
    further = largest["build"]["chunks"] - before["build"]["chunks"]
    memory, milliseconds = (
        (largest["search"][what] - before["search"][what]) / further for what in ("anonymous_mib", "p50_ms")
    )
    peak = (largest["build"]["peak_mib"] - before["build"]["peak_mib"]) / further
    return [
        ("検索プロセスのメモリ memory of a searching process", _gib(ALL_CHUNKS * memory)),
        ("検索 search p50", f"{shown(ALL_CHUNKS * milliseconds / 1_000)} s"),
        ("16 GiBで検索できるチャンク searched in 16 GiB", shown(int(16 * 2**10 / memory))),
        ("16 GiBで取り込めるチャンク ingested in 16 GiB", shown(int(16 * 2**10 / peak))),
        ("検索1秒になるチャンク chunks for a second a search", shown(int(1_000 / milliseconds))),
    ]


def _seconds(built: dict[str, Any], *steps: str) -> float:
    return float(sum(built["seconds"][step] for step in steps))


def _days(value: float) -> str:
    return f"{shown(value)} 日 days"


def _hours(seconds: float) -> str:
    return f"{shown(seconds / 3_600)} 時間 h"


def _gib(mib: float) -> str:
    return f"{shown(mib / 2**10)} GiB"


def shown(value: float) -> str:
    """A figure as people read it: three digits that count."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
