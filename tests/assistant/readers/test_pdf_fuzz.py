"""Broken bytes in sound PDFs: whatever is changed, the reader gives a Read or says why not, in bounded time.

`make fuzz` sets FUZZ_EXAMPLES higher than the run in CI.
"""

from __future__ import annotations

import io
import os
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject

from assistant.errors import BadInputFile
from assistant.readers.pdf.glyphs import Glyph, PageGlyphs, Rule
from assistant.readers.pdf.opening import read_here
from assistant.readers.pdf.reading import laid_out
from assistant.readers.result import Read
from tests.assistant.readers import drawn

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "120"))
SECONDS = 20.0  # a page of a sound sample takes 10 ms

Change = tuple[str, float, bytes]
_TOKENS = [
    b"0",
    b"-1",
    b"9999999999",
    b"1e309",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"(",
    b"null",
    b"R",
    b"Tj",
    b"cm",
    b"q",
    b"Q",
]
changes = st.lists(
    st.tuples(
        st.sampled_from(["put", "insert", "cut", "repeat"]),
        st.floats(0, 1, exclude_max=True),
        st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from(_TOKENS)),
    ),
    min_size=1,
    max_size=12,
)


@cache
def sample(name: str) -> bytes:
    """A small PDF with its streams in the open, so that changes reach the drawing commands."""
    made = {"flow": drawn.flow, "columns": drawn.columns, "vertical": drawn.vertical, "labelled": drawn.labelled}
    data = made[name]() if name in made else drawn.unmapped("きょうどうのてびき")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for thing in list(writer._objects):
        if isinstance(thing, StreamObject):
            plain = thing.get_data()
            thing.pop("/Filter", None)
            thing._data = plain
    return drawn.written(writer)


def changed(data: bytes, changes: list[Change]) -> bytes:
    for kind, where, what in changes:
        at = 9 + int(where * (len(data) - 9))  # the mark of a PDF stays: without it nothing is read
        if kind == "put":
            data = data[:at] + what + data[at + len(what) :]
        elif kind == "insert":
            data = data[:at] + what + data[at:]
        elif kind == "cut":
            data = data[:at] + data[at + 40 * len(what) :]
        else:
            data = data[:at] + data[max(0, at - 200) : at] * min(len(what), 4) + data[at:]
    return data


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "a.pdf"


places = st.floats(-50, 900)
glyphs = st.builds(
    lambda text, x, y, w, size, angle: Glyph(text, x, y, x + w, y + size, size, angle),
    st.sampled_from(["市", "の", "。", "A", "1", " ", "（", "・", "-"]),
    places,
    places,
    st.floats(0, 60),
    st.floats(0.1, 60),
    st.sampled_from([0, 0, 0, 90, 180, 270]),
)
rules = st.builds(
    lambda x, y, length, flat: Rule(x, y, x + length, y) if flat else Rule(x, y, x, y + length),
    places,
    places,
    st.floats(6, 600),
    st.booleans(),
)
pages = st.builds(
    lambda g, r: PageGlyphs(595, 842, tuple(g), tuple(r)), st.lists(glyphs, max_size=60), st.lists(rules, max_size=25)
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pages, min_size=1, max_size=4))
def test_characters_anywhere_make_a_text_and_none_is_made_up(found: list[PageGlyphs]) -> None:
    made, headings = laid_out(found, [f"{n}" for n in range(len(found))], [])
    text = "\n".join(page.text for page in made)
    assert all(0 <= heading.start < len(text) for heading in headings)
    kept = Counter("".join(text.split()).replace("-", ""))
    there = Counter("".join("".join(p.text.split()) for p in found).replace("-", ""))
    assert kept <= there  # nothing is made up; what may go is doubled, a running head or a page number


spots = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), st.sampled_from("市民の協働。（）・ーAb")),
    min_size=1,
    max_size=80,
    unique_by=lambda spot: spot[:2],
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(spots, st.lists(rules, max_size=25))
def test_no_character_of_a_page_is_lost(spots: list[tuple[int, int, str]], lines: list[Rule]) -> None:
    found = tuple(Glyph(c, 20 + 18 * x, 20 + 20 * y, 30 + 18 * x, 30 + 20 * y, 10) for x, y, c in spots)
    made, _ = laid_out([PageGlyphs(595, 842, found, tuple(lines))], None, [])
    assert Counter("".join(made[0].text.split())) == Counter(c for _, _, c in spots)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["flow", "columns", "vertical", "labelled", "unmapped"]), changes)
def test_any_change_gives_a_text_or_a_reason(place: Path, name: str, changes: list[Change]) -> None:
    place.write_bytes(changed(sample(name), changes))
    began = time.monotonic()
    try:
        read = read_here(place, "", 100, SECONDS, compiled=False)
    except BadInputFile as error:
        assert place.name in error.ja
    else:
        assert isinstance(read, Read)
        assert read.text.strip()
        assert all(0 <= heading.start < len(read.text) for heading in read.headings)
    assert time.monotonic() - began < 2 * SECONDS
