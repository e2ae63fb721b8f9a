"""Downloads kept under a name: which table, in which form, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.exports import EXPORTS
from admin.pages.downloads import read_tier
from admin.pages.typed import read_line
from admin.protection import permission
from admin.roles import Permission
from admin.tables import TABLES
from storage.ids import new_id
from storage.repositories.presets import Preset

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database
    from storage.published import Consultation

LONGEST_NAME = 60
SEE_OTHER = 303


class PresetForms:
    """Keeps downloads under a name, and drops them; `Descargas` lists them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def keep(self, slug: str) -> ResponseReturnValue:
        """Keep a download of a tier that whoever asks may export."""
        consultation, tier = self._find(slug), read_tier()
        table, form = request.form.get("tabla", ""), request.form.get("formato", "")
        if table not in TABLES or form not in EXPORTS:
            abort(400)
        name, able = read_line("nombre"), EXPORTS[form].tables
        back = redirect(url_for("admin.downloads", slug=slug, nivel=tier.value), SEE_OTHER)
        if not 0 < len(name) <= LONGEST_NAME:
            flash(_("Escriba un nombre, con 60 letras como mucho."), "error")
            return back
        if able and table not in able:
            flash(_("Ese formato no lleva esa tabla."), "error")
            return back
        now = self._clock()
        history = table == "long" and request.form.get("historia") == "si"
        preset = Preset(new_id(now), name, table, form, tier.value, history, current_user.email)
        with self._database.unit() as unit:
            is_kept = unit.presets.add(consultation.id, preset, now)
        if is_kept:
            flash(_("Guardada como «%(name)s».", name=name))
        else:
            flash(_("Ese nombre ya existe, o hay demasiadas guardadas."), "error")
        return back

    def drop(self, slug: str) -> ResponseReturnValue:
        """Keep one's own no more."""
        consultation = self._find(slug)
        try:
            preset_id = UUID(request.form.get("guardada", ""))
        except ValueError:
            abort(400)
        with self._database.unit() as unit:
            is_gone = unit.presets.remove(consultation.id, preset_id, current_user.email)
        if is_gone:
            flash(_("Ya no está guardada."))
        else:
            flash(_("Solo quien la guardó puede quitarla."), "error")
        return redirect(url_for("admin.downloads", slug=slug), SEE_OTHER)

    def _find(self, slug: str) -> Consultation:
        with self._database.reading() as unit:
            return unit.consultations.find(slug) or abort(404)


def add_presets(blueprint: Blueprint, forms: PresetForms) -> None:
    """Take the forms of who may export."""
    may = permission(Permission.EXPORT_PUBLIC)
    address = "/consultas/<slug>/descargas"
    rules = blueprint.add_url_rule
    rules(f"{address}/guardar", "keep_preset", may(forms.keep), methods=["POST"])
    rules(f"{address}/quitar", "drop_preset", may(forms.drop), methods=["POST"])
