"""Expected questions by a language model, for documents that were added: the mechanism of the shipped ones (questions.py).

The model sees one section at a time. Its questions are searched and never quoted, so a bad one can cost a rank but never
put a word into an answer. What was written before a model fails is kept, and the next call goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat.claims import read_json
from assistant.index import Index
from assistant.models import ChatModel
from assistant.records import Chunk
from assistant.text import one_line, sanitize
from ingest.home import replace_file, writing
from ingest.questions import load_questions
from prompts import prompt

_WANTED = 6  # questions for a section
_LONGEST = 200  # characters of a question
_SECTION = 4_000  # characters of a section that are shown


class _Questions(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    questions: Annotated[list[str], Field(max_length=50)]


def sections_without(index: Index, source_id: str, path: Path) -> list[list[Chunk]]:
    """The searchable chunks of a source by section, those sections for which `path` holds no questions yet."""
    asked = load_questions(path)
    sections: dict[str, list[Chunk]] = {}
    for chunk in index.store.where(source_id=source_id):
        if chunk.searchable and chunk.section not in asked:
            sections.setdefault(chunk.section, []).append(chunk)
    return list(sections.values())


def write_questions(
    model: ChatModel, sections: list[list[Chunk]], path: Path, advance: Callable[[int], None]
) -> Iterator[int]:
    """Write questions for each section to `path`, section by section; yields how many. Raises ModelFailed, OSError."""
    for chunks in sections:
        questions = _ask(model, chunks)
        if questions:
            with writing(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
                before = path.read_text("utf-8") if path.is_file() else ""
                block = "\n".join([f"@ {chunks[0].section}", *questions])
                replace_file(path, f"{before}{block}\n\n".encode())
        advance(1)
        yield len(questions)


def _ask(model: ChatModel, chunks: list[Chunk]) -> list[str]:
    """The questions of one section, each on one line; none if the model's reply cannot be read."""
    text = "\n".join(chunk.text for chunk in chunks)[:_SECTION]
    data = {"title": chunks[0].title, "place": chunks[0].context, "text": text, "wanted": _WANTED}
    told = prompt("questions", data)
    try:
        found = _Questions.model_validate(read_json(model.complete(told.system, told.user).text)).questions
    except (ValidationError, ValueError, RecursionError):
        return []
    clean = [one_line(sanitize(question)).lstrip("@# ") for question in found]
    return list(dict.fromkeys(q for q in clean if 2 <= len(q) <= _LONGEST))[: 2 * _WANTED]
