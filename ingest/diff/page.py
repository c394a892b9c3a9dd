"""新旧対照 as one HTML page: a table that screen readers can follow, no script, prints as it stands."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from ingest.diff.compare import Comparison
from ingest.diff.show import KINDS, counts, title_of
from ingest.home import replace_file, writing


def write_page(comparison: Comparison, target: Path) -> None:
    """Write the page in one step. Raises StorageFailed."""
    with writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, page(comparison).encode())


def page(comparison: Comparison) -> str:
    """The page; every word of a document is escaped."""
    source = resources.files("ingest").joinpath("diff/page.html").read_text("utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    return template.render(c=comparison, counts=counts(comparison), title_of=title_of, kinds=KINDS)
