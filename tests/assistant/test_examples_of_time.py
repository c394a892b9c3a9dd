"""What is refused for being like questions of a later time speaks of a time, or is not told of one."""

from __future__ import annotations

import pytest

from assistant.outcomes import Reason
from assistant.service import Service


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("よこはま夢ファンドへの個人からの寄附のうち一番大きかったのは？", Reason.NOT_IN_DOCUMENTS),
        ("いまの磯子区長は誰ですか", Reason.OUTSIDE_YEARS),
    ],
)
def test_who_asks_for_no_time_is_not_told_of_one(service: Service, asked: str, reason: Reason) -> None:
    assert service.ask(asked).reason is reason
