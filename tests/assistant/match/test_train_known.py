"""What is learned of the written questions, where PyTorch is installed: numpy computes the same, and a toy is told apart."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.match.known import KnownQuestions, pooled

torch = pytest.importorskip("torch")


def test_questions_of_two_kinds_are_told_apart_as_they_were_learned() -> None:
    from assistant.match.train_known import Written, fitted

    chance = np.random.default_rng(0)
    answered, not_answered = np.zeros(128), np.zeros(128)
    answered[3], not_answered[5] = 4, 4
    asked, keys = {}, []
    for n in range(40):
        kind = answered if n % 2 else not_answered
        asked[str(n)] = (chance.normal(size=(6, 128)) + kind).astype(np.float16)
        keys.append(Written((str(n),), f"chunk-{n % 4}", bool(n % 2), -1 - n))
    made = fitted(keys, [], asked, np.zeros(128, np.float32), np.eye(128, dtype=np.float32), steps=60)
    weights = {name: made[name].astype(np.float32) for name in ("mean", "turn", "look", "embed", "heat", "bias")}
    known = KnownQuestions(weights, made["keys"].astype(np.float32), made["answered"], frozenset(made["chunks"]))
    yes, no = known.votes(
        [(chance.normal(size=(6, 128)) + kind).astype(np.float32) for kind in (answered, not_answered)]
    )
    assert yes > 0 > no


def test_numpy_pools_as_it_was_learned() -> None:
    from assistant.match.train_known import Pooling

    pooling = Pooling(128)
    weights = {"look": pooling.look.detach().numpy(), "embed": pooling.embed.detach().numpy()}
    tokens = np.random.default_rng(0).normal(size=(7, 128)).astype(np.float32)
    learned = pooling(torch.from_numpy(tokens)[None], torch.ones(1, 7, dtype=torch.bool))[0].detach().numpy()
    assert pooled(weights, tokens) == pytest.approx(learned, abs=1e-5)
