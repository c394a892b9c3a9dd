"""運用: what operators see. Off until a token or a proxy's header is configured (server/guard/admin.py)."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.admin import feedback, figures, login

router = APIRouter()
for _part in (login, figures, feedback):
    router.include_router(_part.router)
