"""聞く: ask, read the answer, open its quotations, go on, say what was wrong."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.ask import conversation, feedback

router = APIRouter(include_in_schema=False)
router.include_router(conversation.router)
router.include_router(feedback.router)
