"""点検: a document that somebody brings, with its findings: the form, the result, its files."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.reviews import form, result

router = APIRouter(include_in_schema=False)
router.include_router(form.router)
router.include_router(result.router)
