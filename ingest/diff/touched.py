"""Which saved answers, feedback and evaluation cases stand on units that an amendment changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.quoted import Quote, Quoted
from assistant.text import compact
from ingest.diff.compare import Change, Touched


def touched(source_id: str, changes: Sequence[Change], kept: Iterable[Quoted]) -> list[Touched]:
    """One entry a thing and unit, in the order of `kept`."""
    units = [(c, compact("".join(run.text for run in c.old))) for c in changes if c.kind not in ("kept", "added")]
    everything = "\n".join(compact("".join(run.text for run in c.new)) for c in changes)
    return [one for thing in kept for one in _of(thing, source_id, units, everything)]


def _of(thing: Quoted, source_id: str, units: Sequence[tuple[Change, str]], everything: str) -> Iterator[Touched]:
    seen: dict[str, bool] = {}
    for quote in thing.quotes:
        place = _place(quote, source_id, units)
        if place:
            stands = all(line in everything for line in _lines(quote))
            seen[place] = seen.get(place, True) and stands
    for place, stands in seen.items():
        yield Touched(kind=thing.kind, id=thing.id, question=thing.question, place=place, stands=stands)


def _place(quote: Quote, source_id: str, units: Sequence[tuple[Change, str]]) -> str:
    """The label of the unit that a quotation stands in; "" if it stands in none that changes."""
    lines = _lines(quote)
    if quote.source_id not in ("", source_id) or not lines:
        return ""
    return next((change.old_label for change, text in units if all(line in text for line in lines)), "")


def _lines(quote: Quote) -> list[str]:
    return [plain for line in quote.text.split("\n") if (plain := compact(line))]
