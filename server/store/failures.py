"""The database's own errors as the project's: what happened and what to do, without a path, an address or a statement."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from assistant.errors import KyodoError, StorageFailed, StoreUnreachable
from prompts import say

# What SQLite says, and the SQLSTATE of PostgreSQL, by what it means for people.
_SQLITE = (
    ("locked", "busy"),
    ("is full", "full"),
    ("readonly", "readonly"),
)
_POSTGRES = {
    "55P03": "busy",
    "40P01": "busy",
    "40001": "busy",
    "53100": "full",
    "25006": "readonly",
    "42501": "readonly",
}
_PASSING = (OperationalError, InterfaceError)


def told(error: SQLAlchemyError) -> KyodoError | None:
    """What to tell people; None for a fault of the program, which stays what it is."""
    if isinstance(error, TimeoutError):
        return StorageFailed(*_say("busy"))
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRES:
        return StorageFailed(*_say(_POSTGRES[state]))
    # SQLite says of a file that is no database, or a damaged one, no more than DatabaseError.
    if not isinstance(error, _PASSING) and type(error) is not DatabaseError:
        return None
    if not type(error.orig).__module__.startswith("sqlite3"):
        return StoreUnreachable(*_say("unreachable"))
    words = str(error.orig)
    return StorageFailed(*_say(next((name for part, name in _SQLITE if part in words), "broken")))


def _say(name: str) -> tuple[str, str]:
    return say("store", name), say("store", f"{name}_en")
