"""Opening and closing a consultation: a page that says first what happens to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.figures import count_under_way
from admin.protection import permission
from admin.roles import Permission
from flows.effects import Say
from flows.text.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database
    from storage.published import Consultation

SEE_OTHER = 303


class OpeningPages:
    """Asks whether a consultation is to be opened or closed, and does it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._reader = ConsultedReader(database)

    def show(self, slug: str) -> ResponseReturnValue:
        """Say how the consultation stands, and what its button would do."""
        consultation, now = self._find(slug), self._clock()
        flow = self._reader.find_live_flow(consultation) or abort(404)
        with self._database.reading() as unit:
            counts = unit.reports.counts(consultation.id)
        said = render(flow, [Say("servicio/cerrada", flow.script.language)], "whatsapp", {})
        return render_template(
            "admin/opening.html",
            slug=slug,
            title=consultation.title,
            consultation=consultation,
            is_open=consultation.is_open(now),
            under_way=count_under_way(counts),
            closing=said.texts[0],
            now=now,
        )

    def open(self, slug: str) -> ResponseReturnValue:
        """Open it; one that is open already stays as it is."""
        consultation, now = self._find(slug), self._clock()
        if not consultation.is_open(now):
            with self._database.unit() as unit:
                unit.consultations.open(consultation.id, now, current_user.email)
        flash(_("La consulta está abierta."))
        return redirect(url_for("admin.opening", slug=slug), SEE_OTHER)

    def close(self, slug: str) -> ResponseReturnValue:
        """Close it, where whoever asks says that she means it."""
        consultation, now = self._find(slug), self._clock()
        if request.form.get("seguro") != "si":
            flash(_("Marque la casilla para cerrarla. No se cerró."), "error")
        elif consultation.is_open(now):
            with self._database.unit() as unit:
                unit.consultations.close(consultation.id, now, current_user.email)
            flash(_("La consulta está cerrada."))
        else:
            flash(_("La consulta ya estaba cerrada."))
        return redirect(url_for("admin.opening", slug=slug), SEE_OTHER)

    def _find(self, slug: str) -> Consultation:
        with self._database.reading() as unit:
            found = unit.consultations.find(slug)
        return found or abort(404)


def add_opening(blueprint: Blueprint, pages: OpeningPages) -> None:
    """Serve the page to who may open and close, and take its two forms."""
    may = permission(Permission.OPEN_AND_CLOSE)
    address = "/consultas/<slug>/apertura"
    rules = blueprint.add_url_rule
    rules(address, "opening", may(pages.show))
    rules(f"{address}/abrir", "open_consultation", may(pages.open), methods=["POST"])
    rules(f"{address}/cerrar", "close_consultation", may(pages.close), methods=["POST"])
