"""Long sentences tell several things: cut them at their commas where what they tell changes.

The cheapest path over the chunks between commas (Viterbi 1967): a label stays unless another is better by more than a
change of label costs. The labels' scores of a chunk are those of the chunk itself and of the better of its pairs.
"""

from __future__ import annotations

import itertools
import re

from assistant.clauses.classifier import LABELS, Scores, classify
from assistant.clauses.reading import read

_CHANGE = 1.6  # what a change of label costs, in the classifier's scores
_LIMIT = 3.0  # a single chunk may not decide alone
_OTHER = -0.2  # score of telling nothing of interest
_OPEN, _CLOSE = "「『（(【［", "」』）)】］"
OTHER = "other"
# 「甲と乙は、」 and 「事故が起きたときは、」 tell nothing without what follows.
_SUBJECT = re.compile(
    r"^[^をにで、]{1,14}(?:に)?(?:は|が)$|^[^は、]*[一-龠ァ-ヶー]が$|(?:とき|際)(?:は|に|には)?$|場合(?:は|に|には)?$|について(?:は)?$|としては?$|(?:たら|れば|なら)$"
)


# 「…できない、…引き受ける、としてください」: what is asked for belongs to the words before it.
_QUOTES = re.compile(r"と(?:い[うっ]|の(?!こ)|し(?:て|ま|た)|する|書|定め|明記|記|入れ)")


def chunks(sentence: str) -> list[tuple[int, int]]:
    """Offsets of the parts between commas outside brackets; they tile the sentence."""
    found, begin, depth = [], 0, 0
    for position, char in enumerate(sentence):
        depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
        if char not in "、，" or depth or _QUOTES.match(sentence, position + 1):
            continue
        if not _SUBJECT.search(sentence[begin:position]):
            found.append((begin, position + 1))
            begin = position + 1
    return [*found, (begin, len(sentence))] if begin < len(sentence) else found


def segments(sentence: str) -> list[tuple[int, int, str]]:
    """Parts of a sentence with what each tells: (start, end, label), tiling it. One part without a comma: label ""."""
    parts = chunks(sentence)
    if len(parts) < 2:
        return [(0, len(sentence), "")]
    path = _cheapest(_emissions(sentence, parts))
    found: list[tuple[int, int, str]] = []
    for (start, end), label in zip(parts, path, strict=True):
        begin = found.pop()[0] if found and found[-1][2] == label else start
        found.append((begin, end, label))
    return found


def _emissions(sentence: str, parts: list[tuple[int, int]]) -> list[Scores]:
    single = classify([read(sentence[a:b]) for a, b in parts])
    pairs = classify([read(sentence[a:d]) for (a, _), (_, d) in itertools.pairwise(parts)])
    found = []
    for i, own in enumerate(single):
        beside = [pairs[j] for j in (i - 1, i) if 0 <= j < len(pairs)]
        scores = {label: (own[label] + sum(pair[label] for pair in beside) / len(beside)) / 2 for label in LABELS}
        found.append({label: max(-_LIMIT, min(_LIMIT, score)) for label, score in scores.items()} | {OTHER: _OTHER})
    return found


def _cheapest(emissions: list[Scores]) -> list[str]:
    best, steps = emissions[0], []
    for scores in emissions[1:]:
        top = max(best, key=lambda label: best[label])
        came = {label: label if best[label] >= best[top] - _CHANGE else top for label in scores}
        best = {label: max(best[label], best[top] - _CHANGE) + scores[label] for label in scores}
        steps.append(came)
    label = max(best, key=lambda name: best[name])
    path = [label]
    for came in reversed(steps):
        label = came[label]
        path.append(label)
    return path[::-1]
