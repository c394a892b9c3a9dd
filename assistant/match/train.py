"""Fits the matcher's weights and what known.py knows (`make matcher`, some four hours on two
cores), to the examples and the index in the home.

Each question is held against the ten pieces that the search finds for it and "none of them": the loss is the cross
entropy of the right ones together. A follow-up is asked in all the readings that the service makes of it, as match.py
does. PyTorch is needed to train alone (extra `train`). Afterwards `kyodo ingest --ship`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.chat.other_readings import other_readings
from assistant.chat.rank import rank_pieces
from assistant.chat.retrieve import retrieve, understand
from assistant.chat.turn import Turn
from assistant.embeddings import E5
from assistant.match.examples import Example, asked_as, read_conversations, read_examples
from assistant.match.known import KNOWN
from assistant.match.matcher import LONGEST, LONGEST_QUESTION, WEIGHTS
from assistant.match.network import READ, Network
from assistant.match.train_known import Written, fitted, of_readings, padded
from assistant.search.searcher import Searcher
from assistant.service import Service
from assistant.settings import Settings

_ROUNDS, _BATCH, _PIECES = 4, 32, 10
_FOUND = 24  # pieces that the search ranks first; from these the wrong ones are drawn
_RATE, _DECAY = 1.5e-3, 0.02
_SURELY = 6  # of the wrong pieces those ranked first are always there, others by chance
_SAMPLE = 40_000  # tokens that the fixed projection is computed from
_LEAST = 1e-3  # spread of a number below which it is not stretched further
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Task:
    """What is learned at once: an example, in its one reading or in those of a follow-up, and what the search finds for it,
    ids of pieces, best first."""

    example: Example
    readings: tuple[str, ...]
    found: list[str]
    is_follow_up: bool = False


@dataclass(frozen=True)
class Data:
    """Tokens as (n, READ) float16: of each reading, and of each piece by its id."""

    tasks: list[Task]
    asked: dict[str, Array]
    told: dict[str, Array]


@dataclass(frozen=True)
class Projection:
    """The 3 × 384 numbers of a token turned to their main directions: (x − mean) @ turn."""

    mean: Array
    turn: Array

    def __call__(self, states: Array) -> Array:
        return np.asarray((states - self.mean) @ self.turn, np.float16)


def collect(service: Service, embedder: E5) -> tuple[Data, Projection]:
    """Read every piece and question once, word by word, and search for every question."""
    index = service.searcher.index
    pieces = [piece for piece, _ in index.pieces_of([row.id for row in index.rows])]
    contexts = {i: chunk.context for i, chunk in index.chunks([row.id for row in index.rows]).items()}
    texts = {piece.id: f"{contexts[piece.chunk_id]}\n{piece.said}" for piece in pieces}
    told = {i: _states(embedder, text, is_question=False)[:LONGEST] for i, text in texts.items()}
    tasks = [task for task in (*_questions(service.searcher), *_follow_ups(service)) if task.found]
    readings = dict.fromkeys(reading for task in tasks for reading in task.readings)
    asked = {text: _states(embedder, text, is_question=True)[:LONGEST_QUESTION] for text in readings}
    projection = _projection(list(told.values()), list(asked.values()))
    return Data(
        tasks, {k: projection(v) for k, v in asked.items()}, {k: projection(v) for k, v in told.items()}
    ), projection


def _questions(searcher: Searcher) -> Iterator[Task]:
    for example in read_examples(searcher.index):
        yield Task(example, (example.question,), _found(Turn(example.question, searcher)))


def _follow_ups(service: Service) -> Iterator[Task]:
    """The turns of the written conversations as the service reads them, behind its own answers."""
    searcher = service.searcher
    for number, turns in enumerate(read_conversations()):
        talk = service.conversation()
        for place, turn in enumerate(turns):
            history = talk.history
            standalone = talk.ask(turn.said).standalone or turn.said
            others = other_readings(history, turn.said, standalone)
            readings = tuple(dict.fromkeys((standalone, *(other.text for other in others))))
            said = turn.said if turn.said != standalone else ""
            for example in asked_as(searcher.index, turn.alone, standalone, number) if place else ():
                found = _found(Turn(standalone, searcher, said=said, others=others))
                yield Task(example, readings, found, is_follow_up=True)


def _states(embedder: E5, text: str, *, is_question: bool) -> Array:
    states = embedder.states(text, is_question=is_question)
    if states is None:
        raise SystemExit("the engine onnxruntime is needed to train the matcher")
    return states.astype(np.float16)


def _found(turn: Turn) -> list[str]:
    turn = understand(turn)
    return [one.piece.id for one in rank_pieces(retrieve(turn))[:_FOUND]] if turn.reason is None else []


def _projection(*kinds: Sequence[Array]) -> Projection:
    rng = np.random.default_rng(0)
    parts = [np.concatenate(list(kind)) for kind in kinds]
    sample = np.concatenate([p[rng.choice(len(p), min(_SAMPLE, len(p)), replace=False)] for p in parts]).astype(
        np.float32
    )
    mean, spread = sample.mean(0), sample.std(0) + _LEAST
    scaled = (sample - mean) / spread
    directions = np.linalg.eigh(scaled.T @ scaled)[1][:, ::-1][:, :READ]
    return Projection(mean, directions / spread[:, None])


def fit(data: Data, rounds: int = _ROUNDS) -> Any:
    """A trained network; the same data give nearly the same one."""
    chance = random.Random(0)  # noqa: S311 - which examples a round has is no secret
    torch.manual_seed(0)
    network = Network()
    size = sum(0.5 if task.example.drawn else 1 for task in data.tasks)
    steps = int(rounds * size / _BATCH) + rounds
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps, pct_start=0.1)
    for n in range(rounds):
        drawn = [task for task in data.tasks if not task.example.drawn or chance.random() < 0.5]
        chance.shuffle(drawn)
        losses = []
        for start in range(0, len(drawn) - _BATCH, _BATCH):
            loss = _loss(network, data, drawn[start : start + _BATCH], chance)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        sys.stderr.write(f"round {n + 1} of {rounds}: loss {np.mean(losses):.3f}\n")
    return network.eval()


def _loss(network: Any, data: Data, batch: Sequence[Task], chance: random.Random) -> Any:
    chosen = [_pieces(task, chance) for task in batch]
    of = torch.tensor([n for n, task in enumerate(batch) for _ in task.readings])
    asked, asked_mask = padded([data.asked[reading] for task in batch for reading in task.readings])
    told, told_mask = padded([data.told[i] for ids in chosen for i in (*ids, *ids[:1] * (_PIECES - len(ids)))])
    shape = (len(batch), _PIECES, -1)
    each = network(asked, asked_mask, told.view(*shape, READ)[of], told_mask.view(*shape)[of])
    scores = torch.stack([of_readings(each[of == n]) for n in range(len(batch))])
    there = torch.tensor([[n < len(ids) for n in range(_PIECES)] + [True] for ids in chosen])
    right = torch.tensor(
        [
            [n < len(ids) and ids[n] in task.example.right for n in range(_PIECES)] + [not task.example.right]
            for task, ids in zip(batch, chosen, strict=True)
        ]
    )
    every = torch.cat([scores, network.null.expand(len(batch), 1)], 1).masked_fill(~there, -1e4).log_softmax(-1)
    weights = torch.tensor([task.example.weight for task in batch])
    return -(every.masked_fill(~right, -1e4).logsumexp(-1) * weights).mean()


def _pieces(task: Task, chance: random.Random) -> list[str]:
    """Some right pieces, then wrong ones."""
    right = [i for i in task.found if i in task.example.right][:4] or sorted(task.example.right)[:3]
    wrong = [i for i in task.found if i not in task.example.right]
    others = wrong[_SURELY:]
    return [*right, *wrong[:_SURELY], *chance.sample(others, min(len(others), _SURELY))][:_PIECES]


def saved(network: Any, projection: Projection, told: Sequence[Array]) -> dict[str, Array]:
    """The weights as matcher.py reads them: matrices turned for `x @ w`, the projection within the first ones."""
    weights = {name: value.detach().numpy().astype(np.float64) for name, value in network.state_dict().items()}
    for name in ("q", "p"):
        first = projection.turn @ weights[f"{name}.weight"].T
        weights |= {f"{name}.bias": weights[f"{name}.bias"] - projection.mean @ first, f"{name}.weight": first.T}
    named = {name.replace("proj_", "proj."): value.T for name, value in weights.items()}
    kept = network.pn(network.p(torch.from_numpy(np.concatenate(told[::7]).astype(np.float32)))).detach().numpy()
    small = {
        name: value.astype(np.float16 if name[:2] not in ("q.", "p.") else np.float32) for name, value in named.items()
    }
    return {**small, "scale": np.quantile(np.abs(kept), 0.9999, axis=0).astype(np.float32)}


def _written(data: Data) -> tuple[list[Written], list[Written]]:
    """The questions that were written for a chunk, turns put as such among them, and the turns of conversations as said."""
    kinds: tuple[list[Written], list[Written]] = ([], [])
    for n, task in enumerate(data.tasks):
        example = task.example
        if example.chunk:
            talk = -1 - n if example.talk is None else example.talk
            written = Written(task.readings, example.chunk, bool(example.right), talk)
            kinds[task.is_follow_up].append(written)
    return kinds


def main() -> None:
    settings, embedder = Settings(), E5("onnxruntime")
    service = Service(settings, embedder)
    service.searcher.__dict__["known"] = None  # what is written must not be told by what was learned of it
    data, projection = collect(service, embedder)
    weights: dict[str, Any] = saved(fit(data), projection, list(data.told.values()))
    keys, turns = _written(data)
    known = fitted(keys, turns, data.asked, projection.mean, projection.turn)
    np.savez_compressed(Path(__file__).parent / WEIGHTS, **weights)
    np.savez_compressed(Path(__file__).parent / KNOWN, **known)
    sys.stderr.write(f"{len(data.tasks)} examples, {len(keys)} written questions, {len(data.told)} pieces\n")


if __name__ == "__main__":
    main()
