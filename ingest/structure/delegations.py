"""What a 施行規則 says in the place of its ordinance: 「条例第n条第n項の規則で定める…は、…」.

Where such a paragraph lists 「規則で定める事項」 of a contract in 号, each of them is a requirement for drafts and reviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.law_records import Article, Delegation, OrdinanceRecord, Paragraph, Requirement
from assistant.records import Chunk
from assistant.text import arabic_ordinals, compact, one_line

_FILLS = re.compile(r"条例第([0-9]+)条(?:第([0-9]+)項)?(?:に規定する|にいう|の)(?:その他)?(?:の)?規則で定める(事項は)?")
_LEFT = "規則で定める"  # what the paragraph of the ordinance says
_CONTRACT = "協働契約"  # requirements are those of its contents


@dataclass(frozen=True)
class _Filled:
    """A paragraph of a rule and the one of the ordinance that it fills; `listed`: it begins a list of matters."""

    rule: OrdinanceRecord
    article: Article
    paragraph: Paragraph
    parent: Article
    number: int
    listed: bool


def find_delegations(laws: Sequence[OrdinanceRecord], chunks: Sequence[Chunk]) -> dict[str, Any]:
    """`delegations` and `requirements` of every rule that belongs to an ordinance of the index."""
    of = {(c.source_id, c.section): c.id for c in reversed(chunks)}
    filled = [f for f in _filled(laws) if (f.rule.source_id, f.article.section) in of]
    return {
        "delegations": tuple(
            Delegation(
                rule=f.rule.title,
                chunk_id=of[f.rule.source_id, f.article.section],
                begins=f.paragraph.text.split("\n", maxsplit=1)[0],
                section=f.parent.section,
                paragraph=f.number,
            )
            for f in filled
        ),
        "requirements": tuple(
            Requirement(
                source_id=f.rule.source_id,
                rule=f.rule.title,
                locator=f"第{f.article.number}条第{item.label}号",
                demanded_by=f"第{f.parent.number}条第{f.number}項",
                text=one_line(item.text),
                chunk_id=of[f.rule.source_id, f.article.section],
            )
            for f in filled
            if f.listed and _CONTRACT in f.parent.paragraphs[f.number - 1].text
            for item in f.paragraph.items
        ),
    }


def _filled(laws: Sequence[OrdinanceRecord]) -> Iterator[_Filled]:
    for rule in laws:
        own = [law for law in laws if law is not rule and compact(rule.title).startswith(compact(law.title))]
        parents = {a.number: a for law in own for a in law.articles if not a.supplementary}
        for article in rule.articles:
            for paragraph in article.paragraphs:
                for found in _FILLS.finditer(arabic_ordinals(compact(paragraph.text))):
                    parent, number = parents.get(found[1]), int(found[2] or 1)
                    if parent and 0 < number <= len(parent.paragraphs) and _LEFT in parent.paragraphs[number - 1].text:
                        yield _Filled(rule, article, paragraph, parent, number, bool(found[3]))
