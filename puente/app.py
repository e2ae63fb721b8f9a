"""The composition root: builds the parts of the house and mounts its rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from puente import health
from puente.frame import make_frame

if TYPE_CHECKING:
    import flask

    from puente.settings import Settings

Side = Literal["web", "admin", "both"]


def create_app(settings: Settings, *, serve: Side) -> flask.Flask:  # noqa: ARG001
    """Build the WSGI app of one side of the house, or of both."""
    app = make_frame(
        is_https=settings.is_https,
        trusted_proxies=settings.trusted_proxies,
    )
    app.register_blueprint(
        health.make_blueprint(
            {},
            metrics_token=settings.metrics_token,
            is_proxied=settings.trusted_proxies > 0,
        )
    )
    return app
