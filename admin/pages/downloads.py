"""Downloads: a table in a format, for a tier the person may export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request
from flask_security import current_user

from admin.exporting import Order
from admin.exports import EXPORTS
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from admin.tables import TABLES
from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.exporting import Exporter


def add_downloads(blueprint: Blueprint, exporter: Exporter) -> None:
    """Serve `consultas/<slug>/<table>.<format>?nivel=<tier>`."""

    @blueprint.get("/consultas/<slug>/<table>.<extension>")
    @permission(Permission.EXPORT_PUBLIC)
    def download(slug: str, table: str, extension: str) -> ResponseReturnValue:
        if table not in TABLES or extension not in EXPORTS:
            abort(404)
        order = Order(slug, table, extension, _read_tier(), current_user.email)
        export = exporter.prepare(order)
        if export is None:
            abort(404)
        response = Response(export.pieces, content_type=export.content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
        return response


def _read_tier() -> Tier:
    """Give the tier asked for, by default the fullest the person may export."""
    allowed = tiers_of(held_permissions())
    wanted = request.args.get("nivel", allowed[0])
    if wanted not in set(Tier):
        abort(404)
    if wanted not in allowed:
        abort(403)
    return Tier(wanted)
