"""Periods, names, blanks, attachments, items put off, and the form: found where they are wrong, silent where they are not."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.clauses.brief import read_brief
from assistant.clauses.checks.amounts import check_amounts
from assistant.clauses.checks.costs import check_sums
from assistant.clauses.checks.form import check_form, fitting_form
from assistant.clauses.checks.gaps import check_attachments, check_blanks, check_deferred
from assistant.clauses.checks.names import check_names
from assistant.clauses.checks.periods import check_dates
from assistant.clauses.checks.shares import check_ratios
from assistant.clauses.examine import examine
from assistant.clauses.label import labelled
from assistant.clauses.paper import Paper, PaperKind, whole_sentences
from assistant.clauses.structure import read_document
from assistant.drafts import Finding, Form

CHECKS: tuple[Callable[[Paper], list[Finding]], ...] = (
    *(check_sums, check_ratios, check_amounts, check_dates, check_names),
    *(check_blanks, check_attachments, check_deferred, check_form),
)


def said(
    check: Callable[[Paper], list[Finding]], text: str, kind: PaperKind = "contract", form: Form | None = None
) -> list[str]:
    found = check(read_document(text, kind, form))
    assert all(f.quote and text[f.start : f.start + len(f.quote)] == f.quote for f in found)
    return [f.message for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "期間は令和9年9月1日から令和9年3月31日まで。",
        "期間は令和9年10月1日から2027年3月31日までとする。",
        "令和十年四月一日に始まり、令和九年三月三十一日に終わる。",
        "実施期間は2027年12月1日から同年8月31日まで。",
        "開始日　2028年10月1日\n終了日　2028年3月31日",
        "自　令和9年4月1日　至　令和8年3月31日",
        "| 開始日 | 令和9年10月1日 |\n| 終了日 | 令和9年3月31日 |",
        "期間：2027/9/1〜2027/3/31",
        "令和9年10月1日（契約締結の日）から令和9年3月31日まで",
        "開始日は令和10年4月1日で、終了日は令和9年3月31日です。",
        "令和9年4月から8年3月まで続ける。",
        "令和9年11月1日から始め、令和9年5月31日に終えます。",
    ],
)
def test_an_end_before_the_beginning(text: str) -> None:
    assert said(check_dates, text)


@pytest.mark.parametrize(
    "text",
    [
        "期間は令和9年4月1日から令和10年3月31日まで。",
        "令和9年10月1日から翌年3月31日まで。",
        "令和9年10月から3月まで毎月開く。",
        "平成31年4月1日から令和元年9月30日までの実績がある。",
        "令和9年4月1日から9年3か月のあいだ続ける。",
        "令和10年1月から令和9年度末まで行う。",
        "契約の日は令和9年4月1日。公募は令和8年10月に行った。",
        "期間は令和9年4月1日から、いや違った、令和9年5月1日から令和10年3月31日まで。",
        "2028年2月29日から2028年3月31日まで。",
        "令和9年度の2月から令和10年度の6月まで。",
        "前年度は令和8年4月から令和9年3月まで、本年度は令和9年4月から令和10年3月まで。",
        "提出期限　令和8年12月1日\n開始　令和9年4月1日",
    ],
)
def test_periods_that_are_right_or_not_told(text: str) -> None:
    assert said(check_dates, text) == []


HEAD = "横浜市（以下「甲」という。）と{name}（以下「乙」という。）は、次のとおり契約する。\n\n第1条　花を植える。\n第2条　水をやる。\n\n令和9年4月1日\n甲　横浜市長　　　印\n乙　{signed}　　　印\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HEAD.format(name="NPO法人みちくさ文庫", signed="NPO法人よりみち文庫　理事長　山田"), "contract"),
        (HEAD.format(name="欅の会", signed="楠の会　会長"), "contract"),
        (
            "発注者　横浜市\n受注者　特定非営利活動法人たんぽぽの綿毛（以下「法人」）\n\n第1条　法人は働く。\n第2条　事故は、特定非営利活動法人たんぽぽのわた帽子が賠償する。",
            "contract",
        ),
        (
            "青葉区と「NPO法人みちくさ文庫」（以下、乙）の契約書です。乙であるNPO法人よりみち文庫は本を用意します。",
            "brief",
        ),
        (
            "わたくしども「一般財団法人浜風スポーツ振興会」と戸塚区の協定です。署名の欄には、当会の名称を「一般財団法人浜風体育財団」と入れてください。",
            "brief",
        ),
        ("受託者：株式会社リバー印刷\n目的：かるたを作る\n損害は、株式会社リバー製本が負う。", "brief"),
        (
            "甲：横浜市港湾局　乙：一般社団法人しおまねき研究会\n\n第1条　海を調べる。\n第2条　事故は一般社団法人しおまねき調査会が負う。",
            "contract",
        ),
        (
            "港北区（以下「発注側」）と、合同会社いろどり工作室（以下「受注側」）は契約する。\n\n責任\n損害はすべて合同会社いろどり工房が負う。",
            "contract",
        ),
        (
            HEAD.format(name="NPO法人みなとの港工房", signed="横浜市中区山下町　　　NPO法人みなとの港工舎　理事長"),
            "contract",
        ),
        (HEAD.format(name="NPO法人さとやま工房", signed="横浜市緑区　　　合同会社さとやま工房　代表"), "contract"),
        (HEAD.format(name="屏風浦語り部保存会", signed="屏風浦語り手保存会　会長"), "contract"),
        (
            HEAD.format(name="ひかりが丘見守り隊", signed="ひかりが丘見守り隊　隊長")
            + "\n別紙\nひかりが丘見回り隊が配る。",
            "contract",
        ),
        ("提案団体\t根岸レールクラブ\n目的\t線路の跡を残す\n届出者\t根岸鉄道クラブ　会長", "proposal"),
        (
            "提案：カルタ倶楽部ヨコハマ\n\n【目的】昔からの遊びを、次の世代の子どもたちに伝える。\n【方法】毎月第1日曜の午後に、集会所で開く。\n【費用】札と会場に要する額は、すべて会が持つ。\n\n2027年1月　　ヨコハマかるた同好会　代表　山田",
            "proposal",
        ),
        ("中区\n乙　　本牧語り部の会\n目的　声を残す\n署名欄　甲 横浜市中区長／乙 本牧の記憶を残す会 会長", "brief"),
        ("協定の名称: 港北区と株式会社ことば印刷との連携協定\n当事者: 甲 横浜市港北区　乙 合同会社ことば印刷", "brief"),
    ],
)
def test_a_party_with_two_names(text: str, kind: PaperKind) -> None:
    assert said(check_names, text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HEAD.format(name="NPO法人みちくさ文庫", signed="NPO法人みちくさ文庫　理事長　山田"), "contract"),
        (HEAD.format(name="NPO法人みちくさ文庫", signed="特定非営利活動法人　みちくさ文庫　理事長"), "contract"),
        (HEAD.format(name="欅の会", signed="理事長"), "contract"),
        ("横浜市と社会福祉法人緑会及び社会福祉法人緑風会は、次のとおり契約する。", "contract"),
        ("NPO法人みちくさ文庫（以下「みちくさ」）が読み聞かせをします。みちくさは本を用意します。", "brief"),
        ("株式会社みなとみらい開発が会場を、株式会社みなとみらいホールが音響を貸します。", "brief"),
        ("「一般社団法人岬坂みらい工房」です。一般社団法人岬坂は当会の略称です。", "brief"),
        ("緑区地域振興課と緑区福祉保健課が窓口です。甲：横浜市　乙：竹の会", "brief"),
        ("NPO法人あおばの風の契約です。姉妹団体のNPO法人あおばの森が講師を出します。", "brief"),
        ("第3条（役割）\n甲：会場の手配\n乙：講師の手配\n第4条（責任）\n甲：会場の事故\n乙：運営の事故", "contract"),
        ("協力　株式会社リバーサイド印刷、株式会社リバーサイド製本\n乙：欅の会", "brief"),
        (
            HEAD.format(name="NPO法人みなと木工房", signed="横浜市中区山元町　　　NPO法人みなと木工房　理事長"),
            "contract",
        ),
        (HEAD.format(name="保土ケ谷見守り連絡会", signed="保土ヶ谷見守り連絡会　会長"), "contract"),
        ("乙　中川第一町内会連合会\n中川第二町内会連合会にも知らせる。", "brief"),
        ("乙　つるみ東部福祉会\nつるみ西部福祉会とも話す。", "brief"),
        (HEAD.format(name="欅の会", signed="横浜市中区日本大通　　　欅の会　会長"), "contract"),
        ("用具の更新　　　　125,000円（乙）\n照明の電気代　　　310,000円（甲）\n乙：交流の会", "brief"),
        ("提案団体\t緑の会\n連絡先\t045\n届出者\t緑の会　会長 山田", "proposal"),
        (
            "提案：緑道の花壇づくり\n提案者　花の会\n\n目的　道を飾る。\n方法　毎月植える。\n\n2027年1月　　花の会　代表　山田",
            "proposal",
        ),
        ("公益社団法人みどりの輪（乙）と契約します。公社みどりの輪は水やりをします。", "brief"),
    ],
)
def test_names_of_several_or_the_same_in_short(text: str, kind: PaperKind) -> None:
    assert said(check_names, text, kind) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("委託料：＿＿＿＿円", "brief"),
        ("期間：令和９年＿月＿日から令和＿年＿月＿日まで", "brief"),
        ("第4条　委託料は、金　　　　円とする。", "contract"),
        ("第4条　甲は〇〇円を補助する。", "contract"),
        ("【期間】\n令和　年　月　日から令和　年　月　日まで", "contract"),
        ("九　代表者　　氏名（　　　　　　　）　電話（　　　　　　　）", "proposal"),
        ("■おかね\n　総額　　　　　円", "proposal"),
        ("責任：〇〇〇〇〇〇", "brief"),
        ("金額：　　　　　円（後で記入）", "brief"),
        ("第5条　（未記入）", "contract"),
        ("団体名：○○法人○○会", "brief"),
        ("第3条　乙は、________を行う。", "contract"),
        ("第4条　費用は〔要確認：総額〕とし、甲が負担する。", "contract"),
        ("第4条　甲は【　】を負担する。", "contract"),
        ("責任　（要記入）", "proposal"),
        ("目的：花を植える。\n費用の分担：\n責任の分担：壊した者が直す。", "contract"),
        ("| 目的 | 花を植える |\n| 費用の分担 | |\n| 責任 | 会 |", "proposal"),
    ],
)
def test_blanks(text: str, kind: PaperKind) -> None:
    assert said(check_blanks, text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            HEAD.format(name="欅の会", signed="欅の会　会長").replace("令和9年4月1日", "令和　　年　　月　　日"),
            "contract",
        ),
        ("第1条　花を植える。\n\n2027年　　月　　日\n　甲　横浜市長　　　　　印", "contract"),
        ("青葉区の〇〇さん、じゃなくて農政の窓口さま", "proposal"),
        ("総額　　　　　九十五万円", "contract"),
        ("年度が終わったら、互いに評価する。", "contract"),
        ("○ 会場の手配\n○ 講師の手配", "proposal"),
        ("――――――――――\n提案書\n__________\n花を植える。", "proposal"),
        ("□する　□しない", "proposal"),
        ("第2条　5月〜7月、毎月2回（土曜）に集まる。", "contract"),
        ("えーと……、目的は子どもの居場所づくりです。", "brief"),
        ("**甲** 横浜市　**乙** 学校法人みずき学院\n\n**費用** 各自が持つ。", "brief"),
        ("- [ ] 会場\n- [x] 講師", "brief"),
        ("役割：\n市：会場の手配\n会：講師の手配\n費用：会が持つ。", "contract"),
        ("費用の分担：\n　市は会場費を、会は講師の謝金を持つ。\n責任：会", "contract"),
        ("備考：\n連絡先：緑区役所", "contract"),
        ("金額の欄は（　　　　円）のままで結構です。", "brief"),
        ("【役割】会が受付をする。（要約は別に送る。）", "contract"),
    ],
)
def test_no_blanks(text: str, kind: PaperKind) -> None:
    assert said(check_blanks, text, kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "第3条　甲及び乙の役割の分担は、別紙1のとおりとする。",
        "役割は「別紙1」のとおりです。",
        "費用の総額、内訳は別添の収支計画書のとおりです。",
        "実施の手順は、添付の別紙「実施計画書」による。\n（添付書類）なし",
        "◎役割……別添「役割分担書」に書いたとおり。\n◎別添……（この契約書には付けていない）",
        "作業の内容は別表第1に定める。",
        "第6条　乙は、別記「個人情報取扱特記事項」に従わなければならない。",
        "役割は別紙1、費用は別紙2のとおりとする。\n第2条　終わり。\n\n別紙1　分担表\n甲　会場",
        "第5条　備品は、別図に示す場所に置く。",
        "3条（だれが何を）　甲及び乙が行う事項は、付録「担当一覧」に掲げる。\n4条　終わり。\n\n（付録は作らない。契約書はこの頁で終わり。）",
        "責任の割り振りは、添付のエクセル「責任分担表.xlsx」に書きました。容量が大きくて、このメールには付いていません。",
        "費用の内訳は、附録2にまとめた。",
        "役割は別冊の分担表に整理してある。",
    ],
)
def test_attachments_that_are_missing(text: str) -> None:
    assert said(check_attachments, text)


@pytest.mark.parametrize(
    "text",
    [
        "第3条　役割の分担は、別紙1のとおりとする。\n第4条　終わり。\n\n別紙1　分担表\n甲　会場\n乙　講師",
        "第23条　備品の一覧は別紙のとおりとする。\n第24条　終わり。\n\n別紙　備品の一覧（第23条関係）\n机　3",
        "変更が必要な場合は、別紙に定めることができる。",
        "別紙は付けません。本文のとおりです。",
        "十　添付書類　会則、前年度の会報",
        "甲の定めた仕様書の順序に従って開封する。",
        "第2条　作業は、別表のとおりとする。\n\n〔別表〕\n4月　植付け",
        "参加者には別紙のアンケートを配る。",
        "リスクの分担は、別紙の一覧を作成した上で、双方が確認するものとする。",
        "第3条　役割は、付録に掲げる。\n第4条　終わり。\n\n付録　担当一覧\n甲　会場",
        "メールに写真を添付しました。",
        "役割は、甲が会場、乙が講師とする（別紙参照）。\n\n別紙\n甲　会場\n乙　講師",
    ],
)
def test_attachments_that_are_there_or_not_leant_on(text: str) -> None:
    assert said(check_attachments, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "（役割分担）\n第3条　甲及び乙の役割分担は、別途協議して定める。",
        "2条　事業の進め方\n事業の進め方については、採択の後に市と協議のうえ別途定めます。",
        "【責任】\n事故その他の損害が生じた場合に、いずれがその責任を負うかについては、事業の開始後、別途協議して定める。",
        "五　役割分担　　採用された後に区の担当課と話し合い、あらためて決定する。",
        "◆お金 → 別途協議",
        "◆事故や苦情の責任 → あとで話し合って決めることとする",
        "双方の役割＝これも締結後の協議による。",
        "費用の負担割合については、契約締結後に協議のうえ決定する。",
        "四　（経費）　経費の額及びその支弁の割合は、事業の開始を見たる後、追って甲乙協議のうえこれを定む。",
        "責任の所在は、後日、甲乙が話し合って定める。",
        "取り組む内容と進め方＝協定を結んだ後に双方で協議して定める。",
        "実施方法：今後検討する",
        "【お金の持ち合い】棚や保険に70万円ほどかかりそうですが、区と会がいくらずつ持つかは、採択していただいたあとで改めて詰めさせてください。",
        "第一条　事業が何を目指すかについては、始まった後の最初の集まりで、市と輪が話し合って決めることとし、ここでは書かない。",
        "だれが何を受け持つかは、次の打合せで固める。",
        "どちらが費用を払うかは、契約の後に改めて話し合う。",
        "第5条　損害賠償の範囲及び負担については、その発生後に協議する。",
        "けがのときにいずれが責任を負うかは、後日、甲乙で協議する。",
    ],
)
def test_items_that_are_put_off(text: str) -> None:
    assert said(check_deferred, text)


@pytest.mark.parametrize(
    "text",
    [
        "第10条　この契約に定めのない事項は、甲乙が別途協議して定める。",
        "第4条（費用）　甲は80万円を負担し、乙は20万円を負担する。\n2　追加の費用が生じたときは、別途協議する。",
        "第3条（役割）　甲は会場を手配し、乙は講師を手配する。詳細は別途通知する。",
        "第2条（進め方）　乙は、毎月第1土曜に教室を開く。日時の詳細は、後日、甲乙で調整する。",
        "書いていないことが出てきたら、その都度、話し合って決めます。",
        "第21条（精算）　剰余があるときは、甲乙が協議のうえ、その使い道を決める。",
        "契約を変更する必要が生じたときは、別途協議して定める。",
        "責任は、会場の事故は市、運営の事故は会が負う。苦情は後で区に伝える。",
        "以後は話し合って期間を延ばす。",
        "第6条　観客の事故は乙、設備の事故は、甲が会場の管理者と協議してその責任において処理する。",
        "第39条　変更は、甲乙が合意し、書面を取り交わして行う。",
        "費用は会が全額を持ちます。支払の時期は、後日相談して決めます。",
        "作業日は前月25日までに甲乙で日程表を取り交わす。",
        "どの鉢をどこに置くかは、毎回の集まりで決める。",
        "評価の進め方は、年度末の打合せで決める。",
        "第4条（費用）　委託料は100万円とする。支払の方法は、別途協議して定める。",
        "第2条（進め方）　毎月第1土曜の午後に教室を開く。日時の詳細は、別途協議して定める。",
    ],
)
def test_talks_that_put_nothing_off(text: str) -> None:
    assert said(check_deferred, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("責任の分け方は、あとで相談させてください。", 0),
        ("役割は今後すり合わせます。", 0),
        ("具体に何をどの順でやるか、だれが何を持つかは、これからの会議で詰めます。", 0),
        ("費用の負担は、まだ決まっていません。後日相談して決める予定です。", 0),
        ("書面には「費用の分担については別途協議して定める」とだけ書いといてください。", 1),
        ("費用は採択の後に協議して決める、という条文にしてください。", 1),
        ("責任の分担については、契約を結んだ後に改めて協議するものとする", 1),
        ("◆お金 → 別途協議", 1),
        ("役割分担については後日、打合せの席で決めることとします。", 1),
    ],
)
def test_in_a_brief_only_a_clause_that_puts_off_counts(text: str, found: int) -> None:
    read = read_brief(text)
    assert len(check_deferred(read)) == found


BRIEF_WITH_TABLES = """役割は下の別表1、費用は下の別表2のとおり。

別表1（役割）
会議｜清掃

別表2（費用）
板の材料｜190,000円｜市
"""


def test_a_brief_holds_its_own_attachments() -> None:
    assert check_attachments(read_brief(BRIEF_WITH_TABLES)) == []
    assert check_attachments(read_brief(BRIEF_WITH_TABLES.partition("\n別表2（費用）")[0]))


OWN = "会が10年前から自ら企画し、自分たちのお金で続けてきた朝市に、区が補助金で費用の一部を助成します。"
CITY = "市がこれまで職員により行ってきた封筒の仕分けを、乙に行わせる。甲は業務の対価として全額を支払う。"
SHARED = "市と会が共同で行う事業で、費用は半分ずつ出し合います。"


@pytest.mark.parametrize(
    ("text", "form", "fitting"),
    [
        (OWN, "委託型", "補助型"),
        (CITY, "補助型", "委託型"),
        (CITY, "負担金型", "委託型"),
        (SHARED, "委託型", "負担金型"),
        ("区の仕事を頼まれたわけではなく、あくまで会の事業です。区は活動費の一部を補助します。", "委託型", "補助型"),
        ("本来区が担うべき仕事を、対価の全額を払って商会にすべてお任せする。", "補助型", "委託型"),
        ("局の業務の全部を引き受けるもので、局が委託料の全額を支払います。", "補助型", "委託型"),
        ("区が直営で行ってきた講座の運営を乙に任せ、区が対価を支払う。", "補助型", "委託型"),
        (
            "道路の管理者である甲の本来の業務である草刈りを、専門の技術をもつ乙に行わせる。甲は対価の全額を乙に支払う。",
            "補助型",
            "委託型",
        ),
        (
            "市の仕事を代わりにやるのではなく、会が考え、会が決め、会が運営します。市からは資金の助けを頂きます。",
            "委託型",
            "補助型",
        ),
        (
            "倶楽部が自ら思い立って続けてきた催しです。足りない経費の一部を補助金として助けていただきます。",
            "委託型",
            "補助型",
        ),
        ("委員会と区がどちらも主催者になります。経費は両者が半分ずつ持ち寄ります。", "委託型", "負担金型"),
        ("区から仕事を頼まれてするものではありません。経費は両者で出し合います。", "委託型", "負担金型"),
    ],
)
def test_a_form_that_does_not_fit(text: str, form: Form, fitting: str) -> None:
    (message,) = said(check_form, text, "brief", form)
    assert form in message and fitting in message
    assert fitting_form(read_document(text, "brief"))[0] == fitting


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (OWN, "補助型"),
        (CITY, "委託型"),
        (SHARED, "負担金型"),
        (SHARED, "補助型"),
        (OWN, "共催型"),
        ("委託料は80万円で、区が全額を負担します。会が講師を出します。", "委託型"),
        ("会が自ら企画した教室を、区の委託料で行います。区が会場を貸します。", "委託型"),
        ("総事業費は60万円、補助金45万円、自己負担15万円です。", "補助型"),
        ("区が毎年行っている清掃の日に合わせて、会が朝市を開きます。補助金は10万円です。", "補助型"),
        ("市の仕事の肩代わりではありません。会費で行い、区の補助を受けます。", "補助型"),
        ("納品が遅れた損害は会が負う。補助金は年度末に支払う。", "補助型"),
        ("市から業務を任されています。市の委託料で、会が考えた催しを行います。", "委託型"),
        ("区の本来の業務である草刈りとは別に、会が花を植えます。補助金は10万円です。", "補助型"),
        ("お金の面で助けていただき、区と会がどちらも主催者になります。", "補助型"),
    ],
)
def test_a_form_that_fits_or_is_not_told(text: str, form: Form) -> None:
    assert said(check_form, text, "brief", form) == []


def test_the_form_of_the_title_counts_where_none_is_given() -> None:
    text = f"花壇の手入れ　補助型協働契約書\n\n第1条　{CITY}"
    assert said(check_form, text)
    assert said(check_form, text.replace("補助型", "委託型")) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("委託料は80万円です。", "委託型"),
        ("区から補助金をいただきます。", "補助型"),
        ("費用は折半します。", "負担金型"),
        ("花を植えます。", None),
        ("補助金と委託料の両方を受けます。", None),
    ],
)
def test_the_form_to_advise(text: str, form: Form | None) -> None:
    fitting, reason = fitting_form(read_document(text, "brief"))
    assert fitting == form
    assert (reason is None) == (form is None)


def test_the_time_of_all_checks_grows_with_the_document_and_not_faster() -> None:
    def seconds(articles: int) -> float:
        paper = read_document(
            "\n".join(
                f"第{i}条　甲は、乙に委託料{i}万円を支払い、乙は別紙{i}のとおり株式会社花{i}園と行う。"
                for i in range(1, articles)
            ),
            "contract",
        )
        begun = time.process_time()
        for check in CHECKS:
            check(paper)
        return time.process_time() - begun

    assert min(seconds(1_200) for _ in range(2)) < 10 * min(seconds(300) for _ in range(2))


def test_a_sentence_that_is_cut_at_its_commas_is_read_whole() -> None:
    paper = labelled(read_document(f"花壇の手入れ　補助型協働契約書\n\n第1条　{CITY}", "contract"))
    assert whole_sentences(paper).text == paper.text
    assert [c.text for c in whole_sentences(paper).clauses] == CITY.replace("。", "。\n").split()
    assert "FORM_MISMATCH" in [finding.code for finding in examine(paper)]


@pytest.mark.parametrize(
    ("named", "attached", "absent"),
    [("別紙", "別表", True), ("別表", "別紙", True), ("別添", "別紙", False), ("別表", "別表", False)],
)
def test_a_list_does_not_stand_in_for_a_text(named: str, attached: str, absent: bool) -> None:
    text = (
        f"第1条（目的）川を守る。\n第2条（方法）進め方は、{named}に定めるところによる。\n第3条（期間）1年とする。\n\n"
        f"{attached}\n4月　草刈り　5月　観察会\n"
    )
    assert bool(said(check_attachments, text)) == absent


NAMES = (
    "目的は花の道を守ること。NPO法人{first}との契約です。費用は10万円です。{between}NPO法人{second}は、水やりをします。"
)


@pytest.mark.parametrize(
    ("first", "second", "between", "found"),
    [
        ("こぶし作業所", "こまめ作業所", "", 1),  # two kana, nobody says that they are two
        ("すみれ福祉の家", "すみだれ福祉の家", "", 1),
        ("文化交流協会", "体育交流協会", "", 0),  # other kanji are other names
        ("こぶし作業所", "こまめ作業所", "NPO法人こぶし作業所とNPO法人こまめ作業所は隣どうしです。", 0),
    ],
)
def test_names_that_differ_by_a_slip(first: str, second: str, between: str, found: int) -> None:
    text = NAMES.format(first=first, second=second, between=between)
    assert len(check_names(read_brief(text))) == found
