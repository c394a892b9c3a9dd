"""The evaluation cases as what they stand on: their supports, word for word from the sources."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.quoted import Quote, Quoted
from assistant.settings import Settings
from eval.case_files import Dialog, Fact, all_folders, load


def quoted_cases(_settings: Settings) -> Iterator[Quoted]:
    """Every case with a support, of all folders that come with the project."""
    for folder in all_folders():
        for fact in load(folder, "facts", Fact):
            yield _case(f"{folder.name}/{fact.id}", fact.question, fact.support)
        for dialog in load(folder, "dialogs", Dialog):
            supports = tuple(s for turn in dialog.turns for s in turn.gold_support)
            if supports:
                yield _case(f"{folder.name}/{dialog.id}", dialog.turns[0].user, supports)


def _case(identity: str, question: str, supports: tuple[str, ...]) -> Quoted:
    return Quoted(kind="case", id=identity, question=question, quotes=tuple(Quote(text=s) for s in supports))
