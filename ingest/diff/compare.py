"""Which unit of the old version became which of the new one, and the words that differ between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from pydantic import Field

from assistant.frozen import Frozen
from assistant.tokens import spoken
from ingest.diff.units import Unit

Kind = Literal["kept", "amended", "moved", "added", "deleted"]
_SAME_PLACE = 0.4  # share of equal characters from which a unit of the same number and caption is the same provision
_ELSEWHERE = 0.6  # … and of another number or caption
_TELLING = 15  # characters that tell one provision from another; 「削除」 stands in many
_WHOLE = 0.8  # share of changed words from which marking single ones helps nobody
Pair = tuple[int, int]


class Run(Frozen):
    """A stretch of one side, and whether the other side has it too."""

    text: str
    changed: bool = False


class Change(Frozen):
    """One unit in both versions; `moved` has another number, with or without other words."""

    kind: Kind
    old_label: str = ""
    new_label: str = ""
    heading: str
    old: tuple[Run, ...] = ()
    new: tuple[Run, ...] = ()

    @property
    def reworded(self) -> bool:
        return any(run.changed for run in (*self.old, *self.new))


class Touched(Frozen):
    """Something kept that stands on a unit which changes."""

    kind: Literal["answer", "feedback", "case"]
    id: str
    question: str
    place: str = Field(description="the old label of the unit")
    stands: bool = Field(description="do its words still stand in the new version, word for word?")


class Chunks(Frozen):
    """Chunks by what becomes of them; only `changed` and `new` ones are embedded."""

    kept: int
    changed: int
    new: int
    gone: int


class Comparison(Frozen):
    """What an amended file changes in a source; units that stay as they are are only counted."""

    source_id: str
    title: str
    old_version: str
    new_version: str
    changes: tuple[Change, ...]
    kept: int
    chunks: Chunks
    touched: tuple[Touched, ...] = ()


def compare(old: Sequence[Unit], new: Sequence[Unit]) -> list[Change]:
    """All units of both versions, in the order of the new one, what is gone behind what stood before it."""
    pairs = _pairs(old, new)
    partner = {n: o for o, n in pairs.items()}
    placed: list[tuple[tuple[int, int, int], Change]] = []
    for n, unit in enumerate(new):
        change = _change(old[partner[n]], unit) if n in partner else _alone("added", unit)
        placed.append(((n, 0, 0), change))
    last = -1
    for o, unit in enumerate(old):
        last = pairs.get(o, last)
        if o not in pairs:
            placed.append(((last, 1, o), _alone("deleted", unit)))
    return [change for _, change in sorted(placed, key=lambda entry: entry[0])]


def _pairs(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Old place → new place: the same words first, then the same number, then what is most alike."""
    pairs: dict[int, int] = {}
    for candidates in (_equal(old, new), _same_body(old, new), _same_label(old, new), _alike(old, new, pairs)):
        taken = set(pairs.values())
        for o, n in candidates:
            if o not in pairs and n not in taken:
                pairs[o] = n
                taken.add(n)
    return pairs


def _equal(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pair]:
    places = {(unit.label, unit.plain): n for n, unit in enumerate(new)}
    for o, unit in enumerate(old):
        if (unit.label, unit.plain) in places:
            yield o, places[unit.label, unit.plain]


def _same_body(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pair]:
    places = {unit.body: n for n, unit in enumerate(new) if len(unit.body) >= _TELLING}
    for o, unit in enumerate(old):
        if unit.body in places:
            yield o, places[unit.body]


def _same_label(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Pair]:
    places = {unit.label: n for n, unit in enumerate(new)}
    for o, unit in enumerate(old):
        n = places.get(unit.label, -1)
        least = _SAME_PLACE if n >= 0 and unit.name == new[n].name else _ELSEWHERE
        if n >= 0 and _ratio(unit.body, new[n].body, least) >= least:
            yield o, n


def _alike(old: Sequence[Unit], new: Sequence[Unit], pairs: dict[int, int]) -> Iterator[Pair]:
    """What is left, the most alike first."""
    taken = set(pairs.values())
    rest = [n for n in range(len(new)) if n not in taken]
    scored = [
        (ratio, o, n)
        for o, unit in enumerate(old)
        if o not in pairs
        for n in rest
        if (ratio := _ratio(unit.body, new[n].body, _ELSEWHERE)) >= _ELSEWHERE
    ]
    yield from ((o, n) for _, o, n in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])))


def _ratio(old: str, new: str, least: float) -> float:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _alone(kind: Literal["added", "deleted"], unit: Unit) -> Change:
    runs = (Run(text=unit.text, changed=True),)
    if kind == "added":
        return Change(kind=kind, new_label=unit.label, heading=unit.name, new=runs)
    return Change(kind=kind, old_label=unit.label, heading=unit.name, old=runs)


def _change(old: Unit, new: Unit) -> Change:
    kind: Kind = "moved" if old.label != new.label else "kept" if old.plain == new.plain else "amended"
    same = old.plain == new.plain or (kind == "moved" and old.body == new.body)
    left, right = ((Run(text=old.text),), (Run(text=new.text),)) if same else _runs(old.text, new.text)
    return Change(kind=kind, old_label=old.label, new_label=new.label, heading=new.name, old=left, new=right)


def _runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both sides cut at the words that differ; blanks alone make no difference."""
    left, right = [w for w, _ in spoken(old) if w], [w for w, _ in spoken(new) if w]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < 1 - _WHOLE:
        return (Run(text=old, changed=True),), (Run(text=new, changed=True),)
    sides: tuple[list[Run], list[Run]] = ([], [])
    for name, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(sides, (left[a:b], right[c:d]), strict=True):
            _add(side, "".join(words), changed=name != "equal")
    return tuple(sides[0]), tuple(sides[1])


def _add(side: list[Run], text: str, *, changed: bool) -> None:
    changed = changed and bool(text.strip())
    if text and side and side[-1].changed == changed:
        side[-1] = Run(text=side[-1].text + text, changed=changed)
    elif text:
        side.append(Run(text=text, changed=changed))
