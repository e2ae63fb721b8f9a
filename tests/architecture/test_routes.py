"""Every route says who may use it: its view carries `protection`, set by a decorator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from puente.app import create_app
from puente.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    import flask


@pytest.fixture
def app(tmp_path: Path) -> flask.Flask:
    """The whole house, with a channel of each of the default kinds."""
    environ = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}
    return create_app(read_settings(environ, tmp_path), serve="both")


def protection_of(app: flask.Flask, endpoint: str) -> object:
    return getattr(app.view_functions[endpoint], "protection", None)


def test_every_route_declares_its_protection(app: flask.Flask) -> None:
    undeclared = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if not isinstance(protection_of(app, rule.endpoint), str)
    ]
    assert undeclared == []


def test_what_changes_something_is_never_merely_asked_for(app: flask.Flask) -> None:
    """Links are followed by browsers, mail programs and crawlers: GET must change nothing."""
    mixed = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.methods is not None
        and {"GET", "POST"} <= rule.methods
        and protection_of(app, rule.endpoint) == "public"
        and not rule.endpoint.startswith("security.")  # the sign-in form posts to itself
    ]
    assert mixed == []


PROMISED = {
    "/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/simulator/",
    "/admin/",
    "/api/v1/consultations",
    "/api/v1/openapi.json",
    "/channels/<name>/inbound",
    "/channels/<name>/status",
}


def test_no_address_that_others_rely_on_vanishes(app: flask.Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} >= PROMISED
