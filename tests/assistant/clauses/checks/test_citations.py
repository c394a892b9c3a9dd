"""Citations of the ordinance: those that do not exist or do not fit, and all the right and foreign ones."""

from __future__ import annotations

import pytest

from assistant.clauses.checks.citations import check_citations
from tests.assistant.clauses.checks.papers import codes, ordinance, paper

WRONG = [
    "横浜市市民協働条例第25条に定める協働契約を結びます。",
    "条例第8条第7号に従い、情報を公開する。",
    "市民協働条例第十五条第三項により、評価を行う。",
    "条例第12条の2の規定により、契約を締結する。",
    "条例（以下同じ。）第30条に基づき、届け出る。",
    "横浜市市民協働条例（平成24年6月横浜市条例第34号。以下「条例」という。）第21条に基づく協働契約として締結する。",
    "乙は、条例第14条の規定により、知り得た秘密を漏らしてはならない。",
    "秘密｜乙は、同条例第10条に従い、口外しない。横浜市市民協働条例第19条により、知り得た秘密を漏らさない。",
    "甲乙は、条例第１３条により相互に評価を行い、公表する。",
    "条例第9条に基づき、自主事業を行うことができる。",
    "条例第8条第5号により、事業の情報を公開する。",
    "甲及び乙は、中間支援組織の助言に誠実に対応する（条例第6条）。",
    "条例第12条及び第23条に基づき、この契約を締結する。",
]
RIGHT = [
    "横浜市市民協働条例（平成24年6月横浜市条例第34号。以下「条例」という。）第12条第1項の規定に基づき、協働契約を締結する。",
    "乙は、条例第13条の規定により、秘密を漏らしてはならない。",
    "甲乙は、条例第8条第3号により、条例第13条に規定する秘密を除き、情報を公開する。",
    "条例第8条各号に掲げる基本原則に基づき、対等の立場で相互に評価する。",
    "条例第15条第1項及び第2項により、相互に評価し、公表する。",
    "自主事業は、条例第十一条により届け出て行う。",
    "この提案は、条例第5条の活動に該当しません。",
    "根拠：横浜市市民協働条例第12条第1項",
    "条例第12条（同条例第21条の規定により読み替えて適用される場合を含む。）に基づき、契約する。",
    "甲は、条例第14条により、公益上必要な負担を負う。",
    "個人情報の保護に関する法律第27条に従い、秘密を守る。",
    "乙は、横浜市個人情報保護条例第45条に従い、知り得た秘密を漏らさない。",
    "個人情報の保護に関する条例第30条を守り、秘密を漏らさない。",
    "横浜市暴力団排除条例（平成23年横浜市条例第51号）第2条第2号に規定する者は、秘密を漏らしてはならない。",
    "横浜市補助金等交付条例（以下「条例」という。）により交付する。秘密は、条例第40条に従い漏らさない。",
    "横浜市個人情報保護条例第3条を守る。同条例第58条の定めにより、秘密を漏らさない。",
    "乙は、第40条に定める秘密を漏らしてはならない。",
    "民法第415条により、損害を賠償する。",
    "市民協働条例施行規則第31条により、書類を提出する。",
    "条例第8条第4号に基づき、役割の分担を定め、協働契約を締結する。",
    "甲と乙は、条例第2条第4項に規定する市民協働事業として、協働契約を結ぶ。",
]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_citations_are_found(text: str) -> None:
    assert codes(check_citations, paper(text, "contract", ordinance=ordinance())) == {"WRONG_ARTICLE"}


@pytest.mark.parametrize("text", RIGHT)
def test_right_and_foreign_citations_are_not(text: str) -> None:
    assert codes(check_citations, paper(text, "contract", ordinance=ordinance())) == set()


def test_each_wrong_citation_is_named_with_where_the_ordinance_has_it() -> None:
    text = "乙は、条例第14条により秘密を漏らさない。\n甲乙は、条例第25条により相互に評価を行う。"
    found = check_citations(paper(text, "contract", ordinance=ordinance()))
    assert [f.quote for f in found] == text.split("\n")
    assert "条例第13条" in found[0].message and "条例第15条" in found[1].message


def test_nothing_is_said_without_an_ordinance() -> None:
    assert codes(check_citations, paper("条例第99条により定める。", "contract")) == set()
