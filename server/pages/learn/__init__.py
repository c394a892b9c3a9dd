"""学ぶ: lessons, practice, progress, certificate. Pages of one learner, over assistant/learn and server/store/progress.py."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.learn import certificate, lesson, overview, practice

router = APIRouter(include_in_schema=False)
for _module in (overview, lesson, practice, certificate):
    router.include_router(_module.router)
