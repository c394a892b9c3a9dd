"""The state of index, evaluation and database."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import KyodoError
from assistant.index import IndexCard
from assistant.records import Source
from assistant.service import Service
from assistant.settings import Settings
from server.store.migrations.upgrade import revision_of, scripts
from server.store.tables import Base


class IndexState(BaseModel):
    """`failure` tells in Japanese and English why there is no index to answer from."""

    card: IndexCard | None = None
    sources: list[Source] = []
    missing: list[Source] = Field([], description="expected and not there")
    failure: tuple[str, str] | None = None


class Figure(BaseModel):
    """A measure with its 95 % interval over `n` cases; `unit` is share (0–1), number, characters or ms, if the run says."""

    label: str = ""
    unit: str = ""
    value: float
    low: float
    high: float
    n: int


class Evaluation(BaseModel):
    """The figures of the last `kyodo eval run` in this home, and whether they are of the index that answers now."""

    created: str
    version: str
    figures: dict[str, Figure]
    current: bool


class DatabaseState(BaseModel):
    """`bytes` is what the database takes on the disk."""

    kind: str
    version: str
    revision: str
    newest: str
    bytes: int
    rows: dict[str, int]


def index_state(service: Service) -> IndexState:
    try:
        index = service.searcher.index
    except KyodoError as error:
        return IndexState(failure=(error.ja, error.en))
    sources = list(index.sources.values())
    return IndexState(
        card=index.card,
        sources=[source for source in sources if not source.expected],
        missing=[source for source in sources if source.expected],
    )


def evaluation(settings: Settings, index: IndexState) -> Evaluation | None:
    """None where no run is kept or none can be read."""
    digest = index.card.digest if index.card else ""
    for path in sorted((settings.home / "reports").glob("*.json"), reverse=True):  # named by the moment of the run
        try:
            data: dict[str, Any] = json.loads(path.read_text("utf-8"))
            made_with, measures = data["configuration"], data.get("measures", {})
            figures = {name: Figure(**{**measures.get(name, {}), **f}) for name, f in data["figures"].items()}
            current = made_with["index"] == digest
            return Evaluation(created=data["created"], version=made_with["version"], figures=figures, current=current)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return None


def database_state(session: Session) -> DatabaseState:
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    size = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if sqlite
        else "SELECT pg_database_size(current_database())"
    )
    return DatabaseState(
        kind=connection.dialect.name,
        version=".".join(str(part) for part in connection.dialect.server_version_info or ()),
        revision=revision_of(connection) or "",
        newest=scripts().get_current_head() or "",
        bytes=connection.exec_driver_sql(size).scalar_one(),
        rows={
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        },
    )
