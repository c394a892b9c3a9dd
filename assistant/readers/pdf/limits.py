"""How much of a PDF is read, and how long. A hostile file reaches a limit, not the end of the machine."""

from __future__ import annotations

MOST_PAGES = 1_000  # a page takes about 20 ms to read
MOST_GLYPHS = 60_000  # on one page; a full page of a newspaper has 15,000
MOST_FORMS = 2_000  # drawings inside drawings on one page
MOST_PIXELS = 12_000_000  # of a page made a picture; A4 at 300 dots an inch has 8.7 million
SECONDS = (
    180.0  # for a whole file, recognition included, unless KYODO_PDF_SECONDS says more; pages not reached are named
)
GRACE = 20.0  # behind SECONDS the reading process is ended
MEMORY = 2 * 1024**3  # bytes of address space of the reading process
