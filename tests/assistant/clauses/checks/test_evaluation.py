"""§15: mutual evaluation and its publication in many words."""

from __future__ import annotations

import pytest

from assistant.clauses.checks.evaluation import check_evaluation
from assistant.drafts import Code
from tests.assistant.clauses.checks.papers import codes, paper

# briefs: only what is asked for counts
TOLD = [
    (Code.S15_ONE_SIDED, "甲は、事業の終了後、乙の働きを評価し、その結果を公表する。"),
    (Code.S15_ONE_SIDED, "評価は市だけが行い、団体からの評価は行わない。"),
    (Code.S15_ONE_SIDED, "委託者は、年度末に受託者の成果を五段階で評価する。"),
    (Code.S15_ONE_SIDED, "事業の評価は、区のみが実施することとしてください。"),
    (Code.S15_ONE_SIDED, "乙は、年度の終わりに甲の評価を受けなければならない。"),
    (Code.S15_ONE_SIDED, "区が当会の仕事ぶりを採点し、広報に載せる。"),
    (Code.S15_ONE_SIDED, "団体は市を評価することはできない。"),
    (Code.S15_NOT_PUBLISHED, "甲乙で互いに評価するが、結果は公表しない。"),
    (Code.S15_NOT_PUBLISHED, "相互に評価を行い、評価書は内部の資料とする。"),
    (Code.S15_NOT_PUBLISHED, "お互いに点を付け合い、その点数は外に出さない。"),
    (Code.S15_NOT_PUBLISHED, "双方で評価し合った内容は、関係者限りとする。"),
    (Code.S15_NOT_PUBLISHED, "年度末の振り返りは甲乙で行い、結果は非公開とします。"),
    (Code.S15_NOT_PUBLISHED, "甲及び乙は相互に評価する。前項の結果は、市民に知らせない。"),
]

NOT_TOLD = [
    "甲及び乙は、事業の終了後、相互に評価を行い、その結果を公表する。",
    "市と会が互いの働きを評価し、広報に載せます。",
    "甲が乙を、乙が甲をそれぞれ評価し、突き合わせる。",
    "乙は自己評価を出し、甲は甲としての評価を書いて、両方をサイトに載せる。",
    "甲は、乙の取組を評価する。乙もまた、甲の取組を評価する。",
    "甲は、乙を評価する。乙は、甲を評価する。結果は公表する。",
    "市が一方的に評価するのではなく、双方で評価する。",
    "評価は甲だけが行うのではなく、乙も行う。",
    "評価の結果は、個人の氏名を除き、公表する。",
    "区も団体も、一年の良し悪しを言い合い、掲示板に張り出す。",
    "参加者の評価をアンケートで集めます。",
    "見積りの評価に当たっては、三者の価格を参考とした。",
    "市は、入札の評価を行い、結果を公表する。",
    "外部の有識者が事業を評価し、講評をいただきます。",
    "甲だけが評価するような条項は入れないでください。",
    "前の契約では、市が団体を評価していました。",
    "地域で高く評価されている団体です。",
    "評価の結果のうち個人の秘密に関する部分は公表しない。",
]

SAID = [
    "評価｜年度の終わりに、市と団体が互いに評価する。\n評価｜前項の結果は公開する。",
    "その他｜片付けが済んだら、双方でよかった点と直したい点を書き、学校だよりに載せる。",
    "振り返り｜年度が終わったら、甲乙がそれぞれ振り返り、一枚にまとめて区のページに出す。",
    "公表｜評価の結果は、広報で公表する。\n評価｜甲乙は相互に評価する。",
    "評価｜甲及び乙は、相互に評価する。\n公開｜この事業のすべての情報を公開する。",
]


@pytest.mark.parametrize(("code", "text"), TOLD)
def test_one_sided_and_hidden_evaluations_are_found(code: Code, text: str) -> None:
    assert codes(check_evaluation, paper(text)) == {code}


@pytest.mark.parametrize("text", NOT_TOLD)
def test_mutual_ones_and_other_evaluations_are_not(text: str) -> None:
    assert codes(check_evaluation, paper(text)) == set()


@pytest.mark.parametrize("text", SAID)
def test_what_a_contract_says_in_another_place_counts(text: str) -> None:
    assert codes(check_evaluation, paper(text, "contract")) == set()


def test_silence_counts_in_contracts_only() -> None:
    silent = "見積り｜見積りの評価は市が行う。\n期間｜三月末までとする。"
    assert codes(check_evaluation, paper(silent, "contract")) == {Code.S15_NO_EVALUATION}
    assert codes(check_evaluation, paper(silent, "proposal")) == set()
    unpublished = "評価｜甲及び乙は、相互に評価を行う。"
    assert codes(check_evaluation, paper(unpublished, "contract")) == {Code.S15_NOT_PUBLISHED}
    assert codes(check_evaluation, paper(unpublished, "agreement")) == set()
