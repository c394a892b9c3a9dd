"""What a 施行規則 adds to the contents of a contract: the 号 of 「条例第n条第n項の規則で定める事項は、次に掲げる…」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.records import Chunk, OrdinanceRecord, Paragraph, Requirement
from assistant.text import arabic_ordinals, compact, one_line

_LIST = re.compile(r"条例第([0-9]+)条第([0-9]+)項(?:に規定する|にいう|の)(?:その他)?(?:の)?規則で定める事項は")
_OPEN = "規則で定める事項"  # what the paragraph of the ordinance says that leaves them to the rule


def find_requirements(laws: Sequence[OrdinanceRecord], chunks: Sequence[Chunk]) -> tuple[Requirement, ...]:
    """The items of every rule that belongs to an ordinance of the index whose paragraph leaves matters to it."""
    of = {(c.source_id, c.section): c.id for c in reversed(chunks)}
    return tuple(
        Requirement(
            source_id=rule.source_id,
            rule=rule.title,
            locator=f"第{article.number}条第{item.label}号",
            demanded_by=f"第{found[1]}条第{found[2]}項",
            text=one_line(item.text),
            chunk_id=of[rule.source_id, article.section],
        )
        for rule in laws
        for article in rule.articles
        for paragraph in article.paragraphs
        if (found := _LIST.search(arabic_ordinals(compact(paragraph.text)))) and _belongs(rule, laws, found)
        for item in paragraph.items
        if (rule.source_id, article.section) in of
    )


def _belongs(rule: OrdinanceRecord, laws: Sequence[OrdinanceRecord], found: re.Match[str]) -> bool:
    """Does the title of the rule begin with that of an ordinance whose paragraph leaves matters to it?"""
    own = [law for law in laws if law is not rule and compact(rule.title).startswith(compact(law.title))]
    return any(_OPEN in compact(p.text) for law in own for p in _paragraphs(law, found[1], int(found[2])))


def _paragraphs(law: OrdinanceRecord, article: str, paragraph: int) -> Iterator[Paragraph]:
    for found in law.articles:
        if found.number == article and not found.supplementary:
            yield from (p for p in found.paragraphs if p.number == paragraph)
