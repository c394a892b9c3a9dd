"""What a turn is about where something else is told beside the matter, corrected, or put in its place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.chat.asides import plain, without_aside
from assistant.chat.follow_up import rewrite
from assistant.chat.history import History, Past
from assistant.chat.phrases import matter
from assistant.chat.told_names import called, told_thing
from assistant.outcomes import Reason
from assistant.search.language import language_of
from assistant.search.searcher import Searcher


def _past(question: str, shown: str = "", **values: object) -> Past:
    return Past(question, question, matter(question), Reason.FOUND, shown=shown, **values)  # type: ignore[arg-type]


def _after(searcher: Searcher, questions: Sequence[str], turn: str) -> str:
    return rewrite(History(tuple(_past(q) for q in questions)), turn, searcher)


@pytest.mark.parametrize(
    ("before", "turn", "standalone"),
    [
        # the right ward told by who somebody is
        ("泉区の花壇の会の名前は？", "すみません、住んでいるのは栄区です", "栄区の花壇の会の名前は？"),
        ("泉区の花壇の会の名前は？", "間違えました。引っ越す先は栄区でした", "栄区の花壇の会の名前は？"),
        ("いそごくの かだんの なまえは？", "ごめんなさい。いくのは さかえくです", "栄区の かだんの なまえは？"),
        # something else, in the ward spoken of
        (
            "泉区の花壇の会の会費は？",
            "見守りの会のほうは、誰が世話してるの",
            "泉区の見守りの会について、誰が世話してるの",
        ),
        # a plain noun in the place of the one that the question weighs
        ("池でなしに花壇を手入れするなら、何人いる？", "道だったら？", "道を手入れするなら、何人いる？"),
        ("池の草刈りをするには何人いりますか", "道なら？", "道の草刈りをするには何人いりますか"),
        # a number alone
        ("花の展示の一次審査の日は", "二次", "花の展示の二次審査の日は"),
        # what a question without a noun goes on about
        (
            "花壇の会について、世話人の任期は？",
            "もう続けられないのかな",
            "世話人の任期について、もう続けられないのかな",
        ),
        # a word for the earlier matter behind a connective
        ("朝顔講座の場所は？", "それで最初の朝顔講座ですけど、集まれたんですか", "朝顔講座について、集まれたんですか"),
    ],
)
def test_a_turn_in_words_of_its_own(searcher: Searcher, before: str, turn: str, standalone: str) -> None:
    assert _after(searcher, [before], turn) == standalone


def test_what_somebody_is_is_no_part_of_the_matter(searcher: Searcher) -> None:
    asked = "団地の役員になりました。花壇の世話をしている会の道具は誰が貸しますか"
    past = _past(asked, shown="団地の花壇の道具は市が貸します", cited=("1",))
    assert plain(searcher, past).standalone == "花壇の世話をしている会の道具は誰が貸しますか"
    vague = _past("団地の花壇です。道具は誰が貸しますか", shown="団地の花壇の道具は市が貸します", cited=("1",))
    assert "団地" in plain(searcher, vague).standalone


def test_a_star_in_a_name_ends_no_sentence(searcher: Searcher) -> None:
    assert without_aside(searcher, "「花☆カード」の費用は？") == ("", "「花☆カード」の費用は？")
    assert without_aside(searcher, "花☆Cardの費用は？") == ("", "花☆Cardの費用は？")


def test_the_name_that_an_answer_told_is_the_matter() -> None:
    asked = "栄区に、庭の道具を前もって借りておける仕組みがあると聞いたのですが、何という制度でしょう"
    past = _past(asked, shown="栄区花壇道具バンクの制度を設けています。\nほか")
    assert told_thing(past) == "栄区花壇道具バンク"
    assert called(past).topic == "栄区花壇道具バンク"
    assert called(_past("花壇の会の費用は？", shown="栄区花壇道具バンクの制度")).topic == "花壇の会"


def test_kana_are_not_cut_at_what_looks_like_a_particle() -> None:
    assert matter("みどりの きょてんは なんていう なまえですか") == "みどりの きょてん"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("よこはまウォーキングポイント는 몇 살부터 할 수 있나요?", "ko"),
        ("「안녕」という名前のカフェはありますか", "ja"),
        ("花壇の会에 대해 알려 주세요", "ko"),
    ],
)
def test_a_sentence_is_in_the_language_it_ends_in(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_matter_of_the_last_english_sentence_that_has_one() -> None:
    assert matter("I run a small shop. What is the flower bed project?") == "the flower bed project"
