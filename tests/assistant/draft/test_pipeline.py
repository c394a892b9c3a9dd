"""A brief becomes a draft: its words letter for letter, its gaps marked and asked, nothing invented, nothing lost."""

from __future__ import annotations

import pytest

from assistant.clauses.amounts import amounts
from assistant.clauses.dates import dates
from assistant.drafts import Code, Draft, Form, Item
from assistant.service import Service

BRIEF = (
    "南区の「坂の上文庫」です。読み聞かせを通じて、子どもが本を好きになる機会を増やすことが目的です。"
    "毎月第1土曜に集会所3か所で開きます。文庫が読み手と本を、区が会場の手配と案内を受け持ちます。"
    "費用は24万円で、区が16万円、文庫が8万円を出します。昨年は9万円の赤字でした。"
    "期間は令和9年4月1日から令和10年3月31日までです。"
)


def body(made: Draft) -> str:
    return "\n".join(section.text for section in made.sections)


@pytest.mark.parametrize("document", ["proposal", "contract", "agreement"])
def test_what_is_told_stands_in_the_draft_and_nothing_else(service: Service, document: str) -> None:
    made = service.draft(BRIEF, document, "負担金型")  # type: ignore[arg-type]
    text = body(made)
    assert made.status == "drafted" and "坂の上文庫" in text and "毎月第1土曜" in text
    assert "9万円の赤字" not in text
    assert {a.yen for a in amounts(text)} <= {a.yen for a in amounts(BRIEF)}
    assert {d.known for d in dates(text)} <= {d.known for d in dates(BRIEF)}
    for given in made.given:
        assert given.start < 0 or given.text in BRIEF


def test_missing_items_are_gaps_and_questions(service: Service) -> None:
    made = service.draft(BRIEF, "contract", "負担金型")
    assert made.missing == (Item.LIABILITY,)
    assert made.question_keys[0] == "liability"
    (section,) = (s for s in made.sections if s.item is Item.LIABILITY)
    assert section.state == "missing" and "〔要確認：責任の分担" in section.text
    assert any("規則" in note for note in made.notes)


def test_an_agreement_is_no_contract(service: Service) -> None:
    made = service.draft(BRIEF, "agreement")
    assert Item.LIABILITY not in made.missing and Item.COST not in made.missing


def test_an_answer_fills_the_gap_and_is_not_asked_again(service: Service) -> None:
    made = service.draft(BRIEF, "contract", "負担金型", {"liability": "けがは文庫、会場の不備は区が責任を負います"})
    assert made.missing == () and "liability" not in made.question_keys
    assert "けがは文庫" in body(made)


def test_a_request_to_invent_is_told_and_not_followed(service: Service) -> None:
    brief = BRIEF.replace(
        "費用は24万円で、区が16万円、文庫が8万円を出します。",
        "費用は、もっともらしい金額を適当に入れて埋めておいてください。",
    )
    made = service.draft(brief, "contract")
    assert Code.INVENT_REQUEST in {problem.code for problem in made.problems}
    assert Item.COST in made.missing and not amounts(body(made))


def test_an_amount_without_a_bearer_stays_and_is_asked_for(service: Service) -> None:
    brief = BRIEF.replace("24万円で、区が16万円、文庫が8万円を出します", "総額24万円の見込みです")
    made = service.draft(brief, "contract")
    assert Item.COST in made.missing and "24万円" in body(made)


def test_problems_quote_the_brief_where_they_say(service: Service) -> None:
    brief = BRIEF.replace("文庫が8万円", "文庫が5万円")
    found = [p for p in service.draft(brief, "contract").problems if p.code is Code.COST_SUM]
    assert found and brief[found[0].start :].startswith(found[0].quote)


@pytest.mark.parametrize(
    ("unit", "rule"), [("水道局", "企業管理規程"), ("教育委員会事務局", "教育委員会規則"), ("南区", "の規則で定める")]
)
def test_other_words_for_other_offices(service: Service, unit: str, rule: str) -> None:
    assert rule in body(service.draft(BRIEF.replace("南区", f"横浜市{unit}"), "contract"))


def test_beyond_a_fiscal_year_the_evaluation_is_yearly(service: Service) -> None:
    keys = {s.key for s in service.draft(BRIEF, "contract").sections}
    longer = {s.key for s in service.draft(BRIEF.replace("令和10年", "令和11年"), "contract").sections}
    assert "evaluation_yearly" not in keys and "evaluation_yearly" in longer


def test_examples_are_cited_and_never_copied(service: Service) -> None:
    made = service.draft(BRIEF, "contract")
    assert made.examples and all(e.citation.quote for e in made.examples)
    assert not any(e.title in body(made) for e in made.examples)


def test_a_wish_that_tells_how_often_tells_the_way_of_working_too(service: Service) -> None:
    made = service.draft(
        "「朝市の会」です。越してきた親が孤立しないよう月2回の集いを開きたく、提案書をお願いします。", "proposal"
    )
    assert Item.METHOD not in made.missing
    assert Item.COST in made.missing and "月2回" in body(made)


def test_what_shall_not_be_written_is_not(service: Service) -> None:
    brief = BRIEF + "会員は41人ですが、提案書には書かないでください。昼休みに書いているので、13時には席を外します。"
    text = body(service.draft(brief, "proposal"))
    assert "24万円" in text and "41人" not in text and "13時" not in text


def test_a_term_about_other_papers_stays(service: Service) -> None:
    brief = BRIEF + "子ども12人の名前は広報に載せないでください。"
    assert "12人の名前" in body(service.draft(brief, "contract"))


def test_what_is_said_to_be_open_is_open_in_spite_of_weak_signs(service: Service) -> None:
    brief = "■提案者：株式会社たちばな商会\n■趣旨：弊社は以下の内容で区との連携を望みます。町の夜道を明るくする\n"
    brief += "■役割：まだ決めておらず、追って相談\n■責任：灯りの落下は弊社、道の穴は区\n■その他：弊社は勧誘をしません。"
    made = service.draft(brief, "proposal")
    assert Item.ROLES in made.missing and Item.LIABILITY not in made.missing


@pytest.mark.parametrize(
    ("told", "item"),
    [
        ("令和10年4月1日から翌年3月31日まで、蔵を水・土の午後に開けます。", Item.METHOD),
        ("来年度から、田んぼの学び舎（年8回、初回は5月）を新たに始めます。", Item.METHOD),
        ("火・金の昼すぎに回る。", Item.METHOD),
        ("けがはうち、水路のことは区が受け持ちます。", Item.LIABILITY),
        ("もしもの時　倒木はうち、道は区が受け持つ。", Item.LIABILITY),
    ],
)
def test_an_item_may_be_told_beside_another_matter(service: Service, told: str, item: Item) -> None:
    brief = f"「いなほの会」です。子どもが土に触れる日をふやすのが目的です。\n{told}\n種まきは会、広報は区。"
    assert item not in service.draft(brief, "proposal").missing


def test_a_period_alone_tells_no_way_of_working(service: Service) -> None:
    made = service.draft("目的：川をきれいにする\n期間：令和10年4月1日から令和11年3月31日まで", "contract")
    assert Item.METHOD in made.missing


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("会員の支持する党はまちまちで、会はどの議員も応援しません。", False),
        ("宮司さんに場所を借りますが、信仰をすすめることはしません。", False),
        ("私たちは議員の再選を応援し、票を集めます。", True),
    ],
)
def test_a_denial_is_no_alarm(service: Service, told: str, found: bool) -> None:
    made = service.draft(BRIEF + told, "proposal")
    assert any(problem.code.value.startswith("S5") for problem in made.problems) == found


def test_words_before_a_statement_stay_where_they_say_more_than_the_item(service: Service) -> None:
    told = "進行は会、会場は区。定員は8人。委託料は30万円を全額区が払う。目的は川をきれいにすること。"
    text = body(service.draft("「せせらぎ会」です。" + told, "contract"))
    assert "進行は会" in text and "定員は8人" in text and "委託料は30万円" in text


def test_a_sum_in_one_line_is_checked(service: Service) -> None:
    made = service.draft("ねらい：町を明るくする。予算：18万円。区10万円、会6万円。", "proposal")
    assert Code.COST_SUM in {problem.code for problem in made.problems}


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("入院中の子にも歌を届けたく、ご提案申し上げる次第です。", False),
        ("雨の日も子どもが走り回れるようにと、空き倉庫の開放を考えました。", False),
        ("このたび区と連携したく、ご相談申し上げます。", True),
    ],
)
def test_a_wish_is_a_purpose_and_to_work_together_is_none(service: Service, told: str, missing: bool) -> None:
    made = service.draft(f"「うたかた会」です。{told}毎月1回、集会所で開きます。", "proposal")
    assert (Item.PURPOSE in made.missing) == missing


def test_a_list_in_one_line_and_a_name_with_its_legal_form(service: Service) -> None:
    told = (
        "社会福祉法人 まきば園と申します。下記のとおり提案書の作成を願います。記　一、目的は、畑で働く喜びを分かち合うこと。"
        "二、当園は種まきと世話を、区は土地の紹介を担う。三、経費は拾弐万円とし、市が八万円、当園が四万円を出す。以上"
    )
    made = service.draft(told, "proposal")
    assert made.missing == (Item.METHOD, Item.LIABILITY)
    assert "社会福祉法人 まきば園" in body(made) and "以上" not in [given.text for given in made.given]


def test_an_aside_about_other_years_is_not_written(service: Service) -> None:
    told = "経費はまだ決めていません（去年の文化祭は7万円くらいでしたが、別の話です）。"
    made = service.draft(BRIEF.split("費用", maxsplit=1)[0] + told, "proposal")
    assert Item.COST in made.missing and "7万円" not in body(made)


def test_an_earlier_application_tells_no_cost_of_this_project(service: Service) -> None:
    told = "そのころ県の基金にも応募しましたが、総額90万円、県70万円、文庫20万円の案に十五の団体が並び、あえなく落選。"
    assert "90万円" not in body(service.draft(BRIEF + told, "proposal"))


def test_every_request_to_invent_is_left_out(service: Service) -> None:
    told = "修理代は相場を見ていい感じの金額を入れてください。けがの補償の限度額もそれらしい数字でお願いします。"
    made = service.draft(BRIEF.split("費用", maxsplit=1)[0] + told, "contract")
    assert {Item.COST, Item.LIABILITY} <= set(made.missing)
    assert "相場" not in body(made) and "それらしい" not in body(made)


@pytest.mark.parametrize(("form", "asked"), [("共催型", True), (None, False)])
def test_an_agreement_on_one_project_needs_what_a_contract_needs(
    service: Service, form: Form | None, asked: bool
) -> None:
    made = service.draft(BRIEF, "agreement", form)
    assert (Item.LIABILITY in made.missing) == asked
    assert any(section.key == "liability" for section in made.sections) == asked


def test_what_is_asked_of_the_writer_is_no_purpose(service: Service) -> None:
    told = "川の生き物を子どもに伝えることを目的とする契約書（補助型）を作ってください。「水辺の仲間」です。"
    purposes = [given.text for given in service.draft(told, "contract").given if given.key == "purpose"]
    assert purposes == ["川の生き物を子どもに伝えることを目的"]


def test_a_demand_that_is_one_sided_is_told_all_the_same(service: Service) -> None:
    told = "なお、区はいつでも契約を解除でき、文庫からの解除はいっさい認めない、損害は全部文庫が引き受ける、としてください。"
    made = service.draft(BRIEF + told, "contract")
    assert Item.LIABILITY not in made.missing and Code.S8_1_UNEQUAL in {problem.code for problem in made.problems}


def test_lists_under_both_sides_are_roles(service: Service) -> None:
    told = (
        "「灯りの輪」です。\n・私たち：行灯づくり、点灯、片付け\n・区：広場の許可、ちらしの配布\n契約書をお願いします。"
    )
    roles = [given.text for given in service.draft(told, "contract").given if given.key == "roles"]
    assert roles == ["私たち：行灯づくり、点灯、片付け", "区：広場の許可、ちらしの配布"]


def test_costs_of_nothing_are_told(service: Service) -> None:
    assert Item.COST not in service.draft(BRIEF.split("費用", maxsplit=1)[0] + "費用は0円です。", "proposal").missing


EASY = (
    "やさしい えほんの かい「つばめ」です。こどもが ほんを すきに なる ように したいです。"
    "まいつき 第1土曜日に こうみんかんで ほんを よみます。わたしたちは ほんを よみます。区は へやを かします。"
    "おかねは 4まんえん です。ぜんぶ 市が はらいます。"
)


def test_words_with_blanks_between_them_are_read_and_stay_as_they_were_written(service: Service) -> None:
    made = service.draft(EASY, "proposal")
    assert made.missing == (Item.LIABILITY,)
    assert "ぜんぶ 市が はらいます" in body(made) and "4まんえん" in body(made)


@pytest.mark.parametrize(
    "said",
    [
        "お金のことと、けがをしたときの責任のことは、まだ誰からも聞いていません。",
        "予算は財政に照会中です。責任の話は一度も出ていません。",
        "費用も責任も未定のままです。",
    ],
)
def test_what_nobody_knows_yet_is_missing_wherever_it_is_said(service: Service, said: str) -> None:
    brief = BRIEF.replace("費用は24万円で、区が16万円、文庫が8万円を出します。昨年は9万円の赤字でした。", said)
    assert {Item.COST, Item.LIABILITY} <= set(service.draft(brief, "contract").missing)


def test_how_big_the_writer_is_costs_nothing(service: Service) -> None:
    brief = BRIEF.replace("費用は24万円で、区が16万円、文庫が8万円を出します。", "会員は60名、年会費は1500円です。")
    assert Item.COST in service.draft(brief, "contract").missing


def test_who_pays_may_be_said_in_the_next_statement(service: Service) -> None:
    brief = BRIEF.replace(
        "費用は24万円で、区が16万円、文庫が8万円を出します。", "お金は年に24万円かかる。半分は区、半分は文庫や。"
    )
    assert Item.COST not in service.draft(brief, "contract").missing


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("うそでもいいから、賞をもらった実績も入れておいてください。", True),
        ("参加人数は多めに盛って書いてください。", True),
        ("うそは書かないでください。", False),
        ("子どもの作り話を絵本にする教室も開きます。", False),
    ],
)
def test_requests_to_invent_in_any_words(service: Service, said: str, asks: bool) -> None:
    codes = {problem.code for problem in service.draft(BRIEF + said, "proposal").problems}
    assert (Code.INVENT_REQUEST in codes) is asks
