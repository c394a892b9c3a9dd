"""The 施行規則 is in the index: what its 号 demand enters drafts and reviews by itself; without it nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.clauses.required import matter, topics
from assistant.draft.pipeline import draft
from assistant.drafts import FIVE, Item
from assistant.records import Records
from assistant.review.pipeline import review
from assistant.review.report.markdown import to_markdown
from assistant.review.report.view import headlines
from assistant.search.searcher import Searcher
from ingest.add import Details, add_file
from ingest.home import Home
from ingest.pipeline import PURE_STEPS, run_steps
from ingest.run import Run
from tests.made_up import as_pdf, as_text

RULE = "横浜市市民協働条例施行規則"
BRIEF = """団体名はどんぐり坂の会です。親子の孤立をなくすことを目的に、月1回の読み聞かせを公園で開きます。
令和9年5月1日から令和10年2月28日まで行います。区は会場の手配を、私たちは読み手を受け持ちます。
費用は20万円で、全額を区が負担します。けがの責任は私たちが負います。成果物の絵本の帰属は私たちとします。"""
CONTRACT = """協働契約書

（目的）
第1条 この契約は、親子の孤立をなくすことを目的とする。
（進め方）
第2条 乙は、月1回、公園で読み聞かせを行う。
（役割の分担）
第3条 甲は会場を手配し、乙は読み手を集める。
（費用の分担）
第4条 費用20万円は、全額を甲が負担する。
（責任の分担）
第5条 参加者のけがの責任は乙が負う。
（契約期間）
第6条 この契約の期間は、令和9年5月1日から令和10年2月28日までとする。
（解除）
第7条 甲又は乙は、相手方がこの契約に違反したときは、この契約を解除することができる。
（報告）
第8条 乙は、事業の報告を毎月末に甲へ行う。
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, built: Run) -> Records:
    """The records of the built-in corpus with the made-up 施行規則."""
    folder = tmp_path_factory.mktemp("rule")
    home = Home(folder / "home")
    assert add_file(home, as_text("kisoku", folder), Details()).source.id == "kyodo-kisoku"
    return run_steps(Run(built.settings, home, built.embedder), PURE_STEPS).records


@pytest.fixture(scope="module")
def with_rule(searcher: Searcher, records: Records) -> Searcher:
    index = replace(searcher.index)
    index.__dict__["records"] = records
    return replace(searcher, index=index)


def test_the_records_hold_the_matters_with_their_places(records: Records, built: Run) -> None:
    assert [(r.rule + r.locator, r.demanded_by) for r in records.requirements] == [
        (f"{RULE}第3条第{n}号", "第12条第2項") for n in (1, 2, 3, 4)
    ]
    assert records.requirements[2].text == "成果物の帰属に関する事項"
    assert records.requirements[0].chunk_id.startswith("kyodo-kisoku-")
    assert built.records.requirements == ()


def test_another_citys_rule_adds_nothing(tmp_path: Path, built: Run) -> None:
    home = Home(tmp_path / "home")
    path = as_text("kisoku", tmp_path, "other.txt")
    path.write_text(path.read_text("utf-8").replace("横浜市", "架空市"), "utf-8")
    added = add_file(home, path, Details(title="架空市市民協働条例施行規則"))
    assert added.source.id == "other"
    assert run_steps(Run(built.settings, home, built.embedder), PURE_STEPS).records.requirements == ()


def test_a_printed_rule_gives_the_same(tmp_path: Path, built: Run, records: Records) -> None:
    home = Home(tmp_path / "home")
    add_file(home, as_pdf("kisoku", tmp_path), Details())
    found = run_steps(Run(built.settings, home, built.embedder), PURE_STEPS).records.requirements
    assert [r.text for r in found] == [r.text for r in records.requirements]


@pytest.mark.parametrize(
    ("text", "wanted", "known"),
    [
        ("協働契約の期間に関する事項", "期間", ("period",)),
        ("協働契約の変更及び解除に関する事項", "変更及び解除", ()),
        ("成果物の帰属に関すること。", "成果物の帰属", ()),
        ("前各号に掲げるもののほか、個人情報の取扱いに係る必要な事項", "個人情報の取扱い", ()),
        ("秘密の保持、評価及び公表", "秘密の保持、評価及び公表", ("secrecy", "evaluation", "disclosure")),
    ],
)
def test_the_matter_without_its_frame(text: str, wanted: str, known: tuple[str, ...]) -> None:
    assert (matter(text), topics(text)) == (wanted, known)


def test_a_draft_has_a_section_for_each_matter(with_rule: Searcher) -> None:
    made = draft(with_rule, BRIEF)
    period = next(s for s in made.sections if s.key == "period")
    assert f"{RULE}第3条第1号" in period.basis and period.demand == "ordinance"
    own = [s for s in made.sections if s.item is Item.REGULATION]
    assert [(s.heading, s.state) for s in own] == [
        ("変更及び解除", "missing"),
        ("成果物の帰属", "given"),
        ("報告の方法", "missing"),
    ]
    assert "〔要確認：変更及び解除〕" in own[0].text and "成果物の絵本の帰属は私たちとします" in own[1].text
    assert made.missing == (Item.REGULATION,)
    assert [a.told for a in made.added] == [True, False, True, False]
    asked = dict(zip(made.question_keys, made.questions, strict=True))["wishes"]
    assert "変更及び解除、報告の方法" in asked and f"{RULE}第3条は" in asked
    assert not any("施行規則が資料にない" in note for note in made.notes)
    assert f"変更及び解除に関する事項（{RULE}第3条第2号）" in made.markdown


def test_an_answer_fills_its_section_and_no_other(with_rule: Searcher) -> None:
    told = {
        "wishes": "変更と解除は1か月前に協議して決めます。毎月末に活動を報告します。集合写真は了解を得てから使います。"
    }
    made = draft(with_rule, BRIEF, fields=told)
    by_key = {s.key: s for s in made.sections}
    assert made.missing == () and "wishes" not in made.question_keys
    assert "協議して決めます" in by_key["regulation_1"].text
    assert "集合写真" in by_key["wishes"].text and "報告" not in by_key["wishes"].text
    assert made.markdown.count("毎月末に活動を報告") == 1


def test_other_offices_and_agreements_stay_as_they_are(with_rule: Searcher) -> None:
    school = draft(with_rule, BRIEF + "担当は教育委員会事務局です。")
    assert school.added == () and any(s.heading == "その他規則で定める事項" for s in school.sections)
    assert draft(with_rule, BRIEF, document="agreement").added == ()


def test_a_review_judges_each_matter(with_rule: Searcher) -> None:
    made = review(with_rule, CONTRACT)
    assert [i.item for i in made.items] == [*FIVE, *[Item.REGULATION] * 4]
    period, ending, result, report = made.items[5:]
    assert (period.state, period.article) == ("present", "第6条") and "令和9年5月1日" in period.quote
    assert ending.state == "missing" and "「変更」" in ending.advice and "解除" in ending.quote
    assert result.state == "missing" and result.quote == "" and f"{RULE}第3条第3号" in result.advice
    assert (report.state, report.article) == ("present", "第8条")
    assert all(i.quote in made.text and made.text[i.start :].startswith(i.quote) for i in made.items if i.quote)
    assert "9項目のうち7項目" in headlines(made)[0] and "成果物の帰属に関する事項" in headlines(made)[0]
    assert "成果物の帰属に関する事項" in to_markdown(made)
    assert any(RULE in note for note in made.notes)


def test_without_the_rule_all_stays(searcher: Searcher) -> None:
    made = draft(searcher, BRIEF)
    assert made.added == () and made.missing == () and any("施行規則が資料にない" in note for note in made.notes)
    judged = review(searcher, CONTRACT)
    assert [i.state for i in judged.items][5:] == ["undeterminable"] and "5項目がすべて" in headlines(judged)[0]
