"""Nothing that a brief tells gets lost on its way into the draft, whatever it stands beside."""

from __future__ import annotations

import re

import pytest

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_withheld
from assistant.clauses.ours import is_ours
from assistant.draft.pipeline import draft, find_problems
from assistant.draft.values import read
from assistant.draft.writing import Writing
from assistant.drafts import Code, Draft, Item
from assistant.service import Service
from assistant.text import compact
from eval.case_files import DraftCase, all_folders, load

_EVERY = 8  # of the larger files, so that the test takes seconds
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*[^\s、。（）()]?")


def body(made: Draft) -> str:
    return "\n".join(section.text for section in made.sections)


def values(made: Draft, key: str) -> list[str]:
    return [given.text for given in made.given if given.key == key]


def test_every_figure_of_an_item_stands_in_the_draft(service: Service) -> None:
    cases = [case for folder in all_folders() for case in load(folder, "drafts", DraftCase)[::_EVERY]]
    assert len(cases) > 20
    for case in cases:
        writing = find_problems(read(Writing(case.brief, case.document, case.form, {}, service.searcher)))
        told = compact(body(draft(service.searcher, case.brief, case.document, case.form)))
        refused = [f.quote for f in writing.problems if f.code in (Code.INVENT_REQUEST, Code.EMBEDDED_INSTRUCTION)]
        for clause in writing.paper.clauses:
            item = clause.labels & set(ITEM_LABELS) and is_ours(clause) and not is_withheld(clause)
            if (
                item
                and "background" not in clause.labels
                and not any(clause.text in q or q in clause.text for q in refused)
            ):
                lost = [f for f in _FIGURE.findall(clause.text) if compact(f) not in told]
                assert not lost, (case.id, clause.text)


def test_statements_that_go_on_with_an_item_stand_under_it(service: Service) -> None:
    made = service.draft(
        "緑区の「こもれび食堂」です。目的は、一人で夕飯を食べる子を減らすことです。毎週水曜に集会所で夕飯を出します。"
        "宿題も見る。食材は食堂、部屋は区。政党や選挙の話はしません。区の制度は上限があるそうですが、今回は三十食で始めます。",
        "proposal",
    )
    assert "宿題も見る" in values(made, "method") and "政党や選挙の話はしません" in values(made, "wishes")
    assert "三十食" in body(made) and "上限がある" not in body(made)


def test_who_does_it_stays_in_front_of_what_is_done(service: Service) -> None:
    brief = (
        "相手：株式会社みなみ風\n目的：坂の多い町で買い物を続けられるようにする\n当社がすること：車と運転手\n"
        "区がすること：停留所の調整と広報\n費用：それぞれ持ち出し"
    )
    made = service.draft(brief, "agreement")
    assert values(made, "roles") == ["当社がすること：車と運転手", "区がすること：停留所の調整と広報"]
    assert values(made, "cost") == ["それぞれ持ち出し"]


def test_a_period_keeps_how_it_goes_on_and_a_contact_its_place(service: Service) -> None:
    made = service.draft(
        "都筑区と「ひので商店会」の連携協定をお願いします。目的は、買い物に困る人を減らすことです。"
        "期間は令和9年6月1日から1年間とし、申出がなければ更新します。問合せは商店会の事務局まで。",
        "agreement",
    )
    assert "申出がなければ更新" in values(made, "period")[0]
    assert values(made, "contact") == ["問合せは商店会の事務局まで"]


@pytest.mark.parametrize(
    ("brief", "key", "told"),
    [
        ("港北区の「おやつ編集局」と申します。事務局の野々村です。", "partner", "おやつ編集局"),
        ("合同会社カエデ配送 地域貢献部の坂巻と申します。", "partner", "合同会社カエデ配送"),
        ("西区の地域振興課です。相手は「ほたるの会」です。", "unit", "西区の地域振興課"),
        ("うちは鶴見の町工場で、㈲末広製作所といいます。", "partner", "㈲末広製作所"),
        ("提案者：NPO法人坂の町（緑区）代表理事 青山つばさ／費用：区が9万円", "representative", "代表理事 青山つばさ"),
        ("件名：緑区での協働のご提案について\n1 事業名　団地ごみ出しリレー", "name", "団地ごみ出しリレー"),
    ],
)
def test_names_are_read_where_letters_have_them(service: Service, brief: str, key: str, told: str) -> None:
    assert values(service.draft(brief + "\n目的は、足の弱い人の暮らしを支えること。"), key) == [told]


def test_names_and_good_will_tell_no_item(service: Service) -> None:
    made = service.draft(
        "栄区、「ほたるの会」。目的は、夜の散歩を楽しめる道にすること。責任については、会員全員が心を一つにし、"
        "責任感をもって取り組みます。",
        "proposal",
    )
    assert {Item.ROLES, Item.LIABILITY} <= set(made.missing)


def test_a_name_alone_is_the_heading_of_what_follows(service: Service) -> None:
    made = service.draft(
        "まず目的。駅で道に迷う人を減らす。次に業務。土日に案内所を開く。費用。委託料は金850,000円で、市が全額を出す。"
        "第五に支払。委託料580,000円は年度末に払う。"
    )
    assert "第五に支払" not in body(made)
    assert [f.code for f in made.problems] == [Code.AMOUNT_CONFLICT]


def test_the_form_decides_what_an_agreement_calls_itself(service: Service) -> None:
    brief = "緑区と「みどり吹奏楽団」で「夏の音楽会」を開きます。目的は、だれでも音楽を楽しめるようにすることです。"
    single, general = service.draft(brief, "agreement", "共催型"), service.draft(brief, "agreement")
    assert "包括連携" not in single.title + body(single) and "「夏の音楽会」" in single.title
    assert "包括連携協定書" in general.title


def test_a_name_is_told_under_a_mere_heading_and_a_question_has_one_answer(service: Service) -> None:
    made = service.draft(
        "◆相手方　特定非営利活動法人ゆずの会\n◆名称　夜間の電話相談\n目的？ 眠れない人の話を聞くことよ。けがしたら？ それはうちの責任。"
    )
    assert values(made, "name") == ["夜間の電話相談"] and len(values(made, "purpose")) == 1


def test_each_point_of_a_list_stands_for_itself(service: Service) -> None:
    made = service.draft(
        "泉区地域振興課です。NPO法人「あいことば」と契約を結びます。\n(1) 外国人住民が言葉の壁で困らないようにすることを目的とする\n"
        "(2) 法人：相談員の配置　区：部屋と電話\n(3) 相談の誤りは法人、部屋の設備は区\n(4) 履行期間 令和9年4月1日から1年間\n"
        "(5) 苦情は区の担当係長が一次窓口"
    )
    assert values(made, "partner") == ["NPO法人「あいことば」"]
    assert Item.LIABILITY not in made.missing and values(made, "period") == ["令和9年4月1日から1年間"]
    assert "苦情は区の担当係長が一次窓口" in body(made)


def test_office_staff_and_offices_are_no_partners(service: Service) -> None:
    made = service.draft(
        "神奈川区地域振興課の寺西です。相手方は「白幡みんなの畑」さん。趣旨：空き地を畑に変えて、近所どうしが顔見知りになること\n"
        "畑の会＝作付けと水やり、道具の管理\n区＝土地の借受けと水道の手配"
    )
    assert values(made, "partner") == ["白幡みんなの畑"]
    assert values(made, "roles") == ["畑の会＝作付けと水やり、道具の管理", "区＝土地の借受けと水道の手配"]


def test_a_brief_in_one_line_is_cut_at_its_names(service: Service) -> None:
    made = service.draft(
        "提案名：坂道ベンチ計画／提案者：NPO法人坂の町（緑区）／ねらい：お年寄りが休みながら買い物に行ける坂道にする／"
        "進め方：4月に置き場所の調査、7月に組み立て／分担：NPO→設計と組立、区→占用の手続／費用：総額20万円、市の補助12万円、会費8万円",
        "proposal",
    )
    assert values(made, "name") == ["坂道ベンチ計画"] and values(made, "cost") == [
        "総額20万円、市の補助12万円、会費8万円"
    ]
    assert values(made, "roles") == ["NPO→設計と組立、区→占用の手続"] and made.missing == (Item.LIABILITY,)


def test_what_is_wished_tells_the_purpose_beside_the_way_of_working(service: Service) -> None:
    made = service.draft(
        "青葉区の「すみれ歌の会」です。介護で疲れたご家族にゆっくり歌ってもらう時間をつくりたくて、第2火曜に地区センターで集いを開きます。",
        "proposal",
    )
    assert not {Item.PURPOSE, Item.METHOD} & set(made.missing)
