"""Papers for tests of the checks: one clause a line, 「見出し｜本文」 gives a line a heading."""

from __future__ import annotations

from collections.abc import Callable

from assistant.clauses.paper import Clause, Paper, PaperKind
from assistant.drafts import Code, Finding
from assistant.law_records import Article, Item, OrdinanceRecord, Paragraph


def paper(text: str, kind: PaperKind = "brief", *, ordinance: OrdinanceRecord | None = None) -> Paper:
    clauses, at = [], 0
    for line in text.split("\n"):
        heading, bar, body = line.rpartition("｜")
        start = at + len(heading) + len(bar)
        if body:
            clauses.append(Clause(body, start, start + len(body), heading))
        at += len(line) + 1
    return Paper(text, kind, tuple(clauses), ordinance=ordinance)


def codes(check: Callable[[Paper], list[Finding]], told: Paper) -> set[Code]:
    """The codes that `check` finds; every quotation must stand in the text at its place."""
    found = check(told)
    for f in found:
        assert f.start == -1 or told.text[f.start : f.start + len(f.quote)] == f.quote != ""
        assert f.message and f.basis
    return {f.code for f in found}


def ordinance() -> OrdinanceRecord:
    """22 articles with as many paragraphs and items as the checks look at; their texts do not matter."""
    paragraphs = {2: 5, 3: 2, 4: 2, 6: 5, 7: 4, 9: 2, 10: 2, 11: 2, 12: 2, 15: 2, 16: 2, 17: 3, 18: 2, 19: 2}
    items = {5: 4, 8: 5}
    return OrdinanceRecord(
        source_id="o",
        title="横浜市市民協働条例",
        articles=tuple(
            Article(
                source_id="o",
                number=str(n),
                caption={13: "秘密の保持", 15: "事業評価", 12: "協働契約"}.get(n, f"条{n}"),
                paragraphs=tuple(
                    Paragraph(
                        number=p,
                        text="",
                        items=tuple(Item(label=f"({k})", text="") for k in range(1, items.get(n, 0) + 1)),
                    )
                    for p in range(1, paragraphs.get(n, 1) + 1)
                ),
                section=f"article:{n}",
            )
            for n in range(1, 23)
        ),
    )
