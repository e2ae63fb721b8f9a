"""What every answer of the staff's side tells the browser: its language, keeping, trusting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from admin.language import find_language
from admin.protection import SIGN_OUT

if TYPE_CHECKING:
    from flask import Flask, Response

PREFIX = "/admin"

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Beside those that every page of the house has."""


def set_headers(app: Flask) -> None:
    """Put the headers on everything under `/admin`, redirects and errors included."""

    @app.after_request
    def _finish(response: Response) -> Response:
        if request.path != PREFIX and not request.path.startswith(f"{PREFIX}/"):
            return response
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.cache_control.immutable:
            # Shared computers: the back button after signing out shows nothing.
            response.headers["Cache-Control"] = "no-store, private"
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = find_language()
            response.vary.add("Cookie")
        if request.endpoint == SIGN_OUT:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
