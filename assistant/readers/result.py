"""What every reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import BadInputFile

LONGEST_LINE = (
    100_000  # characters; a document people read has lines, a longer one is an export or a binary in disguise
)


@dataclass(frozen=True)
class ReadPage:
    """A page of the original: its label as people say it (12ページ) and its text.

    `method` says what read it where there are several ways; `confidence` (0–1) is below 1 only for recognised characters.
    """

    label: str
    text: str
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Heading:
    """The line that begins at `start` is a heading of `level` 1–9, by its style: its text does not show it."""

    start: int
    level: int


@dataclass(frozen=True)
class About:
    """What a file says of itself, in its own words: suggestions for what nobody has said of the source."""

    title: str = ""
    date: str = ""
    url: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Read:
    """The pages of a file in reading order. A file without pages has one page without a label."""

    pages: tuple[ReadPage, ...]
    warnings: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    about: About = About()

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


def check_lines(name: str, text: str) -> None:
    """Refuse a text whose longest line no person has written."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    if longest > LONGEST_LINE:
        raise BadInputFile(
            f"{name}: 1行が{longest:,}文字あります。文書ではなくデータの書き出しのようです。改行のある文書を指定してください。",
            f"{name}: one line has {longest:,} characters; this looks like a data export, not a document",
        )
