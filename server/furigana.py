"""Furigana over every Japanese word of a page, for who switched it on; everybody else gets the page as it is."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from html.parser import HTMLParser

from fastapi import Request

from assistant.ruby import segments

COOKIE = "ruby"
CHOICES = ("on", "off")
# Text without readings: fields, code, drawings, and what a script copies.
_PLAIN = frozenset({"head", "script", "style", "template", "textarea", "select", "ruby", "svg", "code", "pre"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def furigana_of(request: Request) -> str:
    """`on` or `off`: `?ruby=on`, else what was chosen before, else off."""
    wanted = request.query_params.get(COOKIE) or request.cookies.get(COOKIE, "")
    return wanted if wanted in CHOICES else "off"


def with_readings(html: str, language: str = "ja") -> str:
    """`html` with `<ruby>` over kanji wherever its text is Japanese; `language` is that of the outermost element.

    Tags, attributes and entities stay letter for letter, and so does the text without its readings.
    """
    page = _Page(language)
    page.feed(html)
    page.close()
    return "".join(page.written)


class _Page(HTMLParser):
    """Writes what it reads. `open` holds (tag, language, is its text to be read) of the elements that are not closed yet."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self.open: list[tuple[str, str, bool]] = [("", language, True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")
        if tag not in _VOID:
            _, language, is_read = self.open[-1]
            self.open.append((tag, dict(attrs).get("lang") or language, is_read and tag not in _PLAIN))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        if any(name == tag for name, _, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        _, language, is_read = self.open[-1]
        self.written.append(_readings(data) if is_read and language == "ja" and data.strip() else data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")


@lru_cache(maxsize=4096)  # words of the interface and titles come again
def _readings(text: str) -> str:
    return "".join(
        f"<ruby>{escape(piece)}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>" if reading else piece
        for piece, reading in segments(text)
    )
