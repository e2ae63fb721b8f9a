"""Whether this process lives, whether it can take messages, and its figures."""

from __future__ import annotations

import hmac
from enum import IntEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING

import flask
import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[], "Condition"]
    View = Callable[[], flask.Response]

_log = structlog.get_logger(__name__)

# Put there by proxies and tunnels: who comes through one is not this host.
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP")


class Condition(IntEnum):
    """How one part of the house is; the worst part decides."""

    OK = 0
    DEGRADED = 1
    """Messages are taken and kept, but not answered (only the spool accepts)."""
    DOWN = 2
    """Nothing can be accepted, or the migrations differ."""


def make_blueprint(
    checks: Mapping[str, Check],
    collect: Callable[[], tuple[bytes, str]],
    *,
    metrics_token: str,
    is_proxied: bool,
) -> flask.Blueprint:
    """Make `/healthz`, `/readyz` and `/metrics`.

    Args:
        checks: by the names of the parts; one that raises counts as down.
        collect: gives the figures as Prometheus reads them, and their media type.
        metrics_token: lets in whoever shows it as a bearer token; empty for nobody.
        is_proxied: whether a proxy that we trust tells us who asks.
    """
    blueprint = flask.Blueprint("health", __name__)

    @blueprint.get("/healthz")
    @_protected_by("public")
    def healthz() -> flask.Response:
        return _plain("ok")

    @blueprint.get("/readyz")
    @_protected_by("public")
    def readyz() -> flask.Response:
        conditions = {name: _examine(name, check) for name, check in checks.items()}
        worst = max(conditions.values(), default=Condition.OK)
        response = flask.jsonify(
            status=worst.name.lower(),
            checks={name: found.name.lower() for name, found in conditions.items()},
        )
        response.status_code = 503 if worst is Condition.DOWN else 200
        response.headers["Cache-Control"] = "no-store"
        return response

    @blueprint.get("/metrics")
    @_protected_by("host or token")
    def metrics() -> flask.Response:
        if not (_shows(metrics_token) or _is_this_host(is_proxied=is_proxied)):
            flask.abort(404)
        text, content_type = collect()
        return flask.Response(text, content_type=content_type)

    return blueprint


def _examine(name: str, check: Check) -> Condition:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever it is, this part cannot work
        _log.warning("check_failed", check=name, exc_info=error)
        return Condition.DOWN


def _shows(token: str) -> bool:
    given = flask.request.headers.get("Authorization", "").encode()
    return bool(token) and hmac.compare_digest(given, f"Bearer {token}".encode())


def _is_this_host(*, is_proxied: bool) -> bool:
    request = flask.request
    if not is_proxied and any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _plain(text: str) -> flask.Response:
    return flask.Response(text, content_type="text/plain; charset=utf-8")


def _protected_by(what: str) -> Callable[[View], View]:
    def declare(view: View) -> View:
        # Read by the test that walks all routes.
        vars(view)["protection"] = what
        return view

    return declare
