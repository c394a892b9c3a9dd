"""Files that no program would write: every reader gives a text or a sentence about what is wrong, never anything else.

FUZZ_EXAMPLES=5000 pytest tests/assistant/readers/test_fuzz.py looks longer than the usual few examples.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.errors import BadInputFile
from assistant.readers import read_file, reader_for
from assistant.readers.result import Read
from assistant.readers.sheet.display import displayed
from ingest.gather import gather
from tests.assistant.readers.conftest import DATA
from tests.assistant.readers.test_tables import book_of, saved
from tests.assistant.readers.test_text_files import MARKDOWN
from tests.word_files import contract, to_bytes

SOME = int(os.environ.get("FUZZ_EXAMPLES", "25"))
bounded = settings(
    max_examples=SOME, deadline=None, derandomize=SOME == 25, suppress_health_check=[HealthCheck.too_slow]
)
PAGES = [(DATA / name).read_bytes() for name in ("city.html", "reiki.html")]
BOOK = saved(book_of([["題", None], ["名", "数"], ["花", 1], ["鳥", None]], ("A1:B1",)))
WORD = to_bytes(contract())
TAGS = (
    "table",
    "tr",
    "td colspan=9",
    "td rowspan=3",
    "th",
    "ul",
    "li",
    "ruby",
    "rt",
    "p",
    "a href=https://x.example",
    "h2",
)


def check(name: str, data: bytes) -> None:
    """The file is read, or refused with words in both languages; what is read keeps its promises."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            read = read_file(path, reader_for(path))
        except BadInputFile as error:
            assert error.ja and error.en
            return
    sound(read)


def sound(read: Read) -> None:
    assert read.text.strip() and "\r" not in read.text
    starts = [heading.start for heading in read.headings]
    assert starts == sorted(set(starts))
    for heading in read.headings:
        assert 1 <= heading.level <= 9
        assert heading.start == 0 or read.text[heading.start - 1] == "\n"
        assert read.text[heading.start : heading.start + 1] not in ("", "\n")


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with a few stretches overwritten, doubled or cut out."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        end = at + draw(st.integers(0, 40))
        data[at:end] = draw(st.one_of(st.binary(max_size=20), st.just(bytes(data[at:end]) * 2), st.just(b"")))
    return bytes(data)


@bounded
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)),
    st.sampled_from(["a.txt", "a.md", "a.csv", "a.html", "a"]),
)
@example(b"\x1b$B\x1b(J\x80", "a.txt")
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\f\f", "a.txt")
@example(b"\x1e\n", "a.md")
@example(b"<!-- -->", "a.md")
@example(b",,", "a.csv")
def test_any_bytes(data: bytes, name: str) -> None:
    check(name, data)


@bounded
@given(st.data(), st.sampled_from(PAGES))
def test_damaged_pages(data: st.DataObject, page: bytes) -> None:
    check("a.html", data.draw(damaged(page)))


@bounded
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS]),
            st.sampled_from([f"</{tag.split()[0]}>" for tag in TAGS]),
            st.text("あ1 \n", max_size=3),
        ),
        max_size=40,
    )
)
def test_tags_in_any_order(parts: list[str]) -> None:
    check("a.html", "".join(parts).encode())


@bounded
@given(st.data())
def test_damaged_markdown(data: st.DataObject) -> None:
    check("a.md", data.draw(damaged(MARKDOWN.encode())))


@bounded
@given(st.data(), st.sampled_from([("a.xlsx", BOOK), ("a.docx", WORD)]))
def test_damaged_office_files(data: st.DataObject, file: tuple[str, bytes]) -> None:
    check(file[0], data.draw(damaged(file[1])))


@bounded
@given(
    st.data(), st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
)
def test_workbooks_with_a_damaged_part(data: st.DataObject, name: str) -> None:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(result, "w") as new:
        for part in old.namelist():
            new.writestr(part, data.draw(damaged(old.read(part))) if part == name else old.read(part))
    check("a.xlsx", result.getvalue())


@bounded
@example(1e28, "0")
@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**18), 10**18),
        st.floats(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
    st.text('0#?.,%yYmdhsge;"\\[]$@_* aA/-年円', max_size=12),
)
def test_any_number_format(value: object, form: str) -> None:
    assert isinstance(displayed(value, form), str)


@bounded
@given(st.data())
def test_damaged_archives(data: st.DataObject) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("通知/a.txt", "本文です。" * 20)
        packed.writestr("b.html", PAGES[0])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data.draw(damaged(made.getvalue())))
        room = Path(folder) / "room"
        for item in gather([path], room):
            assert item.problem is not None or item.path.resolve().is_relative_to(room.resolve())
        outside = [p for p in Path(folder).rglob("*") if p.is_file() and not p.is_relative_to(room)]
        assert outside == [path]
