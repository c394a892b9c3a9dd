"""Expected questions: for each section, what people ask that it answers, in their own words (doc2query).

Written from the document alone and kept beside it as `<source>.questions.txt`; searched, shown by
`kyodo ingest show`, never quoted. See Nogueira et al., Document Expansion by Query Prediction, 2019, arXiv 1904.08375.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import BadCorpus
from assistant.records import Chunk, ExpectedQuestion


def load_questions(path: Path) -> dict[str, list[str]]:
    """Section key → questions. Lines: `@ key`, questions below it, `#` comments. No file, no questions."""
    found: dict[str, list[str]] = {}
    if not path.is_file():
        return found
    key = ""
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if line.startswith("@ "):
            key = line[2:]
            found.setdefault(key, [])
        elif line and not line.startswith("#"):
            if not key:
                raise BadCorpus(
                    f"{path.name} {number}行目: 先に「@ 節の名前」が要ります。", f"{path.name}:{number}: no key above"
                )
            found[key].append(line)
    return found


def expected_questions(source_id: str, path: Path, own: Path, chunks: Sequence[Chunk]) -> list[ExpectedQuestion]:
    """Join questions to chunks by section key, or by the key of the project that several sections share.

    `path` holds the shipped ones, whose keys must fit; `own` those written for this home, where a section that is gone
    takes its questions with it.
    """
    by_section: dict[str, list[str]] = {}
    for chunk in chunks:
        if not chunk.searchable:
            continue
        by_section.setdefault(chunk.section, []).append(chunk.id)
        if chunk.kind == "project":
            by_section.setdefault(chunk.section.rsplit("/", 1)[0], []).append(chunk.id)
    expected: list[ExpectedQuestion] = []
    shipped, added = load_questions(path), load_questions(own)
    asked = {key: [*shipped.get(key, []), *added.get(key, [])] for key in [*shipped, *added]}
    for key, questions in asked.items():
        if key not in by_section and key not in shipped:
            continue
        if key not in by_section:
            raise BadCorpus(
                f"{path.name}: 「{key}」という節はありません。見出しが変わっていれば直してください。",
                f"{path.name}: no section “{key}”",
            )
        for text in questions:
            identity = f"{source_id}-q{len(expected) + 1}"
            expected.append(ExpectedQuestion(id=identity, text=text, chunk_ids=tuple(by_section[key])))
    return expected
