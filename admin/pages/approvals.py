"""Por aprobar: what waits for a second person, shown whole and decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_security import current_user

from admin.approvals.desk import read_asked
from admin.pages.typed import read_line
from admin.protection import held_permissions, permission
from admin.roles import Permission
from storage.approvals import RequestState
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.approvals.desk import ApprovalDesk
    from admin.signin.freshness import Freshness
    from storage.approvals import Request
    from storage.database import Database

MOST_OVER = 20
"""How many of those that are over a page lists."""
LONGEST_REASON = 300
BAD_REQUEST, CONFLICT, SEE_OTHER = 400, 409, 303

STATE_WORDS = {
    RequestState.WAITING: lazy_gettext("venció sin aprobarse"),
    RequestState.APPROVED: lazy_gettext("aprobado y hecho"),
    RequestState.REFUSED: lazy_gettext("no aprobado"),
    RequestState.WITHDRAWN: lazy_gettext("retirado"),
    RequestState.VOID: lazy_gettext("ya no se podía hacer"),
}
"""How those stand that wait no more."""


class ApprovalPages:
    """Each sees what she may do herself; nobody approves what she asked for."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], desk: ApprovalDesk
    ) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk

    def show_all(self) -> ResponseReturnValue:
        """List what waits, and what became of the last ones."""
        now = self._clock()
        with self._database.reading() as unit:
            waiting = unit.approvals.list_waiting(now)
            over = unit.approvals.list_over(now, MOST_OVER)
        return render_template(
            "admin/approvals.html",
            waiting=[one for one in waiting if self._may(one)],
            over=[one for one in over if self._may(one)],
            acts=self._desk.acts,
            asks=self._desk.asks,
            state_words=STATE_WORDS,
            now=now,
        )

    def show(self, request_id: UUID) -> ResponseReturnValue:
        """Show exactly what is asked for."""
        return self._render(self._find(request_id))

    def approve(self, request_id: UUID) -> ResponseReturnValue:
        """Do it, where she was shown just that and is somebody else."""
        wanted = self._find(request_id)
        try:
            said = self._desk.approve(wanted, request.form.get("hash", ""), current_user.email)
        except OvertakenError:
            mistake = _("Mientras esperaba cambió lo que había en vivo, y no se hizo nada.")
            return self._render(self._find(request_id), mistake), CONFLICT
        if said is None:
            return self._refuse_late(request_id)
        flash(said)
        return redirect(url_for("admin.approvals"), SEE_OTHER)

    def refuse(self, request_id: UUID) -> ResponseReturnValue:
        """Let it not be done, and keep why."""
        wanted, reason = self._find(request_id), read_line("motivo")
        if not 0 < len(reason) <= LONGEST_REASON:
            mistake = _("Escriba por qué no, con 300 letras como mucho.")
            return self._render(wanted, mistake), BAD_REQUEST
        with self._database.unit() as unit:
            is_over = unit.approvals.refuse(wanted, current_user.email, self._clock(), reason)
        return self._leave(_("No se aprobó, y no se hizo."), request_id, is_done=is_over)

    def withdraw(self, request_id: UUID) -> ResponseReturnValue:
        """Take one's own back."""
        wanted = self._find(request_id)
        with self._database.unit() as unit:
            is_over = unit.approvals.withdraw(wanted, current_user.email, self._clock())
        return self._leave(_("Lo retiró, y no se hizo."), request_id, is_done=is_over)

    def _leave(self, said: str, request_id: UUID, *, is_done: bool) -> ResponseReturnValue:
        if not is_done:
            return self._refuse_late(request_id)
        flash(said)
        return redirect(url_for("admin.approvals"), SEE_OTHER)

    def _refuse_late(self, request_id: UUID) -> ResponseReturnValue:
        mistake = _("No se hizo: ya no espera, no es lo que usted vio, o lo decide otra persona.")
        return self._render(self._find(request_id), mistake), CONFLICT

    def _may(self, one: Request) -> bool:
        return one.kind in self._desk.acts and (
            self._desk.acts[one.kind].permission in held_permissions()
        )

    def _find(self, request_id: UUID) -> Request:
        """Give a request of a kind that she may do herself."""
        with self._database.reading() as unit:
            found = unit.approvals.find(request_id) or abort(404)
        return found if self._may(found) else abort(403)

    def _render(self, one: Request, mistake: str = "") -> str:
        act, now = self._desk.acts[one.kind], self._clock()
        with self._database.reading() as unit:
            others = self._desk.list_others(unit, one.kind, one.who)
            explained = act.explain(read_asked(one), unit)
            consultation = unit.consultations.find(one.consultation)
        return render_template(
            act.template,
            one=one,
            act=act,
            title=consultation.title if consultation else one.consultation,
            others=others,
            is_open=one.is_open(now),
            is_own=one.who == current_user.email,
            state_words=STATE_WORDS,
            mistake=mistake,
            **explained,
        )


def add_approvals(blueprint: Blueprint, pages: ApprovalPages, freshness: Freshness) -> None:
    """Serve the list and the pages; the password is asked for before something is approved."""
    may = permission(Permission.APPROVE)
    rules, address = blueprint.add_url_rule, "/por-aprobar/<uuid:request_id>"
    rules("/por-aprobar", "approvals", may(pages.show_all))
    rules(address, "approval", may(freshness.before(pages.show)))
    approve = freshness.before(pages.approve, back="admin.approvals")
    rules(f"{address}/aprobar", "approve", may(approve), methods=["POST"])
    rules(f"{address}/no-aprobar", "refuse_approval", may(pages.refuse), methods=["POST"])
    rules(f"{address}/retirar", "withdraw_approval", may(pages.withdraw), methods=["POST"])
