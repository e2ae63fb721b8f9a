"""One invitation: how everybody on its list stands, what it takes, and the acts that move it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.approvals.inviting import ALONE
from admin.broadcasts.desk import MOST_TRIED, RefusedError
from admin.broadcasts.sending import Sending
from admin.broadcasts.words import (
    STATES,
    WHY,
    count_by_name,
    estimate,
    name_disposition,
    say_end,
    say_money,
)
from admin.pages.broadcasts import read_money
from admin.pages.carried import NOT_SENT, lead_on
from admin.protection import permission
from admin.roles import Permission
from bot.inviting import LOOKED_AT, MOST_LOST
from bot.pacing import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.approvals.desk import ApprovalDesk, Outcome
    from admin.signin.freshness import Freshness
    from storage.broadcasts import BroadcastRecord
    from storage.database import Database

SEE_OTHER = 303
_BETWEEN = re.compile(r"[,;\n]+")


class BroadcastPages:
    """Shows an invitation, and takes its forms.

    Args:
        sms: the SMS channels that can send -> their pace.
        approvals: where a start is brought that may take a second person.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        sms: Mapping[str, Lane],
        approvals: ApprovalDesk,
    ) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._sms = sms
        self._approvals = approvals
        self._sending = Sending(database, clock, approvals)
        self._desk = self._sending.desk

    def show(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Show what it says, to whom it went, and what is still to be sent."""
        one, title = self._find(slug, broadcast_id)
        standing = self._desk.look(one)
        lane = self._sms.get(one.channel, Lane())
        counts = count_by_name(standing.counts, one.state)
        return render_template(
            "admin/broadcast.html",
            slug=slug,
            title=title,
            one=one,
            state=STATES[one.state],
            why=WHY.get(one.why, ""),
            counts=counts,
            total=sum(counts.values()),
            spent=standing.spent,
            ahead=estimate(one, standing.waiting, lane, self._timezone, self._clock()),
            takes_two=self._approvals.asks and standing.waiting > ALONE,
            say_money=say_money,
            say_end=say_end,
            most_tried=MOST_TRIED,
            looked_at=LOOKED_AT,
            most_lost=round(MOST_LOST * 100),
        )

    def try_on(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Send the text to one's own phones."""

        def act(one: BroadcastRecord, who: str) -> str:
            typed = request.form.get("numeros", "")
            numbers = [number for number in map(str.strip, _BETWEEN.split(typed)) if number]
            told = [
                _("sale") if state == "waiting" else name_disposition("invitee", state)
                for state in self._desk.try_on(one, numbers, who)
            ]
            return " · ".join(f"{place}: {word}" for place, word in enumerate(told, 1))

        return self._do(slug, broadcast_id, act)

    def start(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Begin to send to as many as the button said, or ask for it where they are many."""
        one, _title = self._find(slug, broadcast_id)
        typed = request.form.get("personas", "")
        messages = int(typed[:9]) if typed.isascii() and typed.isdecimal() else -1
        return self._ask(slug, one, lambda: self._sending.start(one, messages, current_user.email))

    def pause(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Stop for now."""

        def act(one: BroadcastRecord, who: str) -> str:
            self._desk.pause(one, who)
            return str(
                _("En pausa. Lo que ya estaba por salir, medio minuto de envíos, todavía sale.")
            )

        return self._do(slug, broadcast_id, act)

    def resume(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Go on, with another budget where one is typed; ask for it where it is a larger one."""
        one, _title = self._find(slug, broadcast_id)
        typed = request.form.get("presupuesto", "").strip()
        budget = read_money(typed) if typed else None

        def ask() -> Outcome:
            if typed and budget is None:
                raise RefusedError(_("Escriba los quetzales así: 0.25"))
            return self._sending.resume(one, budget, current_user.email)

        return self._ask(slug, one, ask)

    def cancel(self, slug: str, broadcast_id: UUID) -> ResponseReturnValue:
        """Write to nobody else, where whoever asks says that she means it."""

        def act(one: BroadcastRecord, who: str) -> str:
            if request.form.get("seguro") != "si":
                raise RefusedError(_("Marque la casilla para cancelarla. No se canceló."))
            self._desk.cancel(one, who)
            return str(_("Cancelada. Los números que faltaban se borraron de la lista."))

        return self._do(slug, broadcast_id, act)

    def _ask(
        self, slug: str, one: BroadcastRecord, ask: Callable[[], Outcome]
    ) -> ResponseReturnValue:
        """Do what may take a second person; go to the request where it does."""
        address = url_for("admin.broadcast", slug=slug, broadcast_id=one.id)
        try:
            outcome = ask()
        except RefusedError as error:
            flash(str(error), "error")
            return redirect(address, SEE_OTHER)
        return lead_on(outcome, address, NOT_SENT)

    def _do(
        self, slug: str, broadcast_id: UUID, act: Callable[[BroadcastRecord, str], str]
    ) -> ResponseReturnValue:
        one, _title = self._find(slug, broadcast_id)
        try:
            flash(act(one, current_user.email))
        except RefusedError as error:
            flash(str(error), "error")
        return redirect(url_for("admin.broadcast", slug=slug, broadcast_id=one.id), SEE_OTHER)

    def _find(self, slug: str, broadcast_id: UUID) -> tuple[BroadcastRecord, str]:
        """Give an invitation of this consultation and its title, or end the request with a 404."""
        with self._database.reading() as unit:
            consultation = unit.consultations.find(slug)
            found = unit.broadcasts.find(broadcast_id)
        if consultation is None or found is None or found.consultation_id != consultation.id:
            abort(404)
        return found, consultation.title


def add_broadcast(blueprint: Blueprint, pages: BroadcastPages, freshness: Freshness) -> None:
    """Serve the page to who may invite; whatever sends asks for the password before."""
    may = permission(Permission.INVITE)
    address = "/consultas/<slug>/invitaciones/<uuid:broadcast_id>"
    rules = blueprint.add_url_rule
    rules(address, "broadcast", may(pages.show))
    for name, ending, view in (
        ("try_broadcast", "probar", pages.try_on),
        ("start_broadcast", "empezar", pages.start),
        ("resume_broadcast", "reanudar", pages.resume),
    ):
        asked = freshness.before(view, back="admin.broadcast", keeps=("slug", "broadcast_id"))
        rules(f"{address}/{ending}", name, may(asked), methods=["POST"])
    rules(f"{address}/pausar", "pause_broadcast", may(pages.pause), methods=["POST"])
    rules(f"{address}/cancelar", "cancel_broadcast", may(pages.cancel), methods=["POST"])
