"""What a reader must know beside the answer: how old the source is, and that another city is another city."""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.turn import Turn


def add_notices(turn: Turn) -> Turn:
    """One notice a source cited, and one for another city."""
    sources = turn.searcher.index.sources
    spoken = [
        c.source_id for c in turn.citations if f"［{c.n}］" in turn.text
    ]  # not those of divisions merely attached
    cited = [sources[i] for i in dict.fromkeys(spoken) if i in sources]
    notices = [turn.say("notice", "as_of", title=s.title, as_of=s.as_of) for s in cited if s.as_of]
    foreign = {s.municipality for s in cited if s.municipality in turn.searcher.cities}
    notices += [turn.say("notice", "other_city", municipality=name) for name in sorted(foreign)]
    return replace(turn, notices=(*turn.notices, *notices))
