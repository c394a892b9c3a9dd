"""この案内について: in both languages, with and without model and index; no telephone number but 110 and 119."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.embeddings import E5
from assistant.models import Reply
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from server.words import keys


class Model:
    """A model that is only named."""

    name = "openai:some-model"

    def complete(self, system: str, user: str) -> Reply:
        raise AssertionError("the page asks nothing")


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def _text(client: TestClient, language: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", client.get("/about", params={"lang": language}).text))


def test_it_says_what_it_rests_on_with_dates(client: TestClient, service: Service) -> None:
    text = _text(client, "ja")
    for source in service.searcher.index.sources.values():
        assert source.title in text and (source.expected or source.as_of in text)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ja",
            (
                "法律相談はできません",
                "令和3年9月",
                "川崎市は別の市",
                "1文字ずつ",
                "90日間",
                "「準拠」とは名乗りません",
                "119番",
            ),
        ),
        (
            "en",
            (
                "no legal advice",
                "September 2021",
                "Kawasaki is another city",
                "character by character",
                "90 day",
                "119",
            ),
        ),
    ],
)
def test_it_says_what_it_cannot_do_and_what_it_keeps(client: TestClient, language: str, told: tuple[str, ...]) -> None:
    text = _text(client, language)
    assert not [words for words in told if words not in text]
    assert not re.findall(r"0\d{1,4}[-(（‐ー]\d{1,4}", text), "a telephone number"


def test_it_names_the_model_or_says_that_there_is_none(client: TestClient, service: Service) -> None:
    assert "言語モデル（生成AI）を使っていません" in _text(client, "ja")
    with TestClient(create_app(Service(service.settings, service.embedder, Model()))) as modelled:
        text = _text(modelled, "ja")
        assert "openai:some-model" in text and "使っていません" not in text.split("できないこと")[0]


def test_it_opens_without_an_index(tmp_path: Path) -> None:
    with TestClient(create_app(Service(Settings(home=tmp_path / "home"), E5()))) as client:
        page = client.get("/about")
        assert page.status_code == 200 and "資料の準備ができていません" in page.text


def test_both_languages_have_as_many_points() -> None:
    for name, told in keys().items():
        if name.startswith("about."):
            assert told["ja"].strip() and told["en"].strip()
            assert len(told["ja"].strip().splitlines()) == len(told["en"].strip().splitlines()), name


def test_who_runs_it_is_named_where_it_is_known(service: Service, client: TestClient) -> None:
    settings = service.settings.model_copy(update={"contact": "あおぞら市 市民協働課 <kyodo@city.example>"})
    run = Service(settings, service.embedder, service.model)
    with TestClient(create_app(run)) as named:
        assert "この案内を公開している団体：あおぞら市 市民協働課 <kyodo@city.example>" in _text(named, "ja")
    assert "この案内を公開している団体：" not in _text(client, "ja")
