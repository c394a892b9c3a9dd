"""Citations of the ordinance: does the article exist, and is it about what the clause says?

Only 横浜市市民協働条例 is looked at; another law's or ordinance's articles and the document's own never are. Whether an
article fits is decided by citations.toml; where a sentence does not surely tell another article's topic, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses.amounts import plain
from assistant.clauses.checks.findings import finding, words
from assistant.clauses.checks.patterns import data, patterns
from assistant.clauses.checks.statements import Statement, even, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding
from assistant.law_records import Article
from assistant.text import kanji_number


@dataclass(frozen=True)
class _Citation:
    """第8条第3号: numbers as the ordinance's record writes them; paragraph and items empty where none is cited."""

    written: str
    start: int
    article: str
    paragraph: int | None
    items: tuple[int, ...]


def check_citations(paper: Paper) -> list[Finding]:
    """One finding for each wrong citation; none without an ordinance to compare with."""
    if not paper.ordinance or "条例" not in paper.text:
        return []
    articles = {a.number: a for a in paper.ordinance.articles if not a.supplementary}
    told = statements(paper)
    found = []
    for citation in _citations(paper.text):
        at = _at(told, paper.text, citation.start)
        if not _exists(citation, articles):
            hint = _hint(_topic(at, citation), articles)
            found.append(finding(Code.WRONG_ARTICLE, at, "WRONG_ARTICLE_ABSENT", cited=citation.written, hint=hint))
        elif (topic := _topic(at, citation)) and not _fits(citation, at):
            caption = articles[citation.article].caption
            hint = _hint(topic, articles)
            found.append(finding(Code.WRONG_ARTICLE, at, cited=citation.written, caption=caption, hint=hint))
    return found


def _citations(text: str) -> Iterator[_Citation]:
    """Citations of our ordinance, in their order."""
    known, told, ours = patterns("citations"), plain(text), True
    defined = known["defined"].search(text)
    bare_is_ours = not defined or bool(known["ours"].search(defined[1]))
    for match in known["cited"].finditer(told):
        name = told[max(0, match.start() - 30) : match.start() + 2]
        if not name.endswith("同条例"):
            ours = _is_ours(name, bare_is_ours)
        if ours:
            for one in known["one"].finditer(told, match.start(1), match.end(1)):
                yield _citation(text[one.start() : one.end()], one.start())


def _is_ours(name: str, bare_is_ours: bool) -> bool:
    """Does `name`, a text that ends with 条例, mean 市民協働条例? A bare 「条例」 does unless the document defines it otherwise."""
    known = patterns("citations")
    if known["ours"].search(name):
        return True
    return bare_is_ours and bool(known["bare"].search(name)) and not known["not_bare"].search(name)


def _citation(written: str, start: int) -> _Citation:
    match = patterns("citations")["parts"].match(plain(written))
    assert match, written
    article, branch, paragraph, rest = match.groups()
    items = tuple(_number(m[1]) for m in patterns("citations")["item"].finditer(rest))
    number = f"{_number(article)}の{_number(branch)}" if branch else str(_number(article))
    return _Citation(written, start, number, _number(paragraph) if paragraph else None, items)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else kanji_number(written)


def _exists(citation: _Citation, articles: dict[str, Article]) -> bool:
    article = articles.get(citation.article)
    if not article or (citation.paragraph and citation.paragraph > len(article.paragraphs)):
        return False
    paragraphs = article.paragraphs[citation.paragraph - 1 :][:1] if citation.paragraph else article.paragraphs
    most = max(len(p.items) for p in paragraphs)
    return all(item <= most for item in citation.items)


def _fits(citation: _Citation, at: Statement) -> bool:
    """Does the sentence or its heading show what the cited article, or one of the cited items, is about?"""
    known = data("citations")
    items = known["items"].get(citation.article, {})
    cues = [items[str(i)] for i in citation.items if str(i) in items] or [known["articles"].get(citation.article, "")]
    context = _without(at, citation)
    return any(re.search(cue, context) for cue in cues)


def _topic(at: Statement, citation: _Citation) -> str:
    """The other article whose topic the sentence surely tells; empty where it tells none."""
    firm: dict[str, str] = data("citations")["firm"]
    context = _without(at, citation)
    cited_whole = citation.article if not citation.items else ""
    return next((number for number, told in firm.items() if number != cited_whole and re.search(told, context)), "")


def _without(at: Statement, citation: _Citation) -> str:
    """Heading and sentence without the ordinance's own name, which shows no topic."""
    return re.sub("市民協働(?:推進)?条例", "条例", at.headed.replace(even(citation.written), ""))


def _hint(topic: str, articles: dict[str, Article]) -> str:
    if topic not in articles:
        return ""
    return words("WRONG_ARTICLE", "hint").format(caption=articles[topic].caption, number=topic)


def _at(told: Sequence[Statement], text: str, position: int) -> Statement:
    """The sentence that holds `position`; its line, where the paper's clauses leave it out."""
    for s in told:
        if s.start <= position < s.start + len(s.text):
            return s
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    lead = len(line) - len(line.lstrip())
    return Statement(line.strip(), start + lead, even(line), "", frozenset(), -1)
