"""The log: one JSON object a line on standard error, readable lines in a terminal. What people wrote is not in it.

The messages of exceptions and of other people's libraries often repeat what they were given. Unless the settings allow
questions in the log, an exception is told by its type and its place in the code, a foreign line by its first line
without its variables.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

from assistant.settings import Settings

Event = MutableMapping[str, Any]
_ROOT = "kyodo"
_OURS = ("server.", "assistant.", "uvicorn")  # their lines hold nothing that people wrote
_WARNING = re.compile(r".*?:\d+: \w+")  # path:line: Category, without the message


def logger(name: str) -> BoundLogger:
    """A logger of the service. Bind fields, never texts that people wrote."""
    wrapped: BoundLogger = structlog.wrap_logger(
        logging.getLogger(f"{_ROOT}.{name}"),
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper("iso", utc=True),
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
    return wrapped


def configure_logs(settings: Settings) -> None:
    """Send every log of this process through one handler. For entry points only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(settings, terminal=sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_ROOT).setLevel(settings.log_level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        told = logging.getLogger(name)
        told.handlers, told.propagate = [], True
    logging.captureWarnings(True)


def formatter(settings: Settings, *, terminal: bool) -> ProcessorFormatter:
    """Renders our lines and everybody's."""
    plain = settings.log_questions
    render = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper("iso", utc=True),
            *([] if plain else [_without_variables]),
        ],
        processors=[
            structlog.processors.format_exc_info if plain else _places,
            ProcessorFormatter.remove_processors_meta,
            render,
        ],
        keep_exc_info=False,
    )


def _without_variables(_logger: Any, _method: str, event: Event) -> Event:
    """A foreign line as its author wrote it, before anything was filled in."""
    record: logging.LogRecord = event["_record"]
    if record.name == "py.warnings":
        found = _WARNING.match(record.getMessage())
        event["event"] = found[0] if found else "warning"
    elif not record.name.startswith(_OURS):
        event["event"] = next(iter(str(record.msg).splitlines()), "")
    return event


def _places(_logger: Any, _method: str, event: Event) -> Event:
    """`exc_info` as types and places, from the first cause to what was raised."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    error = info if isinstance(info, BaseException) else (info if isinstance(info, tuple) else sys.exc_info())[1]
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        lines[:0] = [kind, *(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    event["exception"] = "\n".join(lines)
    return event
