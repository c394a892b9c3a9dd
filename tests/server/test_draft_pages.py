"""The pages of a draft as a browser without scripts sends them: both ways, conflicts, bad input, files, no traces."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.service import Service
from server.app import create_app
from server.store.drafts import saved_draft
from server.store.tables import Outcome, SavedDraft, now
from tests.fakes import QueueModel
from tests.server.forms import sign

BRIEF = (
    "青葉区とNPO法人こもれびです。目的は、高齢者の話し相手を増やすことです。\r\n月2回、地区センターでお茶会を開きます。"
)
HOSTILE = "<script>alert(1)</script>{{7*7}}\"'></textarea><b>&amp;"


@pytest.fixture(scope="module")
def app(service: Service) -> FastAPI:
    return create_app(service)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A visitor of its own each time."""
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def post(client: TestClient, path: str, **told: str) -> Any:
    """A form as its page would send it: with the sign and the version that the page carries."""
    page = client.get(path) if path.startswith("/d/") else None
    version = re.search(r'name="version" value="(\d+)"', page.text) if page else None
    return client.post(path, data={"sign": sign(client), "version": version[1] if version else "", **told})


def begin(client: TestClient, document: str = "contract", go: str = "next") -> str:
    """A draft; its private link."""
    answer = post(client, "/drafts", document=document, form="", go=go)
    assert answer.status_code == 303
    return str(answer.headers["location"].rpartition("/")[0])


def in_field(page: str, key: str) -> str:
    """What stands in a field of the form."""
    area = re.search(rf'<textarea[^>]* id="f-{key}"[^>]*>\n(.*?)</textarea>', page, re.S)
    line = re.search(rf'<input[^>]* id="f-{key}"[^>]* value="([^"]*)"', page)
    found = area or line
    assert found, key
    return unescape(found[1])


def test_what_can_be_made_and_own_drafts(client: TestClient) -> None:
    page = client.get("/drafts").text
    for kind, name in (("proposal", "協働事業提案書"), ("contract", "協働契約書"), ("agreement", "包括連携協定書")):
        assert f'href="/drafts/new?document={kind}"' in page and f"{name}をつくる" in page
    link = begin(client)
    post(client, f"{link}/2", **{"f-name": "お茶の会"})
    assert f'href="{link}"' in client.get("/drafts").text and "お茶の会" in client.get("/drafts").text
    client.cookies.clear()
    assert link not in client.get("/drafts").text  # only its own visitor's list has it
    assert "お茶の会" in client.get(f"{link}/2").text  # but the link opens it


def test_only_the_document_is_required(client: TestClient) -> None:
    answer = post(client, "/drafts", form="委託型")
    assert answer.status_code == 422
    assert "<title>エラー：" in answer.text and 'href="#document"' in answer.text and "＊つくる書類" in answer.text
    assert re.search(r'value="委託型" checked', answer.text)  # what was chosen stays
    link = begin(client)
    for step, onward in (("2", "3"), ("3", "4")):
        assert post(client, f"{link}/{step}").headers["location"] == f"{link}/{onward}"
    page = client.get(f"{link}/4").text
    assert "まだ下書きを作れません" in page and "download" not in page


def test_the_form_of_collaboration_comes_with_the_reports_words(client: TestClient) -> None:
    page = client.get("/drafts/new?document=contract").text
    assert "市民が主体となって行う事業について" in page and "まだ決めていない" in page
    assert re.search(r'value="contract" checked', page)
    assert re.search(r'href="/sources/yokohama-report-r2/[^"]+"', page)


def test_free_text_meets_the_form(client: TestClient) -> None:
    link = begin(client, go="text")
    answer = post(client, f"{link}/text", brief=BRIEF)
    assert answer.headers["location"] == f"{link}/read"
    page = client.get(f"{link}/read").text
    assert '<mark>高齢者の話し相手を増やすこと<span class="read-as">事業目的</span></mark>' in page
    assert "文章から読み取り" in page and f'href="{link}/2#f-purpose"' in page
    form = client.get(f"{link}/2").text
    assert (
        in_field(form, "purpose") == "高齢者の話し相手を増やすこと" and in_field(form, "partner") == "NPO法人こもれび"
    )
    # Sent back as it is, it is no answer of its own: the text goes on to count.
    as_is = {f"f-{key}": in_field(form, key) for key in ("purpose", "partner")}
    post(client, f"{link}/2", **as_is, **{"f-name": "お茶の会"})
    saved = client.get(f"/api/drafts{link.replace('/d/', '/saved/')}").json()
    assert saved["fields"] == {"name": "お茶の会"}
    # Corrected in the form, the correction wins; emptied, the text counts again.
    post(client, f"{link}/2", **{"f-partner": "こもれびの会", "f-name": "お茶の会"})
    assert in_field(client.get(f"{link}/2").text, "partner") == "こもれびの会"
    post(client, f"{link}/2", **{"f-partner": ""})
    assert in_field(client.get(f"{link}/2").text, "partner") == "NPO法人こもれび"


def test_the_state_of_the_items_is_beside_every_step(client: TestClient) -> None:
    link = begin(client)
    page = client.get(f"{link}/2").text
    assert page.count("× まだ") == 5 and page.count("？ 担当課に確認") == 1
    assert f'href="{link}/3#f-cost"' in page and "費用は全部でいくらで" in page
    post(client, f"{link}/3", **{"f-cost": "総額30万円のうち、区が20万円、当会が15万円を負担する"})
    page = client.get(f"{link}/2").text
    assert page.count("✓ 書けました") == 1 and page.count("× まだ") == 4
    assert "内訳を足すと350,000円になり" in page and "条例第12条第2項" in page  # a problem with its basis
    post(client, f"{link}/3", **{"f-cost": "総額は30万円"})  # without its bearer the item is told in part
    assert "△ 一部だけ" in client.get(f"{link}/2").text


def test_an_agreement_is_not_asked_for_the_items(client: TestClient) -> None:
    page = client.get(f"{begin(client, 'agreement')}/2").text
    assert "包括連携協定は協働契約ではない" in page and "× まだ" not in page
    assert 'id="f-field"' in page and 'id="f-representative"' not in page


def test_back_keeps_the_input_and_a_change_of_document_the_answers(client: TestClient) -> None:
    link = begin(client)
    told = {"f-method": "月2回\n地区センターで", "go": "back"}
    assert post(client, f"{link}/3", **told).headers["location"] == f"{link}/2"
    assert in_field(client.get(f"{link}/3").text, "method") == "月2回\n地区センターで"
    post(client, f"{link}/3", **{"f-cost": "区が負担する"})
    post(client, f"{link}/1", document="agreement", form="")
    assert in_field(client.get(f"{link}/3").text, "cost") == "区が負担する"


def test_two_tabs_the_second_is_told_and_both_texts_are_shown(client: TestClient) -> None:
    link = begin(client)
    form = {"sign": sign(client), "version": "1"}
    assert client.post(f"{link}/2", data={**form, "f-name": "一つめの名"}).status_code == 303
    answer = client.post(f"{link}/2", data={**form, "f-name": "二つめの名"})
    assert answer.status_code == 409 and "先に変更が保存されています" in answer.text
    assert in_field(answer.text, "name") == "二つめの名" and '<blockquote lang="ja">一つめの名' in answer.text
    assert in_field(client.get(f"{link}/2").text, "name") == "一つめの名"
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version and version[1] == "2"
    client.post(f"{link}/2", data={**form, "version": "2", "f-name": "二つめの名"})
    assert in_field(client.get(f"{link}/2").text, "name") == "二つめの名"
    for path, told in (("/text", {"brief": "あ"}), ("/1", {"document": "proposal"})):
        answer = client.post(link + path, data={**form, **told})
        assert answer.status_code == 409 and "先に変更が保存されています" in answer.text


def test_too_long_stays_for_shortening(client: TestClient) -> None:
    link = begin(client)
    long = "花を植えます。" * 2_900
    for path, told, place in (("/text", {"brief": long}, "brief"), ("/3", {"f-method": long}, "f-method")):
        answer = post(client, link + path, **told)
        assert answer.status_code == 422 and f'href="#{place}"' in answer.text and long in answer.text
        assert "20,000文字まで" in answer.text and 'aria-invalid="true"' in answer.text
    assert client.get(f"/api/drafts{link.replace('/d/', '/saved/')}").json()["brief"] == ""


@pytest.mark.parametrize(
    "path", ["", "/1", "/2", "/3", "/4", "/5", "/text", "/read", "/aside", "/print", "/download", "/delete"]
)
def test_an_unknown_draft_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    for identity in ("0" * 32, "..%2f..", "'; drop table drafts"):
        answer = client.get(f"/d/{identity}{path}")
        assert answer.status_code == 404
        assert "見つかりません" in answer.text or "ありません" in answer.text


def test_forms_are_signed(client: TestClient) -> None:
    link = begin(client)
    for path in ("/drafts", f"{link}/1", f"{link}/2", f"{link}/text", f"{link}/delete"):
        assert client.post(path, data={"document": "contract", "sign": "0" * 64}).status_code == 403


def test_hostile_values_are_text_everywhere(client: TestClient) -> None:
    link = begin(client, go="text")
    post(client, f"{link}/text", brief=f"目的は、{HOSTILE}を増やすことです。")
    post(client, f"{link}/2", **{"f-name": HOSTILE, "f-partner": HOSTILE, "f-purpose": HOSTILE + "x" * 10_000})
    for path in ("/1", "/2", "/3", "/4", "/text", "/read", "/aside", "/print", "/delete"):
        page = client.get(link + path).text
        assert "<script>alert" not in page and "</textarea><b>" not in page and ">49<" not in page
    assert HOSTILE in unescape(client.get(f"{link}/4").text)
    assert escape("<script>alert(1)</script>") in client.get("/drafts").text
    told = client.get(f"{link}/download?format=docx").headers["content-disposition"]
    assert told.isascii() and not re.search(r"[\r\n/]", unquote(told.partition("''")[2]))


def test_confirm_and_take_along(client: TestClient, app: FastAPI) -> None:
    link = begin(client, go="text")
    post(client, f"{link}/text", brief=BRIEF)
    post(client, f"{link}/2", **{"f-name": "お茶の会", "f-address": "未定"})
    page = client.get(f"{link}/4").text
    for words in (
        "お茶の会",
        "高齢者の話し相手を増やすこと",
        "項目に記入",
        "文章から読み取り",
        "まだ決まっていないものとして",
    ):
        assert words in page
    gaps = int(re.search(r"〔要確認〕が(\d+)件あります", page)[1])  # type: ignore[index]
    assert gaps == page.count("ある場所：") > 3 and f'href="{link}/3#f-liability"' in page
    assert "市の側で決まること" in page  # the city's own signature is nobody's field
    assert all(f">{origin}</span>" in page for origin in ("ご記入の言葉", "ひな形の文", "要確認のある文"))
    file = client.get(f"{link}/download?format=docx")
    assert unquote(file.headers["content-disposition"]).endswith("協働契約書案_お茶の会.docx")
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert "高齢者の話し相手を増やすこと" in words and "お茶の会" in words and "〔要確認：" in words
    assert json.loads(client.get(f"{link}/download?format=json").text)["fields"]["name"] == "お茶の会"
    assert client.get(f"{link}/download?format=md").text.startswith("# ")
    assert client.get(f"{link}/download?format=exe").status_code == 422
    paper = client.get(f"{link}/print")
    assert 'href="/drafts/print.css"' in paper.text and "<style" not in paper.text and "お茶の会" in paper.text
    assert client.get("/drafts/print.css").headers["content-type"].startswith("text/css")
    with app.state.database.session() as session:
        counted = session.scalars(select(Outcome).where(Outcome.kind == "draft")).all()
    assert counted and {o.status for o in counted} == {"drafted"} and not any(o.question for o in counted)


def test_no_traces_of_a_private_link(client: TestClient) -> None:
    link = begin(client)
    for path in ("/1", "/2", "/4", "/text", "/print", "/download"):
        headers = client.get(link + path).headers
        assert headers["x-robots-tag"].startswith("noindex") and headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in client.get(f"{link}/2").text


def test_deleting_asks_first(client: TestClient) -> None:
    link = begin(client)
    assert "元には戻せません" in client.get(f"{link}/delete").text
    answer = post(client, f"{link}/delete")
    assert answer.status_code == 303 and "削除しました" in client.get(answer.headers["location"]).text
    assert client.get(f"{link}/2").status_code == 404
    late = client.post(f"{link}/2", data={"sign": sign(client), "version": "1", "f-name": "遅れた保存"})
    assert late.status_code == 404


def test_people_are_told_before_a_draft_is_removed(client: TestClient, app: FastAPI) -> None:
    link = begin(client)
    assert "まもなく消えます" not in client.get(f"{link}/2").text
    with app.state.database.session() as session:
        row = saved_draft(session, link.rpartition("/")[2])
        assert isinstance(row, SavedDraft)
        row.updated = now() - timedelta(days=80)
    assert (
        "この書類は、まもなく消えます" in client.get(f"{link}/2").text
        and "まもなく消えます" in client.get("/drafts").text
    )
    post(client, f"{link}/2", **{"f-name": "続き"})
    assert "まもなく消えます" not in client.get(f"{link}/2").text


def test_the_private_link_leads_to_the_first_open_step(client: TestClient) -> None:
    link = begin(client)
    assert client.get(link).headers["location"] == f"{link}/2"
    answers = ("name", "partner", "unit", "representative", "address", "purpose")
    post(client, f"{link}/2", **{f"f-{key}": f"青葉区{key}" for key in answers})
    assert client.get(link).headers["location"] == f"{link}/3"


def test_a_model_is_asked_once_and_what_is_confirmed_is_downloaded(service: Service) -> None:
    def reworded(data: Any) -> str:
        return json.dumps({"lines": [line.replace("開きます", "開く") for line in data["lines"]]})

    model = QueueModel(reworded)
    smoothing = Service(service.settings, service.embedder, model)
    with TestClient(create_app(smoothing), follow_redirects=False) as client:
        link = begin(client, go="text")
        post(client, f"{link}/text", brief=BRIEF)
        for path in ("/2", "/3", "/read"):
            client.get(link + path)
        assert not model.asked  # the steps do not wait for it
        page = client.get(f"{link}/4").text
        assert "言語モデルが文体を整えました" in page and "お茶会を開く" in page
        assert "お茶会を開く" in client.get(f"{link}/download?format=md").text and len(model.asked) == 1
        model.replies.append(reworded)
        post(client, f"{link}/2", **{"f-name": "お茶の会"})
        client.get(f"{link}/4")
        assert len(model.asked) == 2  # changed inputs make another draft


def test_every_page_in_english_has_its_words(client: TestClient) -> None:
    link = begin(client)
    for path in ("/1", "/2", "/3", "/4", "/text", "/read", "/delete"):
        page = client.get(f"{link}{path}?lang=en").text
        assert '<html lang="en">' in page and "保存" not in re.sub(r"<[^>]*>", "", page)
