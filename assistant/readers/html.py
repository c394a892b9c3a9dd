"""Web pages (.html): the content without menus and banners, through selectolax. No script runs, nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.grid import page_of
from assistant.readers.result import Read, check_lines
from assistant.readers.text import read_characters
from assistant.readers.web.about import about
from assistant.readers.web.main import find_main
from assistant.readers.web.text import text_lines
from assistant.readers.web.tree import parse

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,100}?encoding=["']([\w-]+)""",
    re.IGNORECASE,
)


def read_html(path: Path, password: str = "") -> Read:
    """Read a web page as one page without a label. `password` is ignored."""
    with path.open("rb") as handle:
        found = _CHARSET.search(handle.read(4096))
    declared = next(group for group in found.groups() if group).decode() if found else ""
    html, warnings = read_characters(path, declared)
    root = parse(html, path.name)
    content = find_main(root)
    lines = text_lines(content)
    if not any(line.text for line in lines):
        raise _empty(
            path.name, framed=bool(root.find("frameset", "frame", "iframe")), scripted=bool(root.find("script"))
        )
    page, headings = page_of("", lines, 0)
    check_lines(path.name, page.text)
    return Read((page,), warnings, tuple(headings), about(html, root, content))


def _empty(name: str, framed: bool, scripted: bool) -> BadInputFile:
    if framed:
        return BadInputFile(
            f"{name}: フレームの外枠だけで、本文がありません。本文のページをブラウザーで開いて、そのページを保存したものを指定してください。",
            f"{name}: only a frame around other pages; open the page inside it in a browser, save that one and give it",
        )
    if scripted:
        return BadInputFile(
            f"{name}: 本文がファイルの中にありません（スクリプトが後から作るページです）。ブラウザーで開き、PDFに印刷したものを指定してください。",
            f"{name}: its text is made by a script, which is never run here; open it in a browser and print it to PDF",
        )
    return BadInputFile(f"{name}: 文字がありません。", f"{name}: no text")
