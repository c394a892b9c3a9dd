"""書く: a draft in four steps or from free text."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
