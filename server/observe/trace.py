"""The trace id of a request: the caller's (W3C traceparent) or a new one. It stands in answers, headers, errors and logs."""

from __future__ import annotations

import re
import secrets

from starlette.requests import HTTPConnection
from starlette.types import Scope

HEADER = "X-Trace-Id"
_PARENT = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")


def begin(scope: Scope) -> str:
    """32 hexadecimal digits for this request, kept in its state."""
    sent = dict(scope["headers"]).get(b"traceparent", b"")
    found = _PARENT.fullmatch(sent)
    trace = found[1].decode() if found else secrets.token_hex(16)
    scope.setdefault("state", {})["trace"] = trace
    return trace


def trace_of(connection: HTTPConnection) -> str:
    """The trace id of a request; empty where none was begun."""
    return str(getattr(connection.state, "trace", ""))
