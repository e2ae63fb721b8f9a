"""The pages' style, script and mark; their address changes with what is in them."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import flask

if TYPE_CHECKING:
    from collections.abc import Callable

AnyView = TypeVar("AnyView", bound="Callable[..., object]")

FOLDER = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600


def public(view: AnyView) -> AnyView:
    """Declare that anybody may see this, for the test that walks all routes."""
    vars(view)["protection"] = "public"
    return view


def add_assets(blueprint: flask.Blueprint) -> None:
    """Serve the files of `static/`, and give templates `asset(name)` for their addresses."""
    contents = {file.name: file.read_bytes() for file in FOLDER.iterdir() if file.is_file()}
    marks = {name: hashlib.sha256(content).hexdigest()[:10] for name, content in contents.items()}

    @blueprint.get("/pages/<name>")
    @public
    def asset(name: str) -> flask.Response:
        # A name whose mark is another version's gets today's file, and keeps it for no time.
        if name not in contents:
            flask.abort(404)
        suffix = name.rpartition(".")[2]
        response = flask.Response(contents[name], content_type=mimetypes.types_map[f".{suffix}"])
        is_current = flask.request.args.get("v") == marks[name]
        response.cache_control.max_age = A_YEAR if is_current else 0
        response.cache_control.public = True
        return response

    @blueprint.context_processor
    def _offer() -> dict[str, object]:
        return {"asset": lambda name: flask.url_for("pages.asset", name=name, v=marks[name])}
