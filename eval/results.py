"""What a run leaves behind: every case with its scores, the figures made of them, and what the run was made with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.answers import Answer
from assistant.errors import BadInputFile
from eval.configuration import Configuration
from eval.measures import Measure, measures
from eval.stats import COUNTS, POOLED, QUANTILES, bootstrap, bootstrap_pooled, pooled, quantile, wilson

OURS = "kyodo"
_PASSAGES = 3  # whose places are kept of a miss


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True)


class Trace(_Data):
    """What was said instead, and on what ground."""

    status: str
    reason: str
    text: str
    passages: tuple[str, ...]
    divisions: tuple[str, ...]
    timings_ms: dict[str, float]
    before: tuple[str, ...] = ()  # what the person said earlier in the conversation
    faults: dict[str, tuple[str, ...]] = {}  # of a draft or a review: what is wrong with it, by kind

    @classmethod
    def of(cls, answer: Answer, before: Sequence[str] = ()) -> Trace:
        return cls(
            status=answer.status.value,
            reason=answer.reason.value,
            text=answer.text,
            passages=tuple(f"{p.title} {p.locator}".strip() for p in answer.passages[:_PASSAGES]),
            divisions=tuple(f"{d.organization} {d.division}" for d in answer.divisions[:_PASSAGES]),
            timings_ms=answer.timings_ms,
            before=tuple(before),
        )


class Graded(_Data):
    """One case (of a dialog: one turn, or the whole) with its scores; shares are made of 0 and 1."""

    system: str
    folder: str
    file: str
    id: str
    question: str
    reason: str = ""
    groups: dict[str, str] = {}
    scores: dict[str, float]
    trace: Trace | None = None

    @property
    def missed(self) -> tuple[str, ...]:
        """The measures this case fails, of those whose failures are listed."""
        return tuple(m.name for m in measures().values() if m.miss and m.failed(self.scores))


def kept(graded: Graded) -> Graded:
    """Without its trace where nothing was missed or a peer was asked."""
    return graded if graded.missed and graded.system == OURS else graded.model_copy(update={"trace": None})


class Figure(_Data):
    """A measure over `n` cases with its 95 % interval. Shares 0–1, lengths in characters, times in ms."""

    value: float
    low: float
    high: float
    n: int


class Report(_Data):
    """One run: `figures` ours over all folders, `peers` the others, `folders` ours in each folder."""

    created: str
    configuration: Configuration
    figures: dict[str, Figure]
    peers: dict[str, dict[str, Figure]]
    folders: dict[str, dict[str, Figure]]
    graded: tuple[Graded, ...]

    @property
    def ours(self) -> list[Graded]:
        return [g for g in self.graded if g.system == OURS]

    @property
    def misses(self) -> list[Graded]:
        return [g for g in self.ours if g.missed]

    @property
    def cases(self) -> int:
        """Cases, a dialog counted once."""
        return sum(g.file != "dialogs" or "dialog_conversations" in g.scores for g in self.ours)


def figures(graded: Iterable[Graded], *, peers: bool = False) -> dict[str, Figure]:
    """Every measure that the given cases have scores for; `peers` leaves out what peers cannot be compared with."""
    cases = list(graded)
    found = {}
    for measure in measures().values():
        if peers and not measure.peers:
            continue
        rows = [[g.scores[name] for name in measure.scores] for g in cases if measure.scores[0] in g.scores]
        figure = _pooled(measure, rows) if measure.how in POOLED else _figure(measure, [value for (value,) in rows])
        if figure:
            found[measure.name] = figure
    return found


def _pooled(measure: Measure, rows: list[list[float]]) -> Figure | None:
    """A figure of counts; `n` is how many items, codes or quotes it is made of, not how many cases."""
    above, below = pooled(np.asarray(rows, np.float64).reshape(-1, len(COUNTS)).sum(axis=0), measure.how)
    if below == 0:
        return None
    value, n = float(above / below), int(sum(map(sum, rows)) if measure.how == "f1" else below)
    # Where nothing or everything is right, every draw of a bootstrap is alike and would look sure.
    low, high = bootstrap_pooled(rows, measure.how) if 0 < value < 1 else wilson(round(value) * n, n)
    return Figure(value=round(value, 4), low=round(low, 4), high=round(high, 4), n=n)


def _figure(measure: Measure, values: list[float]) -> Figure | None:
    n = len(values)
    if n == 0:
        return None
    if measure.how == "share":
        value, (low, high) = sum(values) / n, wilson(int(sum(values)), n)
    else:
        value = sum(values) / n if measure.how == "mean" else quantile(values, QUANTILES[measure.how])
        low, high = bootstrap(values, measure.how)
    return Figure(value=round(value, 4), low=round(low, 4), high=round(high, 4), n=n)


def breakdown(graded: Iterable[Graded], field: str) -> dict[str, dict[str, Figure]]:
    """Figures by the value of one field (kind, audience, lang) of the cases that have it, the most frequent first."""
    groups: dict[str, list[Graded]] = {}
    for one in graded:
        if field in one.groups:
            groups.setdefault(one.groups[field], []).append(one)
    return {name: figures(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}


def save(report: Report, folder: Path) -> Path:
    """Write a report where `compare` and people find it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.created.replace(':', '')}.json"
    names = {name: {"label": m.label, "unit": m.unit} for name, m in measures().items() if name in report.figures}
    data = {**report.model_dump(mode="json"), "measures": names}  # for readers that do not know this package
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return path


def read(path: Path) -> Report:
    try:
        return Report.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputFile(
            f"{path}：評価の記録として読めません。kyodo eval run で作り直してください。",
            f"{path}: not a saved evaluation run of this version; make one with: kyodo eval run",
        ) from error
