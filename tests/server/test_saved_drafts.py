"""/api/drafts/saved: drafts under a private link, guarded by a version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.service import Service
from server.app import create_app
from tests.server.forms import sign

BRIEF = "青葉区とNPO法人こもれびです。目的は、高齢者の話し相手を増やすことです。"
PATH = "/api/drafts/saved"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        client.headers["X-Sign"] = sign(client)
        yield client


def test_a_draft_is_kept_changed_and_deleted(client: TestClient) -> None:
    made = client.post(PATH, json={"document": "contract", "brief": BRIEF})
    assert made.status_code == 201
    first = made.json()
    assert len(first["id"]) == 32 and first["version"] == 1 and "費用の分担" in first["draft"]["missing"]
    assert {"what": "事業の名称", "key": "name", "places": ["題名", "前文"]} in first["gaps"]
    fields = {"cost": "区が8万円、会が4万円を負担する", "form": "負担金"}
    body = {"document": "contract", "brief": BRIEF, "fields": fields, "version": 1}
    second = client.put(f"{PATH}/{first['id']}", json=body).json()
    assert second["version"] == 2 and second["form"] == "負担金型" and second["fields"] == {"cost": fields["cost"]}
    assert "費用の分担" not in second["draft"]["missing"]
    assert client.get(f"{PATH}/{first['id']}").json() == second
    assert client.delete(f"{PATH}/{first['id']}").status_code == 204
    assert client.get(f"{PATH}/{first['id']}").status_code == 404


def test_the_second_writer_is_told_and_nothing_is_lost(client: TestClient) -> None:
    first = client.post(PATH, json={"document": "proposal"}).json()
    path = f"{PATH}/{first['id']}"
    body = {"document": "proposal", "version": 1}
    assert client.put(path, json={**body, "fields": {"name": "一つめ"}}).status_code == 200
    refused = client.put(path, json={**body, "fields": {"name": "二つめ"}})
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "conflict"
    assert client.get(path).json()["fields"] == {"name": "一つめ"}
    same = client.put(path, json={**body, "fields": {"name": "一つめ"}})  # says nothing new, so it loses nothing
    assert same.status_code == 200 and same.json()["version"] == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", f"{PATH}/nothing", None, 404),
        ("DELETE", f"{PATH}/{'0' * 32}", None, 404),
        ("PUT", f"{PATH}/{'0' * 32}", {"document": "contract", "version": 1}, 404),
        ("PUT", f"{PATH}/{'0' * 32}", {"document": "contract"}, 422),
        ("PUT", f"{PATH}/{'0' * 32}", {"document": "contract", "version": 0}, 422),
        ("POST", PATH, {}, 422),
        ("POST", PATH, {"document": "contract", "fields": {"budget": "1円"}}, 422),
    ],
)
def test_errors_have_one_shape(client: TestClient, method: str, path: str, body: object, status: int) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"code", "message", "message_en"} and error["message"] and error["message_en"]
