"""Names that the last answer told: whom 「その人」, 「その法人」 and 「前者」 stand for."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.chat.history import History, Past
from assistant.chat.phrases import noun_runs, pattern, specific_nouns

_LONG = 6  # characters of a name in front of 「の制度」
_NAME = "(?<![0-9])(?:(?![年月日号第])[一-鿿ァ-ヶー]){4,}?"  # of a thing, in front of its kind


def told_name(last: Past, kind: str) -> str:
    """The one person (`kind` "person") or body ("body") of the first line of the answer that names any; empty if there are more."""
    for line in last.shown.split("\n"):
        names = {" ".join(found["name"].split()) for found in pattern(f"name_of_{kind}").finditer(line)}
        names = {name for name in names if name not in last.standalone}
        if names:
            return names.pop() if len(names) == 1 and "［" in line else ""
    return ""


def told_thing(last: Past) -> str:
    """The one name in the answer of what the question asked by its kind: 「何という条例ですか」; empty if there is none."""
    asked = pattern("asked_kind").search(last.standalone)
    if not asked:
        return ""
    line = last.shown.partition("\n")[0]
    names = set(re.findall(f"{_NAME}{asked['kind']}", line)) or _names_of_kind(line, asked["kind"])
    known = [noun for noun in noun_runs(last.standalone) if noun.endswith(asked["kind"]) and noun != asked["kind"]]
    new = [name for name in names if not any(name.endswith(noun) for noun in known)]
    return new[0] if len(new) == 1 else ""


def called(past: Past) -> Past:
    """A turn that asked what something described is called, with its name as the matter, if the answer tells it."""
    name = told_thing(past) if past.topic.endswith("こと") else ""
    return replace(past, topic=name) if name else past


def _names_of_kind(line: str, kind: str) -> set[str]:
    """「…ネットワークの制度」: the longest of what stands in front of the kind."""
    runs = (noun_runs(before)[-1:] for before in line.split(f"の{kind}")[:-1])
    found = {run[0] for run in runs if run and len(run[0]) >= _LONG}
    return {name for name in found if not any(name != other and other.endswith(name) for other in found)}


def told_other(history: History) -> str:
    """Of two that an answer told together, the one that the last turn was not about; empty if there is none."""
    for turn in history.matters:
        two = told_two(turn)
        left = [name for name in two if name not in history.matters[0].standalone]
        if len(two) == 2:
            return left[0] if len(left) == 1 else ""
    return ""


def told_two(last: Past) -> list[str]:
    """The two things that the answer names together: of the kind the question asks for, or of the topic's if it asks for two."""
    asked = pattern("asked_which").search(last.standalone)
    for pair in pattern("named_together").finditer(last.shown) if asked else ():
        if all(name.endswith(asked["kind"]) for name in pair.groups() if asked):
            return list(pair.groups())
    both = pattern("named_together").search(last.topic + "は")
    if both and both[1][-1] == both[2][-1] and both.end() == len(last.topic):
        return list(both.groups())
    if not pattern("two").search(last.standalone):
        return []
    for kind in specific_nouns(last.topic):
        runs = {n for n in noun_runs(last.shown) if n.endswith(kind) and n != kind}
        names = [n for n in runs if not any(n != other and n.endswith(other) for other in runs)]
        if len(names) == 2:
            return sorted(names, key=last.shown.index)
    return []
