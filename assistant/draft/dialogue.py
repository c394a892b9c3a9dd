"""`kyodo draft --ask`: the open questions one by one; every answer makes the draft anew, nothing is asked twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Literal

from rich.console import Console

from assistant.draft.export.about import said_of
from assistant.draft.fields import FORMS, fields, form_of, key_of
from assistant.draft.show import show_divisions, show_understood, write
from assistant.draft.words import terminal
from assistant.drafts import Draft
from assistant.text import fold, sanitize

Redraft = Callable[[Mapping[str, str]], Draft]
Outcome = Literal["next", "stay", "stop"]


class Dialogue:
    """Questions and answers about one draft; `draft` is at any time the draft with all answers so far."""

    def __init__(self, console: Console, draft: Draft, redraft: Redraft) -> None:
        self.draft = draft
        self._console = console
        self._redraft = redraft
        self._passed: list[str] = []  # keys that were asked, in their order

    def run(self) -> Draft:
        """Ask until nothing is open, the user stops, or the input ends; what was answered is kept."""
        try:
            self._ask_all()
        except (EOFError, KeyboardInterrupt):
            self._console.print()
            self._say("stopped", count=len(self._open()))
        except UnicodeDecodeError:
            self._say("unreadable")
        return self.draft

    def _ask_all(self) -> None:
        if self._open():
            show_understood(self._console, self.draft)
            self._console.print()
            self._say("begin", count=len(self._open()))
        while waiting := self._open():
            key = waiting[0]
            self._show(key)
            while (outcome := self._take(key, self._reply())) == "stay":
                pass
            if outcome == "stop":
                self._say("stopped", count=len(self._open()))
                return
        self._say("done")

    def _open(self) -> list[str]:
        return [key for key in self.draft.question_keys if key not in self._passed]

    def _show(self, key: str) -> None:
        self._console.print()
        question = dict(zip(self.draft.question_keys, self.draft.questions, strict=True))[key]
        write(self._console, question, style="bold")
        write(self._console, fields()[key].why, indent=2, style="dim")
        if key == "unit":
            show_divisions(self._console, self.draft)

    def _reply(self) -> str:
        """One line of input. The prompt never stands on standard output unless a person sits there."""
        prompt = terminal("ask", "prompt", count=len(self._open()))
        if sys.stdin.isatty() and sys.stdout.isatty():
            with suppress(ImportError):
                import readline  # noqa: F401 - lets the line be edited
            return sanitize(input(prompt)).strip()
        self._console.print(prompt, end="", markup=False)
        reply = sanitize(input()).strip()
        self._console.print()
        return reply

    def _take(self, key: str, reply: str) -> Outcome:
        match fold(reply):
            case "q":
                return "stop"
            case "?":
                self._say("example", example=fields()[key].example)
                return "stay"
            case "b":
                return self._back()
            case "":
                pass
            case _:
                about, text = _field_of(reply) or (key, reply)
                if about == "form" and form_of(text) is None:
                    self._say("unknown_form", forms="、".join(FORMS))
                    return "stay"
                self._answer(about, text)
                if about != key:
                    self._say("corrected", name=fields()[about].name)
                    return "stay" if key in self._open() else "next"
        self._passed.append(key)
        return "next"

    def _answer(self, key: str, reply: str) -> None:
        before = {(p.code, p.quote) for p in self.draft.problems}
        self.draft = self._redraft({**self.draft.fields, key: reply})
        for problem in self.draft.problems:
            if (problem.code, problem.quote) not in before:
                self._say("problem", style="yellow", message=said_of(problem))
        if key in self.draft.question_keys:
            self._say("still", style="yellow", name=fields()[key].name, why=fields()[key].why)

    def _back(self) -> Outcome:
        if not self._passed:
            self._say("no_way_back")
            return "stay"
        key = self._passed.pop()
        if key in self.draft.fields:
            self.draft = self._redraft({k: text for k, text in self.draft.fields.items() if k != key})
        return "next"

    def _say(self, sentence: str, /, style: str = "", **values: object) -> None:
        write(self._console, terminal("ask", sentence, **values), style=style)


def _field_of(reply: str) -> tuple[str, str] | None:
    """「項目=内容」 says another field than the one that is asked: its key and text."""
    word, _, text = reply.replace("＝", "=").partition("=")
    key = key_of(word, whole=True)
    return (key, text.strip()) if key and text.strip() else None
