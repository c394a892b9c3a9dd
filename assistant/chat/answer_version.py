"""An ordinance as it read at the time that a question asks for: the version then, and what stood in it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.chat.turn import Turn
from assistant.law_records import Article, OrdinanceRecord
from assistant.provisions import paragraph_pieces
from assistant.records import Piece
from assistant.search.as_of import Version, version_asked
from assistant.text import compact

_ALIKE = 0.5  # share of the characters from which a paragraph is the same provision in other words


def asks_for_a_version(turn: Turn) -> bool:
    """Does the question ask for an ordinance at a time, of which there are several versions?"""
    return any(_version(turn, law) for law in turn.searcher.laws.meant(turn.understood).laws)


def law_then(turn: Turn, law: OrdinanceRecord) -> OrdinanceRecord:
    """The ordinance as it read at the time asked for; the one in force where none is."""
    version = _version(turn, law)
    return version.law if version else law


def called(turn: Turn, source_id: str) -> str:
    """The title of the ordinance for the answer's text: with its version where a time is asked for, else empty for the
    built-in one and for everything that is no ordinance."""
    index, laws = turn.searcher.index, turn.searcher.laws
    law = laws.of(index.sources[source_id].version_of or source_id)
    if law is None:
        return ""
    version = _version(turn, law)
    if version and version.source.id == source_id:
        return f"{law.title}（{version.told}）"
    return "" if laws.is_builtin(law) else law.title


def notices_of_versions(turn: Turn, cited: Sequence[str]) -> list[str]:
    """That the version of the time asked for is not there, for each ordinance cited (source ids) instead of it."""
    versions = [_version(turn, law) for law in turn.searcher.laws.meant(turn.understood).laws]
    unknown = [v for v in versions if v and not v.known and v.source.id in cited]
    return [turn.say("notice", "no_version", title=v.law.title, as_of=v.source.as_of) for v in unknown]


def _version(turn: Turn, law: OrdinanceRecord) -> Version | None:
    return version_asked(turn.searcher.index, law, turn.understood)


def pieces_then(turn: Turn, law: OrdinanceRecord, sections: Sequence[str]) -> list[Piece]:
    """What can be quoted of the sections of a version that search leaves out."""
    found: list[Piece] = []
    for chunk in turn.searcher.index.contents(law.source_id):
        if chunk.section not in sections:
            continue
        own = paragraph_pieces(chunk, [a for a in law.articles if a.section == chunk.section])
        whole = Piece(
            id="", chunk_id=chunk.id, quote=chunk.text, said=chunk.text, locator=chunk.locator, kind="sentence"
        )
        found += [p.model_copy(update={"id": f"{chunk.id}/{n}"}) for n, p in enumerate(own or [whole])]
    return found


def then(turn: Turn, piece: Piece) -> list[Piece]:
    """A paragraph found today as it read at the time asked for; empty if it did not stand there then."""
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    law = turn.searcher.laws.of(chunk.source_id)
    version = _version(turn, law) if law else None
    if law is None or version is None or version.current:
        return [piece]
    now = next((a for a in law.articles if a.section == chunk.section), None)
    own = [a for a in version.law.articles if now and _same(a, now)]
    pieces = pieces_then(turn, version.law, [a.section for a in own] or [a.section for a in version.law.articles])
    alike = [(SequenceMatcher(None, compact(p.said), compact(piece.said)).ratio(), n) for n, p in enumerate(pieces)]
    best, place = max(alike, default=(0.0, 0))
    return [pieces[place]] if best >= _ALIKE else []


def _same(then: Article, now: Article) -> bool:
    """Are two articles one: by caption, or without captions by number?"""
    if then.caption or now.caption:
        return then.caption == now.caption
    return (then.number, then.supplementary, then.provision) == (now.number, now.supplementary, now.provision)
