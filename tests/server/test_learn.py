"""The course over HTTP: lessons, questions without keys, answers marked; nothing of a learner is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.learn.course import load_course
from assistant.service import Service
from assistant.settings import Settings
from server.app import create_app
from tests.fakes import HashEmbedder


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Over a home without an index: the course needs none."""
    service = Service(Settings(home=tmp_path / "home"), HashEmbedder())
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client
    assert not (tmp_path / "home" / "index").exists()


def test_lessons(client: TestClient) -> None:
    cards = client.get("/api/learn/lessons").json()
    assert [card["number"] for card in cards] == list(range(1, 10))
    assert set(cards[0]) == {"id", "number", "title", "principle", "aim"}
    for card in cards:
        lesson = client.get(f"/api/learn/lessons/{card['id']}").json()
        assert lesson["says"][0]["quote"] and lesson["case"]["cites"] and lesson["repair"]["repair"]


def test_questions_come_without_keys_and_the_seed_decides(client: TestClient) -> None:
    path = "/api/learn/questions"
    one, same, other = (client.get(path, params={"seed": seed, "count": 30}).json() for seed in (5, 5, 6))
    assert one == same != other and len(one) == 30
    assert all(not set(question) & {"right", "wrong", "explanation", "cites", "solution"} for question in one)
    orders = client.get(path, params={"kind": "order", "count": 100}).json()
    assert {question["kind"] for question in orders} == {"order"}
    assert len(client.get(path).json()) == 10


def test_answers_are_marked(client: TestClient) -> None:
    course = load_course()
    for view in client.get("/api/learn/questions", params={"seed": 1, "count": 100}).json():
        question = course.question(view["id"])
        ids = {choice["text"]: choice["id"] for choice in view["choices"]}
        key: Any = [ids[step] for step in question.solution] if view["way"] == "order" else question.solution[0]
        told = _answer(client, view["id"], ids.get(key, key) if isinstance(key, str) else key)
        assert told["right"] and told["explanation"] and told["citations"][0]["quote"]
        wrong = _answer(client, view["id"], "どれでもない")
        assert not wrong["right"] and wrong["expected"]


def _answer(client: TestClient, question: str, answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = client.post("/api/learn/answers", json={"question_id": question, "answer": answer}).json()
    return told


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/learn/lessons/nothing", None, 404),
        ("GET", "/api/learn/questions?count=0", None, 422),
        ("GET", "/api/learn/questions?count=101", None, 422),
        ("GET", "/api/learn/questions?kind=riddle", None, 422),
        ("GET", "/api/learn/questions?seed=x", None, 422),
        ("POST", "/api/learn/answers", {"question_id": "nothing", "answer": "a"}, 404),
        ("POST", "/api/learn/answers", {"question_id": "form-01"}, 422),
        ("POST", "/api/learn/answers", {"question_id": "form-01", "answer": 3}, 422),
        ("POST", "/api/learn/answers", {"question_id": "form-01", "answer": "a" * 1_001}, 422),
        ("POST", "/api/learn/answers", {"question_id": "order-01", "answer": ["a"] * 21}, 422),
    ],
)
def test_wrong_requests_get_the_one_shape_of_errors(
    client: TestClient, method: str, path: str, body: Any, status: int
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"code", "message", "message_en"}
