"""Forms that change something must carry the sign of the visitor's cookie (server/session.py)."""

from __future__ import annotations

from fastapi import Depends, HTTPException, Request

from server.session import is_signed

HEADER = "x-sign"  # for scripts; forms carry the field `sign`


async def check_sign(request: Request) -> None:
    """Raises 403 for a request that another site could have sent."""
    sign = request.headers.get(HEADER, "")
    if not sign:
        sign = str((await request.form()).get("sign", ""))
    if not is_signed(request, sign):
        raise HTTPException(403, "the form is not signed or too old")


SIGNED = Depends(check_sign)
