"""Fits what known.py knows to the written questions (a part of `make matcher`, some ten minutes on two cores).

Each written question is asked of the others but those of its own conversation: how near the answered ones are against
those that nothing answers, and which chunk they were written for. A turn of a conversation is asked in all its
readings, as match.py does. A step takes some chunks and one chunk near to each, for what is hard to tell is what was
written for the same matter. PyTorch is needed to train alone (extra `train`).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from assistant.chat.match import OF_MEAN
from assistant.match.known import LEVELS, pooled

_HEADS, _SIZE = 8, 96  # ways to weigh the words of a question; numbers of its vector
_STEPS, _CHUNKS, _NEAR = 600, 24, 3  # steps; chunks in each, and how many near ones the second of a pair is drawn from
_ASKED, _TURNS = 700, 96  # questions and turns asked in a step
_RATE, _RATE_OF_HEAT = 2e-3, 1e-2
_DROPPED, _TOKENS = 0.1, 0.1  # share of the numbers and of the words left out while training
_OF_CHUNK = 0.2  # what finding the chunk counts beside telling whether it answers
_HEAT = 20.0  # to begin with
_FAR = -1e4  # of what must not be seen
_LEAST_SHARE = -12.0  # logarithm: a question that is alone with its matter must not count for more
_SOME = 20  # one question in so many tells how the numbers spread
_SAMPLE = 40  # questions that tell where a chunk lies
Array = NDArray[Any]


@dataclass(frozen=True)
class Written:
    """A question in its readings (one, if it is no turn of a conversation), the chunk it was written for, and whether that
    answers it; `talk` is the number of the conversation it comes from, or its own."""

    readings: tuple[str, ...]
    chunk: str
    answered: bool
    talk: int


class Pooling(nn.Module):  # type: ignore[misc]  # PyTorch is installed only to train
    """Tokens (questions, tokens, n) → vectors (questions, _SIZE) of length 1; known.pooled computes the same with numpy."""

    def __init__(self, numbers: int) -> None:
        super().__init__()
        self.look = nn.Parameter(torch.randn(numbers, _HEADS) * 0.05)
        start = torch.eye(numbers)[:, :_SIZE].repeat(_HEADS, 1) / _HEADS
        self.embed = nn.Parameter(start + torch.randn_like(start) * 0.02)
        self.heat = nn.Parameter(torch.tensor(np.log(_HEAT)))
        self.bias = nn.Parameter(torch.zeros(2))  # of questions; and of turns more: their limit stands for it

    def forward(self, tokens: Any, mask: Any) -> Any:
        shares = (tokens @ self.look).masked_fill(~mask[..., None], _FAR).softmax(1)
        seen = torch.einsum("bth,btd->bhd", shares, tokens).flatten(1)
        return functional.normalize(seen @ self.embed, dim=1)


@dataclass(frozen=True)
class Labels:
    """Of some questions, as tensors: whether they are answered, the numbers of their chunks and talks."""

    answered: Any
    chunk: Any
    talk: Any


class Course:
    """The written questions by chunk, and what a step takes of them."""

    def __init__(self, keys: Sequence[Written], turns: Sequence[Written], asked: Mapping[str, Array]) -> None:
        """`asked`: the tokens of each reading, (tokens, n), of about the same spread in all n directions."""
        self.asked = asked
        self._chance = random.Random(0)  # noqa: S311 - which questions a step has is no secret
        self._keys_of, self._turns_of = _by_chunk(keys), _by_chunk(turns)
        self._chunks = list(self._keys_of)
        self._number = {name: n for n, name in enumerate(self._chunks)}
        self._near = self._neighbours()

    def step(self) -> tuple[list[Written], list[Written]]:
        """Some questions side by side in meaning, and turns about the same."""
        seeds = self._chance.sample(range(len(self._chunks)), min(_CHUNKS, len(self._chunks)))
        chosen = dict.fromkeys(n for seed in seeds for n in (seed, int(self._chance.choice(self._near[seed]))))
        names = [self._chunks[n] for n in chosen]
        turns = [turn for name in names for turn in self._turns_of.get(name, [])]
        keys = [key for name in names for key in self._keys_of[name]]
        self._chance.shuffle(keys)
        return keys, self._chance.sample(turns, min(_TURNS, len(turns)))

    def labels(self, written: Sequence[Written]) -> Labels:
        return Labels(
            torch.tensor([one.answered for one in written]),
            torch.tensor([self._number[one.chunk] for one in written]),
            torch.tensor([one.talk for one in written]),
        )

    def _neighbours(self) -> Array:
        centres = np.stack([self._centre(self._keys_of[name][:_SAMPLE]) for name in self._chunks])
        centres -= centres.mean(0)
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        nearest: Array = np.argsort(-(centres @ centres.T), 1)[:, 1 : 1 + _NEAR]
        return nearest

    def _centre(self, keys: Sequence[Written]) -> Array:
        centre: Array = np.mean([np.asarray(self.asked[key.readings[0]], np.float32).mean(0) for key in keys], 0)
        return centre


def fit(keys: Sequence[Written], turns: Sequence[Written], asked: Mapping[str, Array], steps: int) -> Pooling:
    """The pooling by which each question is told best by the others."""
    torch.manual_seed(0)
    course = Course(keys, turns, asked)
    numbers = next(iter(asked.values())).shape[1]
    pooling = Pooling(numbers)
    slow, fast = [pooling.look, pooling.embed], [pooling.heat, pooling.bias]
    optimizer = torch.optim.AdamW([{"params": slow}, {"params": fast}], weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [_RATE, _RATE_OF_HEAT], total_steps=steps, pct_start=0.1)
    losses = []
    for n in range(steps):
        loss = _loss(pooling, course, *course.step())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if (n + 1) % 50 == 0:
            sys.stderr.write(f"step {n + 1} of {steps}: loss {np.mean(losses[-50:]):.3f}\n")
    pooling.eval()
    return pooling


def _loss(pooling: Pooling, course: Course, keys: list[Written], turns: list[Written]) -> Any:
    kept = (torch.rand(len(pooling.look)) > _DROPPED).float() / (1 - _DROPPED)
    known, labels = pooling(*_fewer([course.asked[key.readings[0]] for key in keys], kept)), course.labels(keys)
    some = course.labels(keys[:_ASKED])
    odds, share = _told(pooling, known[:_ASKED], some, known, labels)
    loss = _wrong(odds, some.answered) - _OF_CHUNK * share.mean()
    if not turns:
        return loss
    each = course.labels([turn for turn in turns for _ in turn.readings])
    asked = pooling(*_fewer([course.asked[text] for turn in turns for text in turn.readings], kept))
    odds, share = _told(pooling, asked, each, known, labels)
    ends = np.cumsum([len(turn.readings) for turn in turns])[:-1].tolist()
    together = torch.stack([of_readings(part) for part in odds.tensor_split(ends)])
    wrong = _wrong(together + pooling.bias[1], course.labels(turns).answered)
    return loss + wrong - _OF_CHUNK * share.mean()


def _told(pooling: Pooling, asked: Any, who: Labels, known: Any, keys: Labels) -> tuple[Any, Any]:
    """Of each of `asked`: the log odds by the vectors `known` that it is answered, and the log share of those that are
    alike in chunk and answer."""
    itself = who.talk[:, None] == keys.talk
    alike = (who.chunk[:, None] == keys.chunk) & (who.answered[:, None] == keys.answered) & ~itself
    near = (pooling.heat.exp() * (asked @ known.T)).masked_fill(itself, _FAR)
    yes, no = (near.masked_fill(mask, _FAR).logsumexp(1) for mask in (~keys.answered, keys.answered))
    share = near.log_softmax(1).masked_fill(~alike, _FAR).logsumexp(1)
    return yes - no + pooling.bias[0], share.clamp(min=_LEAST_SHARE)


def _wrong(odds: Any, answered: Any) -> Any:
    return functional.binary_cross_entropy_with_logits(odds, answered.float())


def _fewer(rows: Sequence[Array], kept: Any) -> tuple[Any, Any]:
    """Rows of tokens without the numbers and some of the words that are left out."""
    tokens, there = padded(rows)
    seen = there & (torch.rand(there.shape) > _TOKENS)
    seen[:, 0] = True
    return tokens * kept, seen


def padded(rows: Sequence[Array]) -> tuple[Any, Any]:
    """Rows of tokens, (tokens, n), as one tensor (rows, longest, n), and where a token is."""
    longest, numbers = max(len(row) for row in rows), rows[0].shape[1]
    filled, mask = np.zeros((len(rows), longest, numbers), np.float32), np.zeros((len(rows), longest), bool)
    for n, row in enumerate(rows):
        filled[n, : len(row)], mask[n, : len(row)] = row, True
    return torch.from_numpy(filled), torch.from_numpy(mask)


def of_readings(scores: Any) -> Any:
    """(readings, …) → (…), as match.py puts them together."""
    return OF_MEAN * scores.mean(0) + (1 - OF_MEAN) * scores.amax(0)


def _by_chunk(written: Sequence[Written]) -> dict[str, list[Written]]:
    found: dict[str, list[Written]] = {}
    for one in written:
        found.setdefault(one.chunk, []).append(one)
    return found


def fitted(
    keys: Sequence[Written],
    turns: Sequence[Written],
    asked: Mapping[str, Array],
    mean: Array,
    turn: Array,
    steps: int = _STEPS,
) -> dict[str, Any]:
    """What known.py reads. `asked` are the tokens of each reading, (states − mean) @ turn."""
    spread = np.concatenate([asked[key.readings[0]] for key in keys[::_SOME]]).astype(np.float32).std(0)
    even = {text: np.asarray(tokens / spread, np.float16) for text, tokens in asked.items()}
    return _saved(fit(keys, turns, even, steps), {"mean": mean, "turn": turn / spread}, keys, even)


def _saved(
    pooling: Pooling, weights: dict[str, Array], keys: Sequence[Written], asked: Mapping[str, Array]
) -> dict[str, Any]:
    learned = {"look": pooling.look.detach().numpy(), "embed": pooling.embed.detach().numpy()}
    rows = np.stack([pooled(learned, np.asarray(asked[key.readings[0]], np.float32)) for key in keys])
    names, of = np.unique([key.chunk for key in keys], return_inverse=True)
    return {
        **{name: value.astype(np.float32) for name, value in weights.items()},
        **{name: value.astype(np.float16) for name, value in learned.items()},
        "heat": pooling.heat.detach().exp().numpy().reshape(1),
        "bias": pooling.bias.detach().numpy()[:1],
        "keys": np.rint(rows / np.abs(rows).max() * LEVELS).astype(np.int8),
        "answered": np.array([key.answered for key in keys]),
        "chunks": names,
        "of": of.astype(np.uint16),
    }
