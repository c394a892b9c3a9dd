"""POST /api/feedback: what somebody says of an answer. Who has the id of a turn may read it, and say what is wrong with it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.errors import WrongUse
from server.deps import DatabaseDep
from server.store import conversations
from server.store.feedback import LONGEST, Verdict, add_feedback

router = APIRouter(prefix="/api", tags=["ask"])


class Said(BaseModel):
    turn: str = Field(description="回答の番号（/a/ の後ろ、または GET /api/conversations/{id} の turns[].id）。")
    verdict: Verdict = Field(description="right 正しい、wrong まちがい、incomplete 足りない")
    reason: str = Field("", max_length=LONGEST, description="そう考える理由。")
    expected: str = Field("", max_length=LONGEST, description="根拠になるはずの資料や場所。")


@router.post("/feedback", status_code=201)
def feedback(body: Said, database: DatabaseDep) -> dict[str, bool]:
    with database.session() as session:
        row = conversations.turn(session, body.turn)
        if row is None:
            raise WrongUse(f"回答 {body.turn} はありません。", f"no answer {body.turn}")
        add_feedback(session, row, body.verdict, body.reason.strip(), body.expected.strip())
    return {"kept": True}
