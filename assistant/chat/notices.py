"""What a reader must know beside the answer: how old the source is, that another city is another city, and in やさしい
日本語 what hard words mean."""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.answer_version import notices_of_versions
from assistant.chat.turn import Turn
from prompts import easy_words, say

_EXPLAINED = 6  # words; more would be a second text to read


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
    if turn.is_easy:
        notices += _explained(turn)
    notices += notices_of_versions(turn, [s.id for s in cited])
    return replace(turn, notices=(*turn.notices, *notices))


def _explained(turn: Turn) -> list[str]:
    """One notice with the hard words of the answer, in the order in which they stand there."""
    found: dict[str, int] = {}
    rest = turn.text
    for word in easy_words():  # the longer first, and out of the text, so that 委託料 is not also 委託
        if word in rest:
            found[word] = turn.text.index(word)
            rest = rest.replace(word, "\n")
    chosen = sorted(found, key=lambda word: found[word])[:_EXPLAINED]
    told = "".join(say("explained", "word", "easy", word=word, meaning=easy_words()[word]) for word in chosen)
    return [say("explained", "words", "easy", words=told)] if told else []
