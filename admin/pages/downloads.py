"""Downloads: a table in a format, for a tier the person may export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.exporting import Order
from admin.exports import EXPORTS
from admin.pages.giving import give_file
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from admin.tables import TABLES
from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from flask_babel.speaklater import LazyString

    from admin.export_jobs import ExportDesk
    from admin.exporting import Exporter
    from admin.signin.freshness import Freshness
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class _Words:
    label: LazyString
    purpose: LazyString


TIER_WORDS = {
    Tier.TEAM: _Words(
        _("Equipo"),
        _("Todo lo que contestaron las personas, también sus palabras. No lo reenvíe."),
    ),
    Tier.GROUP: _Words(
        _("Grupo de trabajo"),
        _("Sin folio ni hora; las palabras, solo de quien permitió publicarlas."),
    ),
    Tier.PUBLIC: _Words(
        _("Público"),
        _("Para publicar: sin palabras propias y sin datos que comparten menos de diez personas."),
    ),
}


FORMAT_WORDS = {
    "xlsx": _Words(_("Excel"), _("Con una portada y lo que significa cada código.")),
    "csv": _Words(_("CSV"), _("Para cualquier hoja de cálculo o programa.")),
    "jsonl": _Words(_("JSON"), _("Un objeto por línea, para programas.")),
    "datapackage": _Words(
        _("Paquete de datos"),
        _("Un zip con los datos, su descripción y los códigos, para guardarlos o publicarlos."),
    ),
    "floip": _Words(
        _("FLOIP"), _("Resultados de flujo, para RapidPro y otras herramientas de consulta.")
    ),
    "sav": _Words(_("SPSS"), _("Con las preguntas y lo que significa cada código.")),
}
"""The formats as staff choose them, the usual ones first."""


MOST_FILES = 10
"""How many of somebody's prepared files a page lists."""


def add_downloads(
    blueprint: Blueprint,
    database: Database,
    exporter: Exporter,
    desk: ExportDesk,
    freshness: Freshness,
) -> None:
    """Serve `consultas/<slug>/descargas`, and `consultas/<slug>/<table>.<format>?nivel=<tier>`.

    What a large consultation's file takes, nobody waits for: its address leads to a form.
    """
    reader = ConsultedReader(database)

    @blueprint.get("/consultas/<slug>/descargas")
    @permission(Permission.EXPORT_PUBLIC)
    def downloads(slug: str) -> ResponseReturnValue:
        consulted = reader.find(slug) or abort(404)
        with database.reading() as unit:
            files = unit.export_jobs.list_of(current_user.email, slug, MOST_FILES)
            presets = unit.presets.list(consulted.consultation.id)
        allowed = tiers_of(held_permissions())
        return render_template(
            "admin/downloads.html",
            files=files,
            presets=[one for one in presets if one.tier in allowed and one.format in EXPORTS],
            slug=slug,
            title=consulted.consultation.title,
            tier=read_tier(),
            tiers=allowed,
            tier_words=TIER_WORDS,
            tables=TABLES,
            exports=EXPORTS,
            formats={name: words for name, words in FORMAT_WORDS.items() if name in EXPORTS},
        )

    @blueprint.get("/consultas/<slug>/<table>.<extension>")
    @permission(Permission.EXPORT_PUBLIC)
    @freshness.before
    def download(slug: str, table: str, extension: str) -> ResponseReturnValue:
        if table not in TABLES or extension not in EXPORTS:
            abort(404)
        history = request.args.get("historia") == "si"
        order = Order(slug, table, extension, read_tier(), current_user.email, history=history)
        export = exporter.prepare(order)
        if export is None:
            abort(404)
        if desk.is_large(export.consultation_id):
            chosen: dict[str, Any] = {
                "tabla": table,
                "formato": extension,
                "nivel": order.tier.value,
            }
            past = "si" if history else None
            return redirect(url_for("admin.prepare", slug=slug, historia=past, **chosen))
        return give_file(export.pieces, export.content_type, export.file_name)


def read_tier() -> Tier:
    """Give the tier asked for by an address or a form, else the fullest the person may export."""
    allowed = tiers_of(held_permissions())
    wanted = request.values.get("nivel", allowed[0])
    if wanted not in set(Tier):
        abort(404)
    if wanted not in allowed:
        abort(403)
    return Tier(wanted)
