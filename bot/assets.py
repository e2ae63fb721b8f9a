"""The files that pages load, under names that change with what is in them."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import flask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AnyView = TypeVar("AnyView", bound="Callable[..., object]")

A_YEAR = 365 * 24 * 3600
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Asset:
    """A file with its long name, `admin.3f2a1b9c0d.css`."""

    address: str
    content_type: str
    content: bytes


def public(view: AnyView) -> AnyView:
    """Declare that anybody may see this, for the test that walks all routes."""
    vars(view)["protection"] = "public"
    return view


def add_assets(blueprint: flask.Blueprint, folder: Path, below: str) -> None:
    """Serve a folder's files; a browser that has one never asks for it again.

    Templates get `<blueprint>_asset(name)` for their addresses. While a new version is rolled
    out, a page of one process may ask another for a name that it does not know: it gets the
    file it has, which must not be kept under that name.

    Args:
        blueprint: whose pages they are.
        folder: where they are, under their short names.
        below: where they are served, `/static`.
    """
    assets = {file.name: _read(file) for file in folder.iterdir() if file.is_file()}

    @blueprint.get(f"{below}/<name>")
    @public
    def asset(name: str) -> flask.Response:
        stem, _, rest = name.partition(".")
        found = assets.get(f"{stem}.{rest.rpartition('.')[2]}")
        if found is None:
            flask.abort(404)
        response = flask.Response(found.content, content_type=found.content_type)
        if name == found.address:
            response.cache_control.public = True
            response.cache_control.max_age = A_YEAR
            response.cache_control.immutable = True
        else:
            response.cache_control.no_store = True
        return response

    @blueprint.app_template_global(f"{blueprint.name}_asset")
    def _address(name: str) -> str:
        return flask.url_for(f"{blueprint.name}.asset", name=assets[name].address)


def _read(file: Path) -> _Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    address = f"{file.stem}.{digest}{file.suffix}"
    return _Asset(address, mimetypes.types_map[file.suffix], content)
