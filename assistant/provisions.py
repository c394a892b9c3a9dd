"""What of an article can be quoted by itself: its paragraphs, each with its items, at its own place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.law_records import Article, Item, Paragraph
from assistant.records import Chunk, Piece


def paragraph_pieces(chunk: Chunk, articles: Sequence[Article]) -> list[Piece]:
    """One piece a paragraph of the articles that stand in `chunk`; what is not there word for word is left out."""
    found: dict[tuple[str, str], Piece] = {}
    for article in articles:
        for paragraph in article.paragraphs:
            items = list(_items(paragraph.items))
            said = "\n".join([*([paragraph.text] if paragraph.text else []), *(f"{i.shown} {i.text}" for i in items)])
            quote = _verbatim(chunk.text, paragraph, items)
            place = _locator(chunk, article, paragraph.number)
            if quote:
                piece = Piece(id="", chunk_id=chunk.id, quote=quote, said=said, locator=place, kind="article")
                found.setdefault((place, quote), piece)  # several deleted articles share one line
    return list(found.values())


def _items(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _items(item.items)


def _locator(chunk: Chunk, article: Article, number: int) -> str:
    own = article.supplementary and article.unit != "条"
    place = chunk.locator + (article.label if own else "")
    return f"{place}第{number}項" if len(article.paragraphs) > 1 else place


def _verbatim(text: str, paragraph: Paragraph, items: Sequence[Item]) -> str:
    """The stretch of `text` from the first words to the end of the last ones; empty if it is not there."""
    first = paragraph.text or (items[0].text if items else "")
    start = text.find(first.split("\n", maxsplit=1)[0]) if first else -1
    if start < 0:
        return ""
    at = start
    for part in [paragraph.text, *(item.text for item in items)]:
        for line in part.split("\n"):
            found = text.find(line, at)
            at = found + len(line) if found >= 0 else at
    return text[start:at]
