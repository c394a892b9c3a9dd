"""Requests made from the OpenAPI description, nice and nasty: no 5xx, only documented statuses, answers as described."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
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
BOUNDED = settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_every_route_does_what_it_describes(service: Service) -> None:
    description = schemathesis.openapi.from_asgi("/openapi.json", create_app(service))
    tried = set()
    for found in description.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried.add(operation.path)
        for mode in GenerationMode:

            @BOUNDED
            @given(case=operation.as_strategy(generation_mode=mode))
            def try_one(case: Any) -> None:
                case.call_and_validate(checks=CHECKS)

            # An address without parameters and body cannot be asked wrongly.
            with suppress(Unsatisfiable) if mode == GenerationMode.NEGATIVE else nullcontext():
                try_one()
    assert {"/api/ask", "/api/drafts", "/api/reviews", "/healthz"} <= tried


def test_every_route_describes_its_errors(service: Service) -> None:
    for path, methods in create_app(service).openapi()["paths"].items():
        for method, told in methods.items():
            assert {str(status) for status in DOCUMENTED} <= set(told["responses"]), (method, path)
            shape = told["responses"]["422"]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/ErrorBody"}, (method, path)
