"""Requests made from the OpenAPI description, nice and nasty: no 5xx, only documented statuses, answers as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant.service import Service
from server.app import create_app
from server.errors import DOCUMENTED

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def description(service: Service) -> Any:
    config = SchemathesisConfig.from_dict({"generation": {"deterministic": True, "no-shrink": True}})
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(service), config=config)


@schemathesis.pytest.from_fixture("description").parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_route_does_what_it_describes(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


def test_every_route_describes_its_errors(service: Service) -> None:
    for path, methods in create_app(service).openapi()["paths"].items():
        for method, told in methods.items():
            assert {str(status) for status in DOCUMENTED} <= set(told["responses"]), (method, path)
            shape = told["responses"]["422"]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/ErrorBody"}, (method, path)
