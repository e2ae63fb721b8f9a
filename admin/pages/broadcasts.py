"""Invitaciones: a consultation's lists of people to be invited, and a form that reads a new one."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from admin.broadcasts.desk import THOUSAND, BroadcastDesk, RefusedError, Wanted
from admin.broadcasts.rows import UnreadableListError, read_rows
from admin.broadcasts.words import STATES
from admin.pages.typed import read_line
from admin.protection import permission
from admin.roles import Permission
from bot.invitees import Listed, read_list

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database
    from storage.published import Consultation

MOST_SHOWN = 50
"""Mistakes of a list on the page."""
BAD_REQUEST, SEE_OTHER = 400, 303
_MONEY = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?")
_FIELDS = ("canal", "texto", "precio", "presupuesto", "omitir")


class BroadcastListPages:
    """The list, and what is typed to prepare another.

    Args:
        sms: the names of the SMS channels that can send.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], sms: Collection[str]
    ) -> None:
        self._database = database
        self._sms = sms
        self._desk = BroadcastDesk(database, clock)

    def show(self, slug: str) -> ResponseReturnValue:
        """List what was prepared, the newest first."""
        return self._render(self._find(slug))

    def prepare(self, slug: str) -> ResponseReturnValue:
        """Read a list and keep it, or say what is wrong with it, row by row."""
        consultation = self._find(slug)
        listed, mistake = self._read_list()
        wanted, wrong = self._read_wanted()
        mistake = mistake or wrong
        if listed and listed.mistakes and request.form.get("omitir") != "si":
            mistake = mistake or _("La lista tiene errores. No se guardó nada.")
        if mistake or listed is None or wanted is None:
            return self._render(consultation, mistake=mistake, listed=listed), BAD_REQUEST
        try:
            new, _counts = self._desk.prepare(slug, wanted, listed.numbers, current_user.email)
        except RefusedError as error:
            return self._render(consultation, mistake=str(error), listed=listed), BAD_REQUEST
        flash(_("La lista quedó guardada, en prueba: todavía no sale ningún mensaje."))
        if listed.mistakes:
            number = len(listed.mistakes)
            flash(ngettext("Quedó fuera %(num)d fila.", "Quedaron fuera %(num)d filas.", number))
        if listed.repeated:
            number = len(listed.repeated)
            flash(ngettext("%(num)d fila repetida.", "%(num)d filas repetidas.", number))
        return redirect(url_for("admin.broadcast", slug=slug, broadcast_id=new.id), SEE_OTHER)

    def _read_list(self) -> tuple[Listed | None, str]:
        """Give what was uploaded, and what is wrong with the file as a whole."""
        uploaded = request.files.get("lista")
        if uploaded is None or not uploaded.filename:
            return None, _("Elija el archivo de la lista.")
        with closing(uploaded):
            raw = uploaded.read()
        try:
            return read_list(read_rows(raw, uploaded.filename)), ""
        except UnreadableListError as error:
            return None, str(error)

    def _read_wanted(self) -> tuple[Wanted | None, str]:
        channel = request.form.get("canal", "")
        if channel not in self._sms:
            return None, _("Elija un canal de SMS.")
        price = read_money(request.form.get("precio", "").strip() or "0")
        typed = request.form.get("presupuesto", "").strip()
        budget = read_money(typed) if typed else None
        if price is None or (typed and budget is None):
            return None, _("Escriba los quetzales así: 0.25")
        return Wanted(channel, read_line("texto"), price, budget), ""

    def _find(self, slug: str) -> Consultation:
        with self._database.reading() as unit:
            found = unit.consultations.find(slug)
        return found if found and found.revision_id is not None else abort(404)

    def _render(self, consultation: Consultation, **more: Any) -> str:
        with self._database.reading() as unit:
            found = unit.broadcasts.list(consultation.id)
            waiting = {one.id: unit.broadcasts.count_waiting(one.id) for one in found}
        return render_template(
            "admin/broadcasts.html",
            slug=consultation.slug,
            title=consultation.title,
            broadcasts=found,
            waiting=waiting,
            states=STATES,
            channels=self._sms,
            typed={name: request.form.get(name, "") for name in _FIELDS},
            most=MOST_SHOWN,
            **more,
        )


def read_money(typed: str) -> int | None:
    """Read quetzales as people write them, in thousandths; None where they are none."""
    found = _MONEY.fullmatch(typed)
    return int(found[1]) * THOUSAND + int((found[2] or "").ljust(3, "0")) if found else None


def add_broadcasts(blueprint: Blueprint, pages: BroadcastListPages) -> None:
    """Serve the list to who may invite, and take the form of another."""
    may = permission(Permission.INVITE)
    address = "/consultas/<slug>/invitaciones"
    blueprint.add_url_rule(address, "broadcasts", may(pages.show))
    prepare = f"{address}/preparar"
    blueprint.add_url_rule(prepare, "prepare_broadcast", may(pages.prepare), methods=["POST"])
