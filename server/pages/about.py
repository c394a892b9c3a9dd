"""この案内について: what it is, what it rests on, what it cannot do."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
