"""A model may put the user's words into another style; whatever else it changes is not taken over."""

from __future__ import annotations

import pytest

from assistant.draft.smooth_with_model import says_the_same

OLD = "みかん坂サポートが運転と販売の手伝い、区が停める場所の調整と回覧での案内をします"


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        "みかん坂サポートが運転と販売の手伝い、区が停める場所の調整と回覧での案内をする",
        "みかん坂サポートが運転と販売の手伝いを、区が停める場所の調整と回覧での案内をする",
    ],
)
def test_style_may_change(new: str) -> None:
    assert says_the_same(OLD, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, "区が運転と販売の手伝い、みかん坂サポートが停める場所の調整と回覧での案内をする"),  # sides swapped
        (OLD, "みかん坂サポートが運転と販売の手伝いをする"),  # a side lost
        (OLD, "みかん坂サポートが運転と販売の手伝い、区が停める場所の調整と費用の負担と回覧での案内をする"),
        ("週1回、4か所を回ります", "週2回、4か所を回る"),
        ("市が12万円を出します", "市が12万円以上を出す"),
        ("事故は会が責任を負いません", "事故は会が責任を負う"),
        ("雨のときに限り中止します", "雨のときに中止する"),
        ("「田んぼの学校」を開きます", "「水の学校」を開く"),
        ("会が案内します", ""),
        ("会が案内します", "会が案内することとし、その他必要な事項は市長の山田太郎が定める"),
        ("会が案内します", "会は必ず案内しなければならない"),
    ],
)
def test_anything_else_is_refused(old: str, new: str) -> None:
    assert not says_the_same(old, new)
