"""What every page and every webhook stands in: limits, headers, proxies, errors."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import flask
import structlog
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.middleware.proxy_fix import ProxyFix

from admin.marking import mark

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

LARGEST_BODY = 2 * 1024 * 1024
"""A consultation's script with its translations; Flask's own default is no limit at all."""

LARGEST_FORM = 512 * 1024
MOST_FORM_PARTS = 1_000

A_YEAR = 365 * 24 * 3600

_AGAIN = mark("Vuelva a la página anterior e intente de nuevo.")

# In Spanish, since people read them: title and what to do.
_ERRORS = {
    400: (mark("No entendimos su solicitud"), _AGAIN),
    403: (mark("No tiene permiso"), mark("Su usuario no puede ver esta página.")),
    404: (mark("Página no encontrada"), mark("Revise la dirección o vuelva al inicio.")),
    405: (mark("Así no se puede"), _AGAIN),
    413: (mark("Es demasiado grande"), mark("Lo que envió pesa más de lo que podemos recibir.")),
    429: (mark("Demasiados intentos"), mark("Espere unos minutos e intente de nuevo.")),
    500: (mark("Algo falló"), mark("La falla es nuestra y ya quedó anotada. Intente de nuevo.")),
    503: (mark("Ahora no podemos atender"), mark("Intente de nuevo en unos minutos.")),
}

_log = structlog.get_logger(__name__)


def make_frame(*, is_https: bool, trusted_proxies: int) -> flask.Flask:
    """Make an empty app with all that holds for every route.

    Args:
        is_https: whether people reach us by https.
        trusted_proxies: how many proxies stand in front; only that many are believed.
    """
    app = flask.Flask("puente", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
    )
    if trusted_proxies:
        # Never the host: addresses are made from PUENTE_PUBLIC_URL.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted_proxies, x_proto=trusted_proxies, x_host=0
        )
    app.context_processor(lambda: {"csp_nonce": find_nonce})
    # Spanish, unless the staff's side puts its own in their place (`admin.language`).
    app.jinja_env.globals.update(gettext=str, page_language=lambda: "es")
    _add_headers(app, is_https=is_https)
    _add_error_pages(app)
    return app


def find_nonce() -> str:
    """Give this response's nonce, for `<script nonce="{{ csp_nonce() }}">`."""
    if "csp_nonce" not in flask.g:
        flask.g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = flask.g.csp_nonce
    return nonce


def _write_policy() -> str:
    nonce = f" 'nonce-{flask.g.csp_nonce}'" if "csp_nonce" in flask.g else ""
    return (
        "default-src 'none'; "
        f"script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self' data:; "
        "media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _add_headers(app: flask.Flask, *, is_https: bool) -> None:
    @app.after_request
    def finish(response: flask.Response) -> flask.Response:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        if is_https:
            headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        if response.mimetype == "text/html":
            headers.setdefault("Content-Security-Policy", _write_policy())
            headers.setdefault("Cache-Control", "no-store")
        return response


def _add_error_pages(app: flask.Flask) -> None:
    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> Response | flask.Response | HTTPException:
        if error.response is not None:
            return error  # made by hand
        return _say(error, error.code or 500)

    @app.errorhandler(Exception)
    def fail(error: Exception) -> flask.Response:
        # Where and what kind; never its words, which may quote a number or an answer.
        _log.error("request_failed", endpoint=flask.request.endpoint, exc_info=error)
        return _say(InternalServerError(), 500)


def _say(error: HTTPException, code: int) -> flask.Response:
    path = flask.request.path
    if path.startswith("/channels/"):
        response = flask.Response(error.name, content_type="text/plain; charset=utf-8")
    elif path.startswith("/api/"):
        response = flask.jsonify(error=error.name)
    else:
        title, advice = _ERRORS.get(code, _ERRORS[500 if code >= 500 else 400])  # noqa: PLR2004
        home = "/admin/" if path.startswith("/admin") else "/"
        page = flask.render_template("error.html", title=title, advice=advice, home=home)
        response = flask.Response(page)
    response.status_code = code
    for name, value in error.get_headers(flask.request.environ):
        if name != "Content-Type":
            response.headers[name] = value
    return response
