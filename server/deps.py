"""What routes ask for, as types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from assistant.service import Service
from server.session import visitor_of
from server.store.database import Database


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


ServiceDep = Annotated[Service, Depends(_service)]
DatabaseDep = Annotated[Database, Depends(_database)]
VisitorDep = Annotated[str, Depends(visitor_of)]
