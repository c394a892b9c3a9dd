"""Is an added file one of the documents that are expected? By its title line, its issuer and what it speaks of.

The rules are data beside each expected source (corpus/sources.toml, `recognise`). A document that only names or quotes
another one is not it: the title must be a line of its own on the first page, and that of one expected source alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.readers.result import Read
from assistant.text import arabic_ordinals, compact
from ingest.home import corpus_entries

_HEAD = 12  # lines among which the title stands
_TITLE_LINES = 4  # so many lines may a title take on a title page
_FRONT = 3_000  # characters at either end among which the issuer is named
_DECORATION = re.compile(r"^[#○◯●■◆〈《【\-*]+|[】》〉*]+$")
_SENTENCE = re.compile(r"[。、]")
_SIGNS = re.compile(r"[「」『』“”\"'’‘`´・:：!！?？]")


class Rule(BaseModel):
    """`title`: patterns that a whole title matches, written compact (assistant.text.compact) and without quotation
    marks; `name`: one that the file's name matches, which counts where the title page is a picture; `issuer`: one of
    these names stands on the first or the last pages; `words`: what such a document speaks of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: tuple[str, ...]
    name: str
    issuer: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What the person says of the file, which counts as much as its title page."""

    title: str = ""
    issuer: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Rules by the id of the expected source."""
    return {e["id"]: Rule.model_validate(e["recognise"]) for e in corpus_entries() if "recognise" in e}


def recognise(path: Path, read: Read, said: Said) -> str:
    """The id of the expected source that a file is; "" if it is none, or looks like two."""
    text = arabic_ordinals(compact(read.text))
    titles = [_plain(said.title)] if said.title else _titles(read)
    front = compact(read.text[:_FRONT] + read.text[-_FRONT:] + said.issuer)
    named = [i for i, rule in rules().items() if any(re.fullmatch(p, t) for p in rule.title for t in titles)]
    if len(named) == 1:
        return named[0] if _fits(rules()[named[0]], text, front, share=0.5) else ""
    if named or said.title:
        return ""
    stem = _plain(path.stem)
    called = [i for i, rule in rules().items() if re.fullmatch(f"(?:{rule.name})[-_().0-9]*", stem)]
    return called[0] if len(called) == 1 and _fits(rules()[called[0]], text, front, share=1.0) else ""


def _fits(rule: Rule, text: str, front: str, share: float) -> bool:
    issued = any(compact(name) in front for name in rule.issuer)
    return issued and sum(compact(word) in text for word in rule.words) >= share * len(rule.words)


def _titles(read: Read) -> list[str]:
    """What may be the title: each of the lines before the first sentence, and neighbours of them read together."""
    lines = [line for line in read.text[:_FRONT].split("\n") if line.strip()][:_HEAD]
    before = takewhile(lambda line: not _SENTENCE.search(line), lines)  # behind one, a title is named, not borne
    plain = [_plain(line) for line in before]
    runs = [accumulate(plain[i : i + _TITLE_LINES]) for i in range(len(plain))]
    return list(dict.fromkeys(text for run in runs for text in run if text))


def _plain(line: str) -> str:
    return _SIGNS.sub("", _DECORATION.sub("", compact(line)))
