"""The style sheet and pictures, under names that change with what is in them."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from flask import Response, abort, url_for

from admin.protection import public

if TYPE_CHECKING:
    from flask import Blueprint

A_YEAR = 31_536_000
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its long name, `admin.3f2a1b9c0d.css`."""

    address: str
    content_type: str
    content: bytes


def read_assets() -> dict[str, Asset]:
    """Read the package's own files, by their short names."""
    folder = resources.files("admin") / "static"
    return {file.name: _make(file.name, file.read_bytes()) for file in folder.iterdir()}


def _make(name: str, content: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    content_type = mimetypes.types_map[f".{suffix}"]
    return Asset(f"{stem}.{digest}.{suffix}", content_type, content)


def serve_assets(blueprint: Blueprint, assets: dict[str, Asset]) -> None:
    """Serve files under `static/`; a browser that has one never asks for it again.

    While a new version is rolled out, a page of one process may ask another for a name that
    it does not know: it gets the file it has, which must not be kept under that name.
    """

    @blueprint.get("/static/<name>")
    @public
    def asset(name: str) -> Response:
        stem, _, rest = name.partition(".")
        found = assets.get(f"{stem}.{rest.rpartition('.')[2]}")
        if found is None:
            abort(404)
        response = Response(found.content, content_type=found.content_type)
        if name == found.address:
            response.cache_control.public = True
            response.cache_control.max_age = A_YEAR
            response.cache_control.immutable = True
        return response

    @blueprint.app_template_global("admin_asset")
    def _address(name: str) -> str:
        return url_for("admin.asset", name=assets[name].address)
