"""The course as the pages and the API show it: its quotations from the documents of the index."""

from __future__ import annotations

from fastapi import Request

from assistant.errors import KyodoError
from assistant.learn.cited import cited
from assistant.learn.course import Course, load_course


def course_of(request: Request) -> Course:
    """The course as it ships where there is no index."""
    try:
        index = request.app.state.service.searcher.index
    except KyodoError:
        return load_course()
    return cited(load_course(), index.records, index.sources)
