"""§8(3), §13: disclosure and secrecy in many words; absence counts only in contracts."""

from __future__ import annotations

import pytest

from assistant.clauses.checks.openness import check_openness
from assistant.drafts import Code
from tests.assistant.clauses.checks.papers import codes, paper

# briefs: only what is asked for counts
TOLD = [
    (Code.S8_3_NONDISCLOSURE, "この契約の内容及び事業の経過は、いかなる場合も公開しない。"),
    (Code.S8_3_NONDISCLOSURE, "協定に関する文書は、すべて部外秘とする。"),
    (Code.S8_3_NONDISCLOSURE, "決算や会議の記録は、だれにも見せないこととしてください。"),
    (Code.S8_3_NONDISCLOSURE, "甲乙は、本事業の一切の情報を第三者に公表してはならない。"),
    (Code.S8_3_NONDISCLOSURE, "事業の情報は非公開とする。"),
    (Code.S8_3_NONDISCLOSURE, "取組の結果も収支も世間には出さないという条を入れてほしい。"),
    (Code.S8_3_NONDISCLOSURE, "事業に関する資料は、秘密に当たるかどうかにかかわらず公表しない。"),
    (Code.S13_ENDS, "秘密を守る義務は、契約の満了とともに消滅する。"),
    (Code.S13_ENDS, "乙は、契約の期間中に限り、知り得た秘密を漏らさない。"),
    (Code.S13_ENDS, "口外しない約束は、事業が終わったらなくなるものとします。"),
    (Code.S13_ENDS, "守秘の義務は、協定の終了日までとする。"),
    (Code.S13_ENDS, "秘密は漏らさない。ただし、契約が終了した後は、この限りでない。"),
    (Code.S13_ENDS, "事業を続けている間は相談者の事情を話しませんが、終わった後は自由とします。"),
    (Code.S13_ENDS, "契約が終われば、乙は秘密保持の責任を免れる。"),
    (Code.S13_ENDS, "秘密を漏らしてはならないのは、契約期間中のみとする。"),
]

NOT_TOLD = [
    "甲及び乙は、秘密を除き、この事業の情報を公開する。",
    "公開しないものを除き、事業の記録は誰でも見られるようにする。",
    "個人情報は一切公開しない。",
    "相談で聞いた内容は、だれにも話さない。",
    "応募書類の審査の経過は公開しない。",
    "議事録は、双方の確認が済むまでは公開しない。",
    "参加者の写真は、承諾なしに公表しない。",
    "会議は原則として公開し、非公開とする部分は議事録にその理由を書く。",
    "評価の結果は公表しない。",
    "乙は、知り得た秘密を、契約の期間中及び終了後において漏らしてはならない。",
    "契約が終わった後も、聞いた話は口外しません。",
    "秘密を守る義務は、契約の終了によって消滅しない。",
    "秘密保持の義務は、契約が終わっても続く。",
    "この契約は、令和十年三月三十一日の満了とともに終了する。",
    "乙は、契約の期間中、毎月末に帳簿を甲に見せる。",
    "秘密の保持が契約とともに終わるような条項は避けてください。",
    "秘密の保持は、任期を終えた後も、また同様とする。",
]

KEEPS = [
    "乙は、知り得た秘密を漏らしてはならない。",
    "打ち明けられた家の事情は、よそで話さない。",
    "当番は、児童について知ったことを、だれにも言いません。",
    "守秘義務は、事業が終わった後も続く。",
    "内密に聞いた話は、終わりたる後も口にせぬこと。",
    "職員は、利用者のプライバシーを守る。",
    "名簿で知ったことは他言しない。",
    "業務で得た技術情報は秘密として扱う。",
    "業務上の機密は、期間中も期間の終了後も外へ持ち出さない。",
]
NOT_KEEPS = [
    "秘密を除き、情報を公開する。",
    "秘密が漏れたことによる損害は、乙が賠償する。",
    "窓口は区政推進課とする。",
    "会場の鍵は、事務局が保管する。",
    "乙は、参加者名簿の整備と送迎の見守りを行う。",
    "個人情報の取扱いについては、法律の定めるところによる。",
]
OPENS = [
    "会計と活動日誌は店内に掲げる。",
    "この契約に関する情報は、秘密を除いて市のホームページに載せる。",
    "収支と来場者の数は、通りの掲示板に出す。",
    "帳面も日誌も、見たいという者には見せること。",
    "議事の要旨は、誰でも閲覧できるようにする。",
    "評価の結果及び事業の収支を公表する。",
    "会議は傍聴できるものとし、その記録を公開する。",
]
NOT_OPENS = [
    "年四回の公開講座を区民ホールで開く。",
    "互いに評価を行い、その結果を公表する。",
    "ふりかえりの会を開き、双方で評価し合って結果を公表する。",
    "会議室の提供とウェブサイトへの掲載は、甲が行う。",
    "帳簿は、収支を明らかにして五年間保存する。",
    "区の広報で参加者を募る。",
    "区は、学校への案内を行う。",
]


@pytest.mark.parametrize(("code", "text"), TOLD)
def test_what_is_shut_or_ends_is_found(code: Code, text: str) -> None:
    assert codes(check_openness, paper(text)) == {code}


@pytest.mark.parametrize("text", NOT_TOLD)
def test_secrets_and_exceptions_are_ordinary(text: str) -> None:
    assert codes(check_openness, paper(text)) == set()


@pytest.mark.parametrize("text", KEEPS)
def test_secrecy_in_other_words_counts(text: str) -> None:
    assert Code.S13_NO_SECRET not in codes(check_openness, paper(text, "contract"))


@pytest.mark.parametrize("text", NOT_KEEPS)
def test_words_near_secrecy_do_not_count(text: str) -> None:
    assert Code.S13_NO_SECRET in codes(check_openness, paper(text, "contract"))
    assert Code.S13_NO_SECRET not in codes(check_openness, paper(text, "proposal"))


@pytest.mark.parametrize("text", OPENS)
def test_disclosure_in_other_words_counts(text: str) -> None:
    assert Code.S8_3_NO_DISCLOSURE not in codes(check_openness, paper(text, "contract"))


@pytest.mark.parametrize("text", NOT_OPENS)
def test_words_near_disclosure_do_not_count(text: str) -> None:
    assert Code.S8_3_NO_DISCLOSURE in codes(check_openness, paper(text, "contract"))
    assert Code.S8_3_NO_DISCLOSURE not in codes(check_openness, paper(text, "proposal"))
