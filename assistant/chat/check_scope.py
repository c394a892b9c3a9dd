"""Can the documents answer this? An article that does not exist, and questions far from everything they say."""

from __future__ import annotations

from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import OrdinanceRecord

# Below this the best passage shares neither meaning nor words with the question. It is low on purpose: retrieval
# scores cannot tell answerable from unanswerable questions (AUC 0.6, docs/decisions/0002), only near from far.
FAR = 0.45


def check_scope(turn: Turn) -> Turn:
    """Stop for a missing article and for questions far from every document."""
    law = _ordinance(turn)
    if law is not None and turn.understood.articles:
        known = {a.number for a in law.articles if not a.supplementary}
        missing = [ref for ref in turn.understood.articles if str(ref.article) not in known]
        if missing and len(missing) == len(turn.understood.articles):
            last = max(int(n.split("の")[0]) for n in known)
            return turn.stop(Reason.NO_SUCH_ARTICLE, title=law.title, article=missing[0].article, last=last)
    if not turn.passages or turn.passages[0].score < FAR:
        return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=_documents(turn))
    return turn


def _ordinance(turn: Turn) -> OrdinanceRecord | None:
    """The ordinance that article numbers refer to; with several, a number alone is not enough to refuse."""
    laws = turn.searcher.index.records.ordinances
    return laws[0] if len(laws) == 1 else None


def _documents(turn: Turn) -> int:
    return sum(1 for s in turn.searcher.index.sources.values() if not s.expected)
