"""書く: a draft in four steps or from free text; both ways meet in the same draft under a private link.

start.py begins, steps.py asks, confirm.py shows the whole and gives it away; posted.py reads forms, form.py and view.py
make what the templates see.
"""

from __future__ import annotations

from fastapi import APIRouter

from server.pages.drafts import confirm, start, steps

router = APIRouter(include_in_schema=False)
for part in (start, confirm, steps):  # confirm is step 4; steps takes the numbers that are left
    router.include_router(part.router)
