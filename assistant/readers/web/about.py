"""What a web page says of itself: title, date, address, who publishes it."""

from __future__ import annotations

import re

from assistant.readers.result import About
from assistant.readers.web.tree import Element

_SITE = re.compile(r"\s*[|｜]\s*|\s+[-–—:：/]\s+|\s*[／＞>]\s*")
_UPDATED = re.compile(
    r"(?:最終更新日?|更新年月日|更新日|掲載日|公開日|登録日)\s*[:：]?\s*((?:令和|平成)?\s*[0-9０-９元]{1,4}\s*[年./／-]\s*[0-9０-９]{1,2}\s*[月./／-]\s*[0-9０-９]{1,2}\s*日?)"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->")
_DATES = (
    "dcterms.modified",
    "article:modified_time",
    "last-modified",
    "dcterms.issued",
    "article:published_time",
    "date",
)
_ISSUERS = ("dcterms.publisher", "og:site_name", "author", "copyright")


def about(html: str, root: Element, content: Element) -> About:
    """Suggestions from the page's head, its first heading and its line 更新日."""
    meta = {
        (e.attributes.get("name") or e.attributes.get("property") or e.attributes.get("http-equiv", "")).lower(): value
        for e in root.find("meta")
        if (value := " ".join(e.attributes.get("content", "").split()))
    }
    return About(_title(root, content, meta), _date(root, meta), _url(html, root, meta), _first(meta, _ISSUERS))


def _title(root: Element, content: Element, meta: dict[str, str]) -> str:
    headings = [" ".join(e.text.split()) for e in content.find("h1")]
    named = next((" ".join(e.text.split()) for e in root.find("title")), "")
    return next((t for t in (*headings, _SITE.split(named)[0], meta.get("og:title", "")) if 2 <= len(t) <= 80), "")


def _date(root: Element, meta: dict[str, str]) -> str:
    """In the page's own words where it has a line for it; a date of its head as 2026年4月1日."""
    found = _UPDATED.search(" ".join(root.text.split()))
    if found:
        return found[0].replace(" ", "")
    iso = _ISO.search(_first(meta, _DATES))
    return f"{int(iso[1])}年{int(iso[2])}月{int(iso[3])}日更新" if iso else ""


def _url(html: str, root: Element, meta: dict[str, str]) -> str:
    links = [e.attributes.get("href", "") for e in root.find("link") if e.attributes.get("rel") == "canonical"]
    saved = _SAVED.search(html[:2000])
    candidates = (*links, meta.get("og:url", ""), saved[1] if saved else "")
    return next((url for url in candidates if url.startswith(("http://", "https://"))), "")


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")
