"""The second look: somebody else compares what was typed with the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.conversation import list_said
from admin.protection import permission
from admin.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database

SHOWN = 50
SEE_OTHER = 303


class SecondLookPages:
    """Shows what is to be looked at again, and keeps what was found."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._reader = ConsultedReader(database)

    def show(self, slug: str) -> ResponseReturnValue:
        """Show what is due, with the answers, to who has not typed it."""
        consulted = self._reader.find(slug) or abort(404)
        consultation = consulted.consultation
        with self._database.reading() as unit:
            due = unit.captures.list_due(consultation.id, SHOWN)
            listed = {
                one.session_id: unit.dossiers.find(consultation.id, one.session_id)
                for one in due
                if one.clerk != current_user.email
            }
            counts = unit.captures.count(consultation.id)
        return render_template(
            "admin/second_look.html",
            slug=slug,
            title=consultation.title,
            due=[
                (one, found, list_said(consulted, found))
                for one in due
                if (found := listed.get(one.session_id)) is not None
            ],
            own=sum(one.clerk == current_user.email for one in due),
            counts=counts,
        )

    def look(self, slug: str) -> ResponseReturnValue:
        """Keep whether the paper says the same."""
        found = request.form.get("resultado", "")
        try:
            session_id = UUID(request.form.get("sesion", ""))
        except ValueError:
            abort(400)
        is_kept = False
        if found in {"igual", "distinta"}:
            with self._database.unit() as unit:
                is_kept = unit.captures.look(
                    session_id,
                    is_same=found == "igual",
                    now=self._clock(),
                    who=current_user.email,
                )
        if is_kept:
            flash(_("Quedó anotado."))
        else:
            flash(_("No se anotó: elija si es igual, y que no sea una captura suya."), "error")
        return redirect(url_for("admin.second_look", slug=slug), SEE_OTHER)


def add_second_look(blueprint: Blueprint, pages: SecondLookPages) -> None:
    """Serve the list to who may type answers, and take what was found."""
    may = permission(Permission.TYPE_ANSWERS)
    address = "/consultas/<slug>/captura/segunda-mirada"
    blueprint.add_url_rule(address, "second_look", may(pages.show))
    blueprint.add_url_rule(f"{address}/anotar", "keep_look", may(pages.look), methods=["POST"])
