"""The matcher's network as it is trained, in PyTorch; matcher.py computes the same with numpy. Only training imports this."""

from __future__ import annotations

from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional

READ = 256  # numbers a token has after the projection that is fixed,
SIZE = 96  # … and after the one that is learned
HEADS = 4
_DROPPED = 0.15  # share of the numbers left out while training
_TOKENS = 0.12  # … and of the tokens
_FAR = -1e4  # of what is not there
_gelu = partial(functional.gelu, approximate="tanh")


class Network(nn.Module):  # type: ignore[misc]  # PyTorch is installed only to train
    """Questions (b, n, READ) and for each some pieces (b, c, m, READ) → scores (b, c); masks are true where a token is."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.p = nn.Linear(READ, SIZE), nn.Linear(READ, SIZE)
        self.qn, self.pn, self.mn = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.aq, self.ak, self.av = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE)
        self.m1, self.m2 = nn.Linear(4 * SIZE + 2 * HEADS, 2 * SIZE), nn.Linear(2 * SIZE, SIZE)
        self.enc = nn.TransformerEncoderLayer(
            SIZE, HEADS, 2 * SIZE, _DROPPED, activation=_gelu, batch_first=True, norm_first=True
        )
        self.pool, self.o1, self.o2 = nn.Linear(SIZE, 1), nn.Linear(2 * SIZE, SIZE), nn.Linear(SIZE, 1)
        self.drop = nn.Dropout(_DROPPED)
        self.null = nn.Parameter(torch.zeros(1))  # the score of "none of them answers"

    def forward(self, asked: Any, asked_mask: Any, told: Any, told_mask: Any) -> Any:
        if self.training:
            asked_mask, told_mask = _fewer(asked_mask), _fewer(told_mask)
        pieces, tokens = told.shape[1], asked.shape[1]
        asked, told = self.drop(self.qn(self.q(asked))), self.drop(self.pn(self.p(told)))
        x = self._compared(asked, told, told_mask).reshape(-1, tokens, SIZE)
        mask = asked_mask[:, None].expand(-1, pieces, tokens).reshape(-1, tokens)
        x = self.enc(x, src_key_padding_mask=~mask)
        shares = self.pool(x).squeeze(-1).masked_fill(~mask, _FAR).softmax(-1)
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        both = torch.cat([(shares[..., None] * x).sum(1), mean], -1)
        return self.o2(self.drop(_gelu(self.o1(both)))).view(-1, pieces)

    def _compared(self, asked: Any, told: Any, told_mask: Any) -> Any:
        """Each token of the question beside what it finds in each piece: (b, c, n, SIZE)."""
        looks = self.aq(asked).unflatten(-1, (HEADS, -1))
        keys, values = (layer(told).unflatten(-1, (HEADS, -1)) for layer in (self.ak, self.av))
        found = torch.einsum("bqhe,bckhe->bchqk", looks, keys) / looks.shape[-1] ** 0.5
        found = found.masked_fill(~told_mask[:, :, None, None], _FAR)
        seen = torch.einsum("bchqk,bckhe->bcqhe", found.softmax(-1), values).flatten(-2)
        best, spread = (x.permute(0, 1, 3, 2) for x in (found.amax(-1), found.logsumexp(-1) / 4))
        asked = asked[:, None].expand_as(seen)
        beside = torch.cat([asked, seen, asked * seen, (asked - seen).abs(), best, spread], -1)
        return self.mn(self.m2(self.drop(_gelu(self.m1(beside)))))


def _fewer(mask: Any) -> Any:
    """The mask without some tokens; the first one stays, so that there is one."""
    kept = torch.rand(mask.shape) > _TOKENS
    kept[..., 0] = True
    return mask & kept
