"""資料: every source, its contents, the ordinance, the projects and the figures, each at a stable address."""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.sources import articles, contents, overview, projects, tables

router = APIRouter(include_in_schema=False)
for part in (projects, overview, articles, tables, contents):  # contents last: it takes every /sources/{id}/{chunk}
    router.include_router(part.router)
