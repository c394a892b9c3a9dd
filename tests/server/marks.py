"""What a passage page shows: the text of its passages and the words that are marked, as a browser would read them."""

from __future__ import annotations

from html.parser import HTMLParser


class Passages(HTMLParser):
    """`texts` of the passages, the cited one as `cited`, `marks` in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.marks: list[str] = []
        self.cited = ""
        self._depth = 0
        self._is_cited = self._is_marked = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div" and (self._depth or "passage" in classes):
            self._depth += 1
            if self._depth == 1:
                self.texts.append("")
                self._is_cited = "cited" in classes
        if tag == "mark":
            self._is_marked = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1
        if tag == "mark":
            self._is_marked = False

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data
            self.cited += data if self._is_cited else ""
        if self._is_marked:
            self.marks[-1] += data
