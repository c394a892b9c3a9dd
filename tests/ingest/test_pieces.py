"""What of a chunk can be quoted alone: ingest/pieces.py."""

from __future__ import annotations

import pytest

from assistant.records import Chunk, Records
from ingest.pieces import make_pieces

TEXT = "花壇は二つの町にあり、町の人が交代で世話をしています。\n"


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("(平成25年5月完成)", True),  # it tells when, and names nothing that follows
        ("（令和元年11月開園）", True),
        ("(花壇の世話)", False),
        ("【令和2年4月の花壇】", False),
        ("＜花壇の一覧＞", False),
    ],
)
def test_a_bracketed_line_with_a_date_is_no_heading(line: str, quoted: bool) -> None:
    chunk = Chunk(
        id="a",
        source_id="s",
        kind="prose",
        title="花壇だより",
        locator="1",
        context="",
        text=TEXT + line,
        section="1",
        order=0,
    )
    assert any(line in piece.quote for piece in make_pieces([chunk], Records())) is quoted
