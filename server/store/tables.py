"""The tables. What belongs to a visitor hangs on the visitor's row and goes with it; feedback and outcomes name nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, LargeBinary, String, TypeDecorator
from sqlalchemy import Text as PlainText
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.text import sanitize


def now() -> datetime:
    return datetime.now(UTC)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Text(TypeDecorator[str]):
    """What people write, without the characters that a database refuses (PostgreSQL: NUL; both: half a surrogate pair)."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return sanitize(value) if value is not None else None


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {datetime: Instant}


def _of_visitor() -> ForeignKey:
    return ForeignKey("visitors.id", ondelete="CASCADE")


class Visitor(Base):
    """A browser. `id` is the SHA-256 of its cookie, so that the table alone opens nobody's pages."""

    __tablename__ = "visitors"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now, index=True)
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)  # assistant.learn.progress.Progress
    practice: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)  # assistant.learn.rounds.Practice


class Conversation(Base):
    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), _of_visitor(), index=True)
    created: Mapped[datetime] = mapped_column(default=now)


class Turn(Base):
    """A question and its answer. `id` is the link to this answer: who has it may read it."""

    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str] = mapped_column(
        String(32), ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    n: Mapped[int] = mapped_column()  # 1 is the first of its conversation
    asked: Mapped[str] = mapped_column(Text)
    easy: Mapped[bool] = mapped_column(default=False)
    again: Mapped[int | None] = mapped_column(default=None)  # n of the turn whose question this one asks once more
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)  # assistant.answers.Answer
    past: Mapped[dict[str, Any]] = mapped_column(JSON)  # assistant.chat.history.Past
    created: Mapped[datetime] = mapped_column(default=now)


class SavedDraft(Base):
    """A draft as its inputs. `id` is the private link."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), _of_visitor(), index=True)
    document: Mapped[str] = mapped_column(String(16))
    form: Mapped[str | None] = mapped_column(String(16), default=None)
    brief: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    smoothed: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)  # assistant.drafts.Draft, by a model
    version: Mapped[int] = mapped_column(default=1)  # two tabs: the second writer sees that it is not the only one
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now, index=True)


class SavedReview(Base):
    """A document that somebody brought, and its review. `id` is the private link; kept for a short time."""

    __tablename__ = "reviews"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), _of_visitor(), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)  # the file, if one was uploaded
    review: Mapped[dict[str, Any]] = mapped_column(JSON)  # assistant.drafts.Review
    created: Mapped[datetime] = mapped_column(default=now, index=True)


class Feedback(Base):
    """What somebody said of an answer; it holds the question and the answer, and nobody's name."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(String(16))  # right, wrong, incomplete
    reason: Mapped[str] = mapped_column(Text, default="")
    expected: Mapped[str] = mapped_column(Text, default="")  # the source that should have been cited
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), default="new", index=True)  # new, done
    case: Mapped[str] = mapped_column(String(16), default="")  # facts, routing, refuse, none; empty = not decided
    created: Mapped[datetime] = mapped_column(default=now, index=True)


class Outcome(Base):
    """One answer, draft or review as a figure: for operators. The question stands in it only if it was not answered."""

    __tablename__ = "outcomes"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # ask, draft, review
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(32), default="")
    question: Mapped[str] = mapped_column(Text, default="")
    milliseconds: Mapped[float] = mapped_column(default=0.0)
    steps: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # step → milliseconds
    created: Mapped[datetime] = mapped_column(default=now, index=True)
