from __future__ import annotations

from typing import TYPE_CHECKING

import flask
import pytest

from puente.health import Condition, make_blueprint

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from puente.health import Check

TOKEN = "a-token-that-prometheus-shows"

FIGURES = b"puente_test_seen_total 1.0"


def visit(
    checks: dict[str, Check] | None = None, *, token: str = "", is_proxied: bool = False
) -> FlaskClient:
    app = flask.Flask(__name__)
    blueprint = make_blueprint(
        checks or {}, lambda: (FIGURES, "text/plain"), metrics_token=token, is_proxied=is_proxied
    )
    app.register_blueprint(blueprint)
    return app.test_client()


def _broken() -> Condition:
    raise ConnectionError("the database is away")


def test_a_process_that_answers_lives() -> None:
    assert visit({"database": _broken}).get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("checks", "code", "status"),
    [
        ({}, 200, "ok"),
        ({"database": lambda: Condition.OK}, 200, "ok"),
        ({"database": lambda: Condition.DEGRADED}, 200, "degraded"),
        ({"a": lambda: Condition.OK, "b": lambda: Condition.DOWN}, 503, "down"),
        ({"database": _broken}, 503, "down"),
    ],
)
def test_the_worst_part_decides_whether_messages_are_taken(
    checks: dict[str, Check], code: int, status: str
) -> None:
    response = visit(checks).get("/readyz")
    assert response.status_code == code
    assert response.get_json()["status"] == status
    assert set(response.get_json()["checks"]) == set(checks)
    assert response.headers["Cache-Control"] == "no-store"


def test_this_host_may_read_the_figures() -> None:
    response = visit().get("/metrics")
    assert (response.status_code, response.data) == (200, FIGURES)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("203.0.113.7", {}),
        ("203.0.113.7", {"Authorization": f"Bearer {TOKEN}"}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}),
        ("", {}),
    ],
)
def test_the_figures_are_closed_to_outsiders(address: str, headers: dict[str, str]) -> None:
    response = visit().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == 404


@pytest.mark.parametrize(("given", "code"), [(TOKEN, 200), ("other", 404), ("ñ", 404)])
def test_a_token_lets_prometheus_in_from_elsewhere(given: str, code: int) -> None:
    response = visit(token=TOKEN).get(
        "/metrics",
        headers={"Authorization": f"Bearer {given}"},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert response.status_code == code


def test_behind_a_trusted_proxy_its_own_word_counts() -> None:
    headers = {"X-Forwarded-For": "127.0.0.1"}
    assert visit(is_proxied=True).get("/metrics", headers=headers).status_code == 200
