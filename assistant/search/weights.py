"""The weights of the fusion, in one place.

Every part is calibrated to roughly 0–2 before weighting, so that a weight says how much a part counts. They are round
numbers on purpose: a search over 400 random settings moved the sum of the measures by less than its error
(docs/decisions/0002), so there is nothing to gain by tuning them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    dense: float = 1.0
    words: float = 1.0
    pairs: float = 0.8
    asked_dense: float = 0.8  # expected questions, 0 switches them off
    asked_words: float = 0.45
    asked_pairs: float = 0.45
    ordinance_cue: float = 0.6  # the question speaks of the ordinance: articles
    rule_cue: float = 0.5  # it asks what may or must be done, of no ward and no project: articles
    exact_article: float = 4.0  # the question names the article
    law_named: float = 1.0  # the question names an ordinance or its municipality, with several in the index
    law_beside: float = -3.0  # an ordinance beside the one that the question names: its 附則 and 委任 read alike
    law_elsewhere: float = -0.6  # another municipality's ordinance that the question does not name
    exact_project: float = 2.0  # the question holds a project's whole name
    ward_named: float = 0.2  # divisions only: record of a ward the question names
    other_ward: float = -10.0  # divisions only: another ward than the named one never handles its matters
    bureau_without_ward: float = 0.2  # divisions only: no ward named, record of a bureau
    other_city_named: float = 1.0  # divisions only: office of another city the question names


DENSE_FLOOR = 0.80  # cosine below which e5 says nothing; its scores lie in 0.69–0.93
DENSE_SCALE = 8.0
DENSE_DEPTH = 1_000  # nearest chunks fetched; the rest counts as below the floor
NEIGHBOURS = 3  # expected and unanswerable questions compared to tell whether a question can be answered
ASKED_DEPTH = 150  # nearest expected questions fetched
MEANT = 15.0  # weight of the cosines against the words where answerable and unanswerable questions are compared
