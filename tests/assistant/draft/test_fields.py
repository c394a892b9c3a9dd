"""A form's fields: what `--set` takes, how answers stand beside a brief, are checked like it and win over it."""

from __future__ import annotations

import pytest

from assistant.clauses.amounts import amounts
from assistant.clauses.paper import Paper
from assistant.draft import pipeline
from assistant.draft.fields import answers, fields, form_of, key_of
from assistant.draft.words import group
from assistant.drafts import Code, Draft, Finding, Item
from assistant.errors import WrongUse
from assistant.service import Service

BRIEF = (
    "青葉区地域振興課とNPO法人こもれびで、「みどりの縁側」という事業の契約書をお願いします。"
    "目的は、ひとりで過ごす高齢者の話し相手を増やすことです。毎月2回、集会所でお茶の会を開きます。"
    "費用は総額30万円で、区が20万円、こもれびが10万円を負担します。"
)


def told(draft: Draft, key: str) -> list[str]:
    return [given.text for given in draft.given if given.key == key]


def test_every_question_is_about_a_field_with_a_name_a_reason_and_an_example() -> None:
    assert set(group("questions")) <= set(fields())
    assert all(field.name and field.why and field.example for field in fields().values())
    assert len({field.name for field in fields().values()}) == len(fields())


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("cost", "cost"),
        ("費用の分担", "cost"),
        (" 目的 ", "purpose"),
        ("ｃｏｓｔ", "cost"),
        ("名称", None),
        ("市", None),
        ("", None),
        ("予算", None),
    ],
)
def test_a_field_is_known_by_its_key_its_name_or_a_part_that_only_it_has(word: str, key: str | None) -> None:
    assert key_of(word) == key


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("委託型", "委託型"),
        ("補助", "補助型"),
        ("負担金型でお願いします", "負担金型"),
        ("共催", "共催型"),
        ("委託か補助", None),
        ("未定", None),
        ("", None),
    ],
)
def test_a_form_is_what_one_form_is_named(text: str, form: str | None) -> None:
    assert form_of(text) == form


def test_settings_are_answers() -> None:
    given = answers(["purpose=a=b", "費用の分担＝区が1万円\x1b[31m", "cost="])
    assert given == {"purpose": "a=b", "cost": ""}, "the last one counts, and an empty one takes back"


@pytest.mark.parametrize("setting", ["purpose", "予算=1", "=x", "form=請負"])
def test_a_wrong_setting_says_what_is_known(setting: str) -> None:
    with pytest.raises(WrongUse) as error:
        answers([setting])
    assert setting in str(error.value) or "費用の分担（cost）" in error.value.ja or "委託型" in error.value.ja


def test_an_answer_fills_its_place_and_is_not_asked_again(service: Service) -> None:
    before = service.draft(BRIEF, "contract")
    assert {"roles", "liability"} <= set(before.question_keys)
    answer = "区は集会所の予約をします。こもれびは当日の運営をします。"
    after = service.draft(BRIEF, "contract", fields={"roles": answer})
    assert "roles" not in after.question_keys and Item.ROLES not in after.missing
    assert told(after, "roles") == ["区は集会所の予約をします", "こもれびは当日の運営をします"]
    assert set(before.question_keys) - set(after.question_keys) == {"roles"}


def test_an_answer_wins_over_the_brief(service: Service) -> None:
    made = service.draft(
        BRIEF, "contract", fields={"cost": "区が15万円、こもれびが15万円を負担する", "name": "縁側の日"}
    )
    text = "\n".join(section.text for section in made.sections)
    assert told(made, "cost") == ["区が15万円、こもれびが15万円を負担する"]
    assert "20万円" not in text and "みどりの縁側" not in text and "縁側の日" in text


def test_a_form_without_a_brief_makes_a_draft(service: Service) -> None:
    whole = {key: field.example for key, field in fields().items()}
    made = service.draft("", "contract", fields=whole)
    assert made.status == "drafted" and not made.missing and not made.questions
    assert made.form == "負担金型"
    assert not any("日本語で" in note for note in made.notes)


@pytest.mark.parametrize(
    "answer", ["未定", "別途協議", "＿＿＿円", "まだ考えていません。", "分からない", "特にありません"]
)
def test_what_is_put_off_is_still_missing(service: Service, answer: str) -> None:
    made = service.draft("", "contract", fields={"purpose": "花を植える", "cost": answer})
    assert Item.COST in made.missing and "cost" in made.question_keys
    assert answer not in "\n".join(section.text for section in made.sections)


@pytest.mark.parametrize(
    ("key", "answer", "kept"),
    [
        ("period", "まだ考えていない", False),
        ("period", "来年の夏から1年", True),
        ("name", "未定", False),
        ("representative", "分かりません", False),
        ("needs", "会場がまだ決まっていない", True),
        ("background", "相談先が分からない人が多い", True),
        ("needs", "ない", False),
    ],
)
def test_an_answer_that_says_there_is_none_yet_leaves_the_question(
    service: Service, key: str, answer: str, kept: bool
) -> None:
    made = service.draft("", "proposal", fields={"purpose": "花を植える", key: answer})
    assert (key not in made.question_keys) == kept == bool(told(made, key))


def test_a_cost_without_its_bearer_is_kept_and_still_asked(service: Service) -> None:
    made = service.draft("", "contract", fields={"purpose": "花を植える", "cost": "総額30万円"})
    assert Item.COST in made.missing and told(made, "cost") == ["総額30万円"]
    (cost,) = (section.text for section in made.sections if section.key == "cost")
    assert "総額30万円" in cost and "〔要確認" in cost


def test_a_form_that_is_none_is_asked(service: Service) -> None:
    made = service.draft(BRIEF, "contract", fields={"form": "請負"})
    assert made.form is None and "form" in made.question_keys


def test_a_form_that_only_fits_is_marked_and_asked_until_it_is_chosen(service: Service) -> None:
    brief = (
        "泉区の「つむぐ会」です。目的は声をかけ合う関係づくりです。費用は24万円で、区の補助16万円と参加費8万円です。"
    )
    guessed, chosen = service.draft(brief, "proposal"), service.draft(brief, "proposal", "補助型")
    named = service.draft(brief + "補助型でお願いします。", "proposal")
    assert guessed.form == chosen.form == named.form == "補助型"
    marked = [any("補助型〔要確認" in section.text for section in d.sections) for d in (guessed, chosen, named)]
    assert marked == ["form" in d.question_keys for d in (guessed, chosen, named)] == [True, False, False]
    assert service.draft(guessed.brief, "proposal", fields=guessed.fields) == guessed


def test_unknown_and_empty_fields_are_left_out(service: Service) -> None:
    made = service.draft(BRIEF, "contract", fields={"nothing": "x", "cost": "  ", "roles": "\u200b"})
    assert made.fields == {}
    assert told(made, "cost")


def one_amount(paper: Paper) -> list[Finding]:
    """A check that finds every amount of the paper's text."""
    return [
        Finding(code=Code.AMOUNT_CONFLICT, message="", basis="", quote=paper.text[a.start : a.end], start=a.start)
        for a in amounts(paper.text)
    ]


def test_answers_are_checked_like_the_brief(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "examine", one_amount)
    given = {"liability": "物の破損は3万円を限度に区が責任を負う", "cost": "区が5万円を負担する"}
    made = service.draft("えー、" + BRIEF, "contract", fields=given)
    places = {finding.quote: finding.start for finding in made.problems}
    assert places["3万円"] == places["5万円"] == -1
    assert "20万円" not in places, "what an answer replaces counts no more"
    without = service.draft("えー、" + BRIEF, "contract")
    assert all(without.brief[f.start :].startswith(f.quote) for f in without.problems) and len(without.problems) == 3


def test_a_sum_in_an_answer_that_does_not_add_up_is_a_problem(service: Service) -> None:
    given = {"cost": "総額30万円のうち、区が20万円、こもれびが15万円を負担する"}
    (problem,) = (p for p in service.draft(BRIEF, "contract", fields=given).problems if p.code is Code.COST_SUM)
    assert problem.start == -1 and "15万円" in problem.quote
    right = {"cost": "総額30万円のうち、区が15万円、こもれびが15万円を負担する"}
    assert not service.draft(BRIEF, "contract", fields=right).problems, "the brief's own figures count no more"


def test_a_request_to_invent_in_an_answer_is_not_written(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def invented(paper: Paper) -> list[Finding]:
        quote = "ほかの事業の金額を写して"
        at = paper.text.find(quote)
        return [Finding(code=Code.INVENT_REQUEST, message="", basis="", quote=quote, start=at)] if at >= 0 else []

    monkeypatch.setattr(pipeline, "examine", invented)
    made = service.draft(BRIEF, "contract", fields={"cost": "ほかの事業の金額を写して、区が負担する"})
    assert Item.COST in made.missing and "写して" not in "\n".join(section.text for section in made.sections)


def test_an_answer_that_an_article_speaks_against_is_marked(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_sided(paper: Paper) -> list[Finding]:
        quote = "区だけが中止を決める"
        at = paper.text.find(quote)
        return [Finding(code=Code.S8_1_UNEQUAL, message="", basis="条例第8条第1号", quote=quote, start=at)]

    monkeypatch.setattr(pipeline, "examine", one_sided)
    made = service.draft(BRIEF, "contract", fields={"roles": "区だけが中止を決める。こもれびは運営をする。"})
    (roles,) = (section.text for section in made.sections if section.key == "roles")
    assert "区だけが中止を決める〔要確認：条例第8条第1号" in roles and "こもれびは運営をする〔" not in roles


def test_a_saved_draft_made_anew_is_the_same(service: Service) -> None:
    made = service.draft(BRIEF, "contract", "補助型", {"roles": "区は場所、こもれびは運営"})
    assert service.draft(made.brief, made.document, fields=made.fields) == made
