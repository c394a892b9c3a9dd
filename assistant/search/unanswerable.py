"""Questions that these documents cannot answer, from unanswerable.txt: the other side of the expected questions."""

from __future__ import annotations

from importlib import resources

from assistant.records import ExpectedQuestion


def load_unanswerable() -> list[ExpectedQuestion]:
    """All of them, without chunks; the id begins with the kind (legal, instruction, harm …)."""
    found: list[ExpectedQuestion] = []
    kind = ""
    text = resources.files("assistant.search").joinpath("unanswerable.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("@ "):
            kind = line[2:].strip()
        elif line.strip() and not line.startswith("#"):
            found.append(ExpectedQuestion(id=f"{kind}/{len(found)}", text=line.strip(), chunk_ids=()))
    return found


def kind_of(identity: str) -> str:
    """The kind of an unanswerable question by its id."""
    return identity.split("/", 1)[0]
