"""The OpenAPI document against the API: schemathesis makes requests of it and judges replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from admin.api.document import make_document
from tests.support.caller import Caller
from tests.support.office import SLUG

if TYPE_CHECKING:
    from tests.support.office import Office

SCOPES = ("consultations", "aggregates", "answers:publico", "answers:equipo")
PATHS = sorted(make_document()["paths"])
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
]


@pytest.fixture
def caller(office: Office, monkeypatch: pytest.MonkeyPatch) -> Caller:
    monkeypatch.setattr("admin.api.gate.MOST", 100_000)
    monkeypatch.setattr("admin.api.gate.MOST_WRONG", 100_000)
    office.answer()
    return Caller(office, *SCOPES)


def load(office: Office) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", office.app)


@pytest.mark.parametrize(
    ("mode", "paths"),
    [
        (GenerationMode.POSITIVE, PATHS),
        (GenerationMode.NEGATIVE, [path for path in PATHS if path.endswith(("ers", "ates"))]),
    ],
)
def test_whatever_is_asked_is_answered_as_described(
    office: Office, caller: Caller, mode: GenerationMode, paths: list[str]
) -> None:
    described = load(office)
    for path in paths:
        operation = described[path]["GET"]

        @settings(
            max_examples=10,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.call_and_validate(headers=caller.headers, checks=CHECKS)

        ask()


def test_a_true_request_is_answered_as_described(office: Office, caller: Caller) -> None:
    described, values = load(office), {"slug": SLUG, "number": 1}
    for path in PATHS:
        operation = described[path]["GET"]
        names = [parameter.name for parameter in operation.path_parameters]
        case = operation.Case(path_parameters={name: values[name] for name in names})
        response = case.call_and_validate(headers=caller.headers, checks=CHECKS)
        assert response.status_code == 200, path


def test_every_address_of_the_api_is_described(office: Office) -> None:
    described = {f"/api/v1{path}" for path in PATHS}
    rules = {
        rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
        for rule in office.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert rules - {"/api/v1/openapi.json"} == described
    assert office.app.test_client().get("/api/v1/openapi.json").get_json() == make_document()
